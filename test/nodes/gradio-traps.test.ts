/**
 * What Gradio's client does wrong, one test for each line of the table in docs/GRADIO.md that a real app can't be made to show. After
 * every test nothing has been printed, and a call that follows a broken one works: nothing is left behind.
 */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { describe, expect, test, vi } from "vitest";
import { Graph } from "../../src/index.ts";
import { called, gradioNode, picture } from "../support/gradio/called.ts";
import { events, type FakeGradio, type Fault, once, ordinaryMessages } from "../support/gradio/fake.ts";
import { faked } from "../support/gradio/faked.ts";
import { silently } from "../support/gradio/silent.ts";

const printed = silently();
const app = (fault?: Fault, about: object = {}) => faked({ ...about, ...(fault && { fault }) });
const text = (at: FakeGradio, options: object = {}) =>
  called(at.url, "/text", { text: "x" }, { out: null }, { retries: 0, ...options });
const works = async (at: FakeGradio) => expect((await text(at)).outputs).toEqual({ out: "x" });
const data = "/gradio_api/queue/data";

describe("a stream", () => {
  test("trap 1: that ends in the middle of the job fails it at once, and the next call works", async () => {
    const at = await app(
      once(data, (_, answer) =>
        events(answer, [{ msg: "estimation", event_id: "x", rank: 0, queue_size: 1, rank_eta: 1 }]),
      ),
    );
    expect((await text(at)).failure).toMatchObject({ reason: "remote-unreachable", url: at.url });
    await works(at);
  });

  test("trap 2: whose connection is cut fails it at once, and the next call works", async () => {
    const at = await app(
      once(data, (_, answer) =>
        answer.writeHead(200, { "content-type": "text/event-stream" }).write("data: {", () => answer.destroy()),
      ),
    );
    expect((await text(at)).failure).toMatchObject({ reason: "remote-unreachable" });
    await works(at);
  });

  test("trap 8: with what is no JSON fails the job with what was sent, and the process lives", async () => {
    const at = await app(once(data, (_, answer) => events(answer, ["data: <oops>\n\n"], 20)));
    const { failure } = await text(at);
    expect(failure).toMatchObject({ reason: "remote-unreachable" });
    expect(failure?.message).toContain("<oops>");
    await works(at);
  });

  test("trap 9: that is a page is no stream", async () => {
    const at = await app(
      once(data, (_, answer) => answer.writeHead(200, { "content-type": "text/html" }).end("<html>Log in</html>")),
    );
    const { failure } = await text(at);
    expect(failure).toMatchObject({ reason: "remote-unreachable" });
    expect(failure?.message).toContain("text/html");
    await works(at);
  });

  test("trap 10: with messages that nobody knows is read on; a job that ends without a value has failed", async () => {
    const strange: Fault = once(data, (_, answer) =>
      events(answer, [
        { msg: "brand_new", event_id: null },
        { msg: "close_stream", event_id: null },
      ]),
    );
    expect((await text(await app(strange))).failure).toMatchObject({ reason: "remote-unreachable" });
    const id = "0123456789abcdef0123456789abcdef";
    const join = once("/gradio_api/queue/join", (_, answer) =>
      answer.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ event_id: id })),
    );
    const mixed = once(data, (_, answer) =>
      events(answer, [{ msg: "brand_new", event_id: id }, ...ordinaryMessages(id, ["through"])]),
    );
    const at = await app((...of) => join(...of) || mixed(...of));
    expect((await text(at)).outputs).toEqual({ out: "through" });
  });

  test("however it is cut into pieces, is read whole", async () => {
    const id = "0123456789abcdef0123456789abcdef";
    const whole = ordinaryMessages(id, ["grüße ☕"])
      .map((message) => `id: 1\r\ndata: ${JSON.stringify(message)}\r\n\r\n`)
      .join(": a comment\n\n");
    const join = once("/gradio_api/queue/join", (_, answer) =>
      answer.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ event_id: id })),
    );
    const at = await app((asked, answer, fake) => {
      if (join(asked, answer, fake)) return true;
      if (!asked.path.startsWith(data)) return false;
      answer.writeHead(200, { "content-type": "text/event-stream" });
      const bytes = Buffer.from(whole);
      let from = 0;
      const more = () => {
        if (from >= bytes.length) return answer.end();
        answer.write(bytes.subarray(from, from + 7));
        from += 7;
        setImmediate(more);
      };
      more();
      return true;
    });
    expect((await text(at)).outputs).toEqual({ out: "grüße ☕" });
  });

  test("of a job that the app has forgotten is a restart: it can be tried again", async () => {
    const at = await app(
      once(data, (_, answer) =>
        events(answer, [
          { msg: "unexpected_error", event_id: null, message: "Session not found", session_not_found: true },
        ]),
      ),
    );
    const again = await text(at, { retries: { times: 1, delay: 1 } });
    expect(again.outputs).toEqual({ out: "x" });
    expect(again.log.join()).toContain("may have been restarted");
  });
});

describe("a cancelled job", () => {
  test("traps 4 and 5: is cancelled and no error, under its own number, even when it had none yet", async () => {
    let answered = () => {};
    const joining = new Promise<void>((resolve) => {
      answered = resolve;
    });
    const at = await app(
      once("/gradio_api/queue/join", async (_, answer) => {
        await joining;
        answer.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ event_id: "the-number" }));
      }),
    );
    const node = gradioNode(at.url, { apiName: "/text", inputs: { text: "x" }, outputs: { out: null } });
    const sheet = new Graph({ name: "Cancelled", nodes: [node] }).sheet();
    const end = sheet.run(node);
    await vi.waitFor(() => expect(at.paths()).toContain("/gradio_api/queue/join"));
    sheet.cancel(node);
    expect(await end).toEqual({ kind: "cancelled" });
    answered();
    await vi.waitFor(() => expect(at.paths()).toContain("/gradio_api/cancel"));
    const { body } = at.asked.find(({ path }) => path === "/gradio_api/cancel") as { body: string };
    expect(JSON.parse(body)).toMatchObject({ event_id: "the-number", fn_index: 0 });
    expect(sheet.history(node)[0]).toMatchObject({
      outcome: "cancelled",
      failure: { reason: "cancelled", by: "person" },
    });
    sheet.close();
  });
});

describe("the rest", () => {
  test("trap 7: an app that wants to be told of every heartbeat is not, and the process ends by itself", async () => {
    const at = await app(undefined, { config: { connect_heartbeat: true } });
    const code = `
      import { GradioNode, Graph } from "./src/index.ts";
      const node = new GradioNode(${JSON.stringify(at.url)}, { apiName: "/text", inputs: { text: "x" }, outputs: { out: null } });
      const sheet = new Graph({ name: "x", nodes: [node] }).sheet();
      const end = await sheet.run(node);
      sheet.close();
      process.stdout.write(end.kind);`;
    const options = ["--conditions=millrace-source", "--import", "tsx", "--input-type=module", "--eval", code];
    const { stdout } = await promisify(execFile)(process.execPath, options, { timeout: 30_000 });
    expect(stdout).toBe("ready");
    expect(at.paths().filter((path) => path.includes("heartbeat"))).toEqual([]);
  });

  test("trap 14: what is given is sent as it is and never changed", async () => {
    const at = await app();
    const inputs = Object.freeze({ text: Object.freeze(["a", Object.freeze({ b: [1] })]) });
    const { end } = await called(
      at.url,
      "/text",
      inputs as never,
      { out: null },
      { preprocess: (given: object) => given, validate: false },
    );
    expect(end).toMatchObject({ kind: "failed", failure: { reason: "bad-input" } });
    const deep = await app(undefined, { parameters: [{ name: "text", label: "", type: "array" }] });
    expect((await called(deep.url, "/text", inputs as never)).outputs).toEqual({ out: ["a", { b: [1] }] });
    expect(inputs).toEqual({ text: ["a", { b: [1] }] });
  });

  test("trap 15: an app that does not describe itself fails at once", async () => {
    const at = await app(
      (asked, answer) => asked.path.startsWith("/gradio_api/info") && !!answer.writeHead(500).end("no"),
    );
    expect((await text(at)).failure).toMatchObject({ reason: "remote-unreachable" });
  });

  test("trap 16: an app whose configuration fails is not taken for one that works", async () => {
    const at = await app(once("/config", (_, answer) => answer.writeHead(502).end("bad gateway")));
    expect((await text(at)).failure).toMatchObject({ reason: "remote-unreachable" });
    await works(at);
  });
});

describe("of all of them", () => {
  test("trap 18: nothing is printed, whatever fails", async () => {
    const faults = [
      "/config",
      "/gradio_api/info",
      "/gradio_api/queue/join",
      data,
      "/gradio_api/upload",
      "/gradio_api/cancel",
    ];
    for (const path of faults) {
      const at = await app((asked, answer) => asked.path.startsWith(path) && !!answer.writeHead(500).end("<html>"));
      const wrong = called(at.url, "/text", { text: await picture() } as never, { out: null }, { timeout: 2000 });
      if (path !== "/gradio_api/cancel") expect((await wrong).end.kind).toBe("failed");
    }
    expect(printed()).toEqual([]);
  });
});
