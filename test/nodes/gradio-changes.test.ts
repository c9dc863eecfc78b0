/** Apps that ask who is there, that are restarted in the middle of a job, and that are no longer what they were. */
import { setTimeout as later } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { Graph } from "../../src/index.ts";
import { called, gradioNode, ran } from "../support/gradio/called.ts";
import { faked } from "../support/gradio/faked.ts";
import { freePort, realGradio } from "../support/gradio/real.ts";
import { type StartedApp, startApp } from "../support/gradio/start.ts";

const gradio = await realGradio();

describe.skipIf(!gradio)("a login", () => {
  const whisper = (auth?: unknown) =>
    called(gradio?.guarded ?? "", "/whisper", { text: "x" }, { out: null }, auth === undefined ? {} : { auth });

  test("is asked for, with the app's own words", async () => {
    const { failure } = await whisper();
    expect(failure).toMatchObject({ reason: "remote-refused", status: 401 });
    expect(failure?.message).toContain("Millers only");
    expect(failure?.advice).toContain("auth:");
  });

  test("that is right lets in, written down or asked for", async () => {
    expect((await whisper(["miller", "grist"])).outputs).toEqual({ out: "psst: x" });
    expect((await whisper(() => ["miller", "grist"])).outputs).toEqual({ out: "psst: x" });
  });

  test("that is wrong is named, and its password is not", async () => {
    const { failure } = await whisper(["miller", "chaff-and-straw"]);
    expect(failure).toMatchObject({ reason: "remote-refused", status: 401 });
    expect(failure?.message).toContain("'miller'");
    expect(JSON.stringify(failure)).not.toContain("chaff");
  });

  test("that nobody asks for is said to be too much", async () => {
    const { failure } = await called((await faked()).url, "/text", { text: "x" }, { out: null }, { auth: ["a", "b"] });
    expect(failure?.advice).toContain("Leave out the node's auth");
  });
});

describe.skipIf(!gradio)("[R4] an app that is restarted in the middle of a job", () => {
  test("is unreachable within seconds, and the next attempt finds it again", { timeout: 120_000 }, async () => {
    const port = await freePort();
    let app: StartedApp = await startApp(gradio?.python ?? "", [port]);
    try {
      const at = `http://127.0.0.1:${port}`;
      const node = gradioNode(at, { apiName: "/slow", inputs: { seconds: 60 }, outputs: { out: null }, retries: 0 });
      const sheet = new Graph({ name: "Restart", nodes: [node] }).sheet();
      const began = new Promise<void>((resolve) => {
        sheet.events$.subscribe((event) => {
          if (event.kind === "run-progress" && event.progress.message === "Running") resolve();
        });
      });
      const end = sheet.run(node);
      await began;
      const killed = Date.now();
      app.stop();
      expect(await end).toMatchObject({ kind: "failed", failure: { reason: "remote-unreachable" } });
      expect(Date.now() - killed).toBeLessThan(5000);
      sheet.close();
      const again = ran(
        gradioNode(at, {
          apiName: "/text",
          inputs: { text: "back" },
          outputs: { out: null },
          retries: { times: 200, delay: 200, factor: 1 },
        }),
      );
      await later(300);
      app = await startApp(gradio?.python ?? "", [port]);
      expect((await again).outputs).toEqual({ out: "back" });
    } finally {
      app.stop();
    }
  });
});

describe("an app that has changed since it was looked at", () => {
  test("says which parameter was renamed, and what it is called now", async () => {
    const at = await faked();
    const node = () => called(at.url, "/text", { text: "x" });
    expect((await node()).outputs).toEqual({ out: "x" });
    at.become({
      parameters: [
        { name: "prompt", label: "Text", type: "string" },
        { name: "loud", label: "Loud", type: "boolean", otherwise: false },
      ],
    });
    await later(1100);
    const { failure } = await node();
    expect(failure).toMatchObject({ reason: "bad-input", port: "text" });
    expect(failure?.message).toContain("The parameter 'text' of endpoint '/text'");
    expect(failure?.message).toContain("has been renamed: it is 'prompt' now");
  });

  test("is looked at again before it is called, so that no call goes to another endpoint of the same number", async () => {
    const at = await faked();
    await called(at.url, "/text", { text: "x" });
    const dependencies = [{ id: 0, api_name: "other", inputs: [], outputs: [] }];
    at.become({ config: { dependencies } });
    await later(1100);
    const { failure } = await called(at.url, "/text", { text: "x" }, { out: null }, { validate: false });
    expect(failure?.message).toContain("API endpoint '/text' not found");
    expect(at.paths().filter((path) => path.endsWith("queue/join"))).toHaveLength(1);
  });
});
