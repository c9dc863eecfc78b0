/** Files on their way to an app and back, where something is wrong with them or with what the app says of them. */
import { describe, expect, test } from "vitest";
import { FileRef, FnNode } from "../../src/index.ts";
import { called, gradioNode, ran } from "../support/gradio/called.ts";
import { events, type Fault, once, ordinaryMessages } from "../support/gradio/fake.ts";
import { faked } from "../support/gradio/faked.ts";
import { silently } from "../support/gradio/silent.ts";

silently();
const app = (fault?: Fault) => faked({ ...(fault && { fault }) });
const data = "/gradio_api/queue/data";

describe("files", () => {
  test("trap 11: are sent with their name and type, and nobody learns where they lay", async () => {
    const at = await app();
    const file = await FileRef.fromPath(import.meta.filename);
    await called(at.url, "/text", { text: file } as never, { out: null });
    const { body } = at.asked.find(({ path }) => path === "/gradio_api/upload") as { body: string };
    expect(body).toContain('filename="gradio-files.test.ts"');
    expect(body).toContain(`Content-Type: ${file.type}`);
    expect(
      JSON.stringify(at.asked.map(({ body, path }) => path + (path.includes("upload") ? "" : body))),
    ).not.toContain(import.meta.dirname);
    const join = at.asked.find(({ path }) => path.startsWith("/gradio_api/queue/join")) as { body: string };
    expect(JSON.parse(join.body).data[0]).toMatchObject({
      path: "/tmp/fake/upload.bin",
      orig_name: "gradio-files.test.ts",
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
