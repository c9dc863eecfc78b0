/** Downloads from a real server on this machine, and from addresses that only a stand-in for the network can answer. */
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { FailureError } from "../../src/index.ts";
import { isPublic } from "../../src/nodes/remote-address.ts";
import { type DownloadOptions, download } from "../../src/nodes/remote-download.ts";
import { type Answer, type Errand, sender } from "../../src/nodes/remote-send.ts";
import { png } from "./png.ts";

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function serving(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function failing(url: string, options: DownloadOptions = {}) {
  const error = await download(url, options).catch((thrown: unknown) => thrown);
  if (error instanceof FailureError) return error.failure;
  throw error;
}

/** A network of these answers, which writes down what it is asked. */
function network(answers: Readonly<Record<string, Partial<Answer> & { readonly location?: string }>>) {
  const asked: { readonly url: string; readonly headers: Errand["headers"] }[] = [];
  const send = async (url: URL, { headers }: Errand): Promise<Answer> => {
    asked.push({ url: url.href, headers });
    const { location, ...answer } = answers[url.href] ?? { status: 404 };
    const found = { status: location ? 302 : 200, headers: location ? { location } : {} };
    return { ...found, body: bytes("bytes"), discard: () => undefined, ...answer };
  };
  return { asked, send };
}
async function* bytes(text: string) {
  yield new TextEncoder().encode(text);
}

describe("a file", () => {
  test("comes with its bytes, the name that it is given and the type that the server says", async () => {
    const at = await serving((_, answer) => answer.setHeader("content-type", "image/png").end(png()));
    const file = await download(`${at}/tmp/a%20picture.png`, { authored: new Set([at]) });
    expect([file.name, file.type, file.size]).toEqual(["a picture.png", "image/png", png().length]);
    const named = await download(`${at}/tmp/x`, { authored: new Set([at]), name: "cat.png", type: "image/x-cat" });
    expect([named.name, named.type]).toEqual(["cat.png", "image/x-cat"]);
    expect(named.id).toBe(file.id);
  });

  test("of which the server says nothing is known by its bytes", async () => {
    const at = await serving((_, answer) =>
      answer
        .setHeader("content-disposition", `attachment; filename*=UTF-8''caf%C3%A9.bin`)
        .setHeader("content-type", "application/octet-stream")
        .end(png()),
    );
    const file = await download(at, { authored: new Set([at]) });
    expect([file.name, file.type]).toEqual(["café.bin", "image/png"]);
  });
});

describe("an address", () => {
  test.each([
    "http://127.0.0.1:9/x",
    "https://127.0.0.1/x",
    "https://localhost/x",
    "https://[::1]/x",
    "https://[::ffff:10.0.0.1]/x",
    "https://169.254.169.254/latest/meta-data",
    "https://0x7f.1/x",
    "file:///etc/passwd",
    "ftp://example.org/x",
    "https://user:secret@example.org/x",
    "data:text/plain,x",
    "nothing",
  ])("that nobody may send us to is not asked: %s", async (url) => {
    expect(await failing(url)).toMatchObject({ reason: "remote-refused" });
  });

  test("whose name leads to this network is not connected to, whatever else it leads to", async () => {
    const look = ((_host: string, _options: object, told: (error: null, found: object[]) => void) =>
      told(null, [
        { address: "93.184.216.34", family: 4 },
        { address: "10.0.0.7", family: 4 },
      ])) as never;
    const failure = await failing("https://innocent.example/x", { send: sender(look) });
    expect(failure).toMatchObject({ reason: "remote-refused", url: "https://innocent.example/x" });
    expect(failure.message).toContain("10.0.0.7");
  });

  test("that the author wrote may be private; what it redirects to elsewhere may not", async () => {
    const other = await serving((_, answer) => answer.end("secret"));
    const at = await serving((request, answer) =>
      request.url === "/away" ? answer.writeHead(302, { location: other }).end() : answer.end("ours"),
    );
    const authored = new Set([at]);
    expect(await (await download(`${at}/x`, { authored })).text()).toBe("ours");
    expect(await failing(`${at}/away`, { authored })).toMatchObject({ reason: "remote-refused", url: other });
  });
});

describe("on the way", () => {
  test("the token and a login's cookies go to where they belong, and not along with a redirect", async () => {
    const { asked, send } = network({
      "https://owner-app.hf.space/file": { location: "https://cdn.example.org/file" },
      "https://cdn.example.org/file": { location: "https://huggingface.co/file" },
      "https://huggingface.co/file": {},
    });
    await download("https://owner-app.hf.space/file", { token: "hf_t", headers: { cookie: "c=1" }, send, env: {} });
    expect(asked.map(({ headers }) => [headers.authorization, headers.cookie])).toEqual([
      ["Bearer hf_t", "c=1"],
      [undefined, undefined],
      ["Bearer hf_t", undefined],
    ]);
  });

  test("a redirect to an address without https, or round and round, is refused", async () => {
    const { send } = network({
      "https://a.example/1": { location: "http://a.example/2" },
      "https://a.example/round": { location: "/round" },
    });
    expect(await failing("https://a.example/1", { send })).toMatchObject({ reason: "remote-refused" });
    expect((await failing("https://a.example/round", { send })).message).toContain("redirects for ever");
  });

  test("a signature in an address is in no failure", async () => {
    const { send } = network({});
    const failure = await failing("https://a.example/x?X-Amz-Signature=secret#also", { send });
    expect(failure).toMatchObject({ url: "https://a.example/x", status: 404 });
    expect(JSON.stringify(failure)).not.toContain("secret");
  });
});

describe("it ends", () => {
  test("when there is too much of it, said or not", async () => {
    const at = await serving((request, answer) => {
      if (request.url === "/said") return answer.writeHead(200, { "content-length": "1000000" }).flushHeaders();
      const more = () => {
        while (answer.write(new Uint8Array(1000)));
      };
      answer.on("drain", more);
      more();
    });
    const authored = new Set([at]);
    for (const path of ["/said", "/endless"]) {
      const failure = await failing(at + path, { authored, limit: 5000 });
      expect(failure).toMatchObject({ reason: "remote-refused", status: 413 });
      expect(failure.advice).toContain("MILLRACE_DOWNLOAD_LIMIT");
    }
  });

  test("when nothing comes, when it takes too long, when it breaks off, when nobody is there", async () => {
    const at = await serving((request, answer) => {
      if (request.url === "/drips") {
        const timer = setInterval(() => answer.write("x"), 5);
        answer.on("close", () => clearInterval(timer));
      }
      if (request.url === "/cut")
        answer.writeHead(200, { "content-length": "10" }).write("1234", () => answer.destroy());
    });
    const authored = new Set([at]);
    expect(await failing(`${at}/silent`, { authored, idle: 30 })).toMatchObject({ reason: "remote-unreachable" });
    expect(await failing(`${at}/drips`, { authored, deadline: 60 })).toMatchObject({ reason: "remote-unreachable" });
    expect(await failing(`${at}/cut`, { authored })).toMatchObject({ reason: "remote-unreachable" });
    const gone = "http://127.0.0.1:1";
    expect(await failing(gone, { authored: new Set([gone]) })).toMatchObject({ reason: "remote-unreachable" });
  });

  test("when the run is stopped, with the reason of that", async () => {
    const at = await serving(() => undefined);
    const stop = new AbortController();
    const ending = download(at, { authored: new Set([at]), signal: stop.signal }).catch((reason: unknown) => reason);
    stop.abort(new Error("stopped by hand"));
    expect(await ending).toMatchObject({ message: "stopped by hand" });
  });
});

test.each<[string, boolean]>([
  ["93.184.216.34", true],
  ["2606:4700::1111", true],
  ["::ffff:93.184.216.34", true],
  ["::ffff:192.168.1.1", false],
  ["100.64.1.1", false],
  ["0.0.0.0", false],
  ["::", false],
  ["fd00::1", false],
  ["fe80::1%eth0", false],
  ["64:ff9b::a00:1", false],
  ["2002:a00:1::", false],
  ["no address", false],
])("%s is public: %s", (address, is) => {
  expect(isPublic(address)).toBe(is);
});
