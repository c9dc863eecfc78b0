/**
 * What Gradio's client does wrong, one test for each line of the table in docs/GRADIO.md that a real app can't be made to show. After
 * every test nothing has been printed, and a call that follows a broken one works: nothing is left behind.
 */
import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { FileRef, FnNode, Graph } from "../../src/index.ts";
import { called, gradioNode, picture, ran } from "../support/gradio/called.ts";
import { events, type FakeGradio, type Fault, fakeGradio, ordinaryMessages } from "../support/gradio/fake.ts";
import { ordinaryAnswers, type Shape, strangersIn } from "../support/gradio/ordinary.ts";
import { realGradio } from "../support/gradio/real.ts";
import recorded from "../support/gradio/recorded.json" with { type: "json" };

const root = join(import.meta.dirname, "../..");
const gradio = await realGradio();
const apps: FakeGradio[] = [];
async function app(fault?: Fault, about: object = {}): Promise<FakeGradio> {
  const made = await fakeGradio({ ...about, ...(fault && { fault }) });
  apps.push(made);
  return made;
}
/** Goes wrong the first time that this path is asked. */
function once(path: string, wrong: (...of: Parameters<Fault>) => unknown): Fault {
  let left = 1;
  return (asked, answer, fake) => {
    if (!asked.path.startsWith(path) || left-- <= 0) return false;
    void wrong(asked, answer, fake);
    return true;
  };
}
const text = (at: FakeGradio, options: object = {}) =>
  called(at.url, "/text", { text: "x" }, { out: null }, { retries: 0, ...options });
const works = async (at: FakeGradio) => expect((await text(at)).outputs).toEqual({ out: "x" });
const data = "/gradio_api/queue/data";

const printed = vi.fn();
beforeEach(() => {
  printed.mockClear();
  for (const how of ["log", "info", "warn", "error", "debug"] as const)
    vi.spyOn(console, how).mockImplementation(printed);
});
afterEach(async () => {
  vi.restoreAllMocks();
  for (const made of apps.splice(0)) await made.close();
  // Trap 18: the client prints on every failing path.
  expect(printed.mock.calls).toEqual([]);
});

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

describe("files", () => {
  test("trap 11: are sent with their name and type, and nobody learns where they lay", async () => {
    const at = await app();
    const file = await FileRef.fromPath(import.meta.filename);
    await called(at.url, "/text", { text: file } as never, { out: null });
    const { body } = at.asked.find(({ path }) => path === "/gradio_api/upload") as { body: string };
    expect(body).toContain('filename="gradio-traps.test.ts"');
    expect(body).toContain(`Content-Type: ${file.type}`);
    expect(
      JSON.stringify(at.asked.map(({ body, path }) => path + (path.includes("upload") ? "" : body))),
    ).not.toContain(import.meta.dirname);
    const join = at.asked.find(({ path }) => path.startsWith("/gradio_api/queue/join")) as { body: string };
    expect(JSON.parse(join.body).data[0]).toMatchObject({
      path: "/tmp/fake/upload.bin",
      orig_name: "gradio-traps.test.ts",
      size: file.size,
    });
  });

  test("trap 12: that the app does not take fail the call, and nothing is called", async () => {
    const at = await app(once("/gradio_api/upload", (_, answer) => answer.writeHead(413).end("Too large")));
    const { failure } = await called(at.url, "/text", {
      text: await FileRef.fromBytes(new Uint8Array(9), { name: "a" }),
    } as never);
    expect(failure).toMatchObject({ reason: "remote-refused", status: 413 });
    expect(failure?.advice).toContain("too large");
    expect(at.paths()).not.toContain("/gradio_api/queue/join");
  });

  test("trap 13: bytes that a function made are a file too", async () => {
    const at = await app();
    const bytes = new FnNode(() => ({ bytes: new Uint8Array([1, 2, 3]), n: 1 }), { outputs: { bytes: null, n: null } });
    const { end } = await ran(
      gradioNode(at.url, { apiName: "/text", inputs: { text: bytes.outputs.bytes }, outputs: { out: null } }),
    );
    expect(end.kind).toBe("ready");
    expect(at.paths()).toContain("/gradio_api/upload");
  });

  test("that vanished before they were fetched fail with what to do", async () => {
    const at = await app(once("/gradio_api/file=", (_, answer) => answer.writeHead(404).end()));
    const { failure } = await called(at.url, "/file", {});
    expect(failure).toMatchObject({ reason: "remote-refused", status: 404 });
    expect(failure?.advice).toContain("run the node that made it again");
  });

  test.each([
    "http://169.254.169.254/latest/meta-data",
    "https://127.0.0.1/secret",
    "file:///etc/passwd",
    "http://[::1]:1/x",
    "https://user:password@example.org/x",
  ])("at an address that is none of the app's business are not fetched: %s", async (url) => {
    const id = "0123456789abcdef0123456789abcdef";
    const join = once("/gradio_api/queue/join", (_, answer) =>
      answer.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ event_id: id })),
    );
    const named = once(data, (_, answer) =>
      events(answer, ordinaryMessages(id, [{ path: "/x", url, orig_name: "x", meta: { _type: "gradio.FileData" } }])),
    );
    const at = await app((...of) => join(...of) || named(...of));
    expect((await called(at.url, "/file", {})).failure).toMatchObject({ reason: "remote-refused" });
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
    expect(printed.mock.calls).toEqual([]);
  });

  test("trap 19: one file of ours knows the library's types, and gives them types of our own", () => {
    const source = join(root, "src");
    const files = readdirSync(source, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
    const users = files.filter((file) => readFileSync(join(source, file), "utf8").includes('"@gradio/client"'));
    expect(users).toEqual(["nodes/gradio/library.ts"]);
  });

  test("the page names each of the nineteen, and a test file that shows it", () => {
    const page = readFileSync(join(root, "docs/GRADIO.md"), "utf8");
    const rows = [...page.matchAll(/^\| (\d+) \|.*\]\(\.\.\/(test\/[^)]+)\)/gm)].map(([, number, file]) => ({
      number,
      file: file ?? "",
    }));
    expect(rows.map(({ number }) => Number(number))).toEqual(Array.from({ length: 19 }, (_, i) => i + 1));
    for (const { number, file } of rows)
      expect(readFileSync(join(root, file), "utf8")).toMatch(new RegExp(`traps? (\\d+ and )?${number}\\b`));
  });
});

describe("the stand-in", () => {
  test("answers in the shapes of the real one", async () => {
    const at = await app();
    for (const [name, shape] of Object.entries(await ordinaryAnswers(at.url)))
      expect(strangersIn(shape, (recorded as Record<string, Shape>)[name], name)).toEqual([]);
  });

  test.skipIf(!gradio)("what is recorded of the real one is what it answers", async () => {
    const answers = await ordinaryAnswers(gradio?.url ?? "");
    for (const [name, shape] of Object.entries(recorded))
      expect(strangersIn(shape as Shape, answers[name], name)).toEqual([]);
  });
});
