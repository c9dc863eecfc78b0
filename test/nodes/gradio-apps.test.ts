/** Apps that cannot be used, told apart: each demand ends, soon, with what is wrong and what to do (R4). */
import type { RequestListener } from "node:http";
import { describe, expect, test } from "vitest";
import { called, picture } from "../support/gradio/called.ts";
import { faked, refusing, serving } from "../support/gradio/faked.ts";
import { freePort } from "../support/gradio/real.ts";

const failing = refusing;

describe("[R4] a URL that is no Gradio app", () => {
  test.each<[string, RequestListener]>([
    ["a page", (_, answer) => answer.setHeader("content-type", "text/html").end("<html>Hello</html>")],
    ["other JSON", (_, answer) => answer.setHeader("content-type", "application/json").end('{"hello":1}')],
    ["JSON null", (_, answer) => answer.setHeader("content-type", "application/json").end("null")],
    ["nothing there", (_, answer) => answer.writeHead(404).end("Not found")],
  ])("is said to be none: %s", async (_, listener) => {
    const at = await serving(listener);
    const failure = await failing(at);
    expect(failure).toMatchObject({ reason: "remote-refused", url: at });
    expect(failure?.message).toContain("is no Gradio app");
    expect(failure?.advice).toContain("opened in a browser");
  });

  test("is not there at all", async () => {
    const at = `http://127.0.0.1:${await freePort()}`;
    const failure = await failing(at);
    expect(failure).toMatchObject({ reason: "remote-unreachable", url: at });
    expect(failure?.message).toContain("ECONNREFUSED");
  });

  test("never answers: the node's timeout ends it", async () => {
    const at = await serving(() => undefined);
    expect(await failing(at, { timeout: 200 })).toMatchObject({ reason: "timed-out", after: 200 });
  });

  test("never ends its answer: that is read up to a limit, and the timeout ends it", async () => {
    const at = await serving((_, answer) => {
      answer.setHeader("content-type", "application/json");
      answer.write("[");
      const timer = setInterval(() => answer.write("0,".repeat(1000)), 2);
      answer.on("close", () => clearInterval(timer));
    });
    expect(await failing(at, { timeout: 300 })).toMatchObject({ reason: "timed-out" });
  });

  test("redirects elsewhere: nobody follows, and the address is named", async () => {
    const other = await faked();
    const at = await serving((request, answer) => answer.writeHead(302, { location: other.url + request.url }).end());
    const failure = await failing(at);
    expect(failure).toMatchObject({ reason: "remote-refused", status: 302 });
    expect(failure?.message).toContain(other.url);
    expect(other.asked).toEqual([]);
  });

  test("is an old Gradio that speaks WebSockets", async () => {
    const at = await faked({ config: { version: "3.50.2", protocol: "ws" } });
    const failure = await failing(at.url);
    expect(failure).toMatchObject({ reason: "remote-refused" });
    expect(failure?.message).toContain("Gradio 3.50.2");
    expect(failure?.advice).toContain("Gradio 4");
  });

  test("names another place as its root: that is not gone to", async () => {
    const other = await faked();
    const at = await faked({ config: { root: other.url } });
    expect((await called(at.url, "/text", { text: "x" })).outputs).toEqual({ out: "x" });
    expect(other.asked).toEqual([]);
  });

  test.each<[number, string, object]>([
    [429, "quota", { retryAfter: 7000 }],
    [503, "remote-unreachable", {}],
    [403, "remote-refused", { status: 403 }],
  ])("answers %i: %s", async (status, reason, fields) => {
    const at = await serving((_, answer) => answer.writeHead(status, { "retry-after": "7" }).end("no"));
    expect(await failing(at)).toMatchObject({ reason, ...fields });
  });
});

describe("[R4] a call", () => {
  test.each<[number, object, object]>([
    [503, { detail: "Queue is full" }, { reason: "quota" }],
    [429, { detail: "Slow down" }, { reason: "quota", retryAfter: 3000 }],
    [401, { detail: "Not authenticated" }, { reason: "remote-refused", status: 401 }],
    [
      422,
      { detail: [{ is_valid: false, message: "Too short" }] },
      { reason: "remote-refused", status: 422, message: "Too short." },
    ],
    [400, { detail: "Bad session" }, { reason: "remote-refused", message: "Bad session." }],
  ])("that is answered %i: %j", async (status, body, failure) => {
    const at = await faked({
      fault: (asked, answer) => {
        if (!asked.path.startsWith("/gradio_api/queue/join")) return false;
        answer.writeHead(status, { "content-type": "application/json", "retry-after": "3" }).end(JSON.stringify(body));
        return true;
      },
    });
    expect(await failing(at.url)).toMatchObject(failure);
  });

  test.each([
    "/gradio_api/queue/join",
    "/gradio_api/queue/data",
    "/gradio_api/upload",
    "/gradio_api/info",
    "/gradio_api/file=",
  ])("that is never answered at %s ends with its timeout", async (path) => {
    const at = await faked({ fault: (asked) => asked.path.startsWith(path) });
    const [apiName, inputs] = path.endsWith("file=")
      ? ["/file", {}]
      : ["/text", { text: path.endsWith("upload") ? await picture() : "x" }];
    const { failure } = await called(at.url, apiName, inputs as never, { out: null }, { timeout: 300 });
    expect(failure).toMatchObject({ reason: "timed-out", after: 300 });
  });

  test("that is answered with a page where JSON should be", async () => {
    const page = (path: string) =>
      faked({
        fault: (asked, answer) =>
          asked.path.startsWith(path) && !!answer.writeHead(200, { "content-type": "text/html" }).end("<html>"),
      });
    const [queued, at_once] = [await page("/gradio_api/queue/join"), await page("/gradio_api/run/")];
    expect(await failing(queued.url)).toMatchObject({ reason: "remote-unreachable" });
    expect((await called(at_once.url, "/at_once", { text: "x" })).failure).toMatchObject({
      reason: "remote-unreachable",
    });
  });
});
