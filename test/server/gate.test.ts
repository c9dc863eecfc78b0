import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import express from "express";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Gate } from "../../src/server/gate.ts";
import { Sessions, sessionKey, Tokens } from "../../src/server/session.ts";
import { FakeClock } from "./fake-clock.ts";
import { exchange, type Heard, type House, openHouse, type Said } from "./house.ts";
import { sums } from "./small-graphs.ts";

let here: House;
beforeAll(async () => {
  here = await openHouse(sums().graph);
});
afterAll(() => here.close());

interface Layer {
  readonly route?: { readonly path: string; readonly methods: Readonly<Record<string, boolean>> };
}

/** Every route that the router knows, with something in the place of its parameters. */
function everyRoute(): readonly { readonly method: string; readonly path: string }[] {
  const { stack } = here.app.router as unknown as { readonly stack: readonly Layer[] };
  return stack.flatMap(({ route }) =>
    Object.keys(route?.methods ?? {}).map((method) => ({
      method: method.toUpperCase(),
      path: (route?.path ?? "").replace("/sheets/:id", "/sheets/one").replace(/:\w+/g, "a".repeat(64)),
    })),
  );
}

/** A request that is let in; each test spoils one thing of it. */
function good({ method, path }: { readonly method: string; readonly path: string }): Said {
  const write =
    method === "POST" ? { "content-type": "application/json", "x-millrace": "1", origin: `http://${here.host}` } : {};
  return {
    method,
    path,
    headers: { "sec-fetch-site": "same-origin", ...write },
    ...(method === "POST" && { body: "{}" }),
  };
}

function spoiled(said: Said, headers: Said["headers"]): Said {
  return { ...said, headers: { ...said.headers, ...headers } };
}

function refusal(answer: Heard): string {
  return (JSON.parse(answer.text) as { failure: { reason: string } }).failure.reason;
}

describe("every route", () => {
  it("is in the table that these tests walk", () => {
    const known = everyRoute().map(({ method, path }) => `${method} ${path}`);
    expect(known).toContain("GET /");
    expect(known).toContain("GET /api/sheets/one/stream");
    expect(known).toContain("POST /api/sheets/one/commands");
    expect(known).toContain("POST /api/uploads");
    expect(known.length).toBeGreaterThanOrEqual(9);
  });

  it("refuses a wrong Host", async () => {
    for (const route of everyRoute()) {
      for (const host of [
        "evil.example",
        `evil.example:${here.port}`,
        "127.0.0.1",
        `127.0.0.1:${here.port + 1}`,
        `localhost.:${here.port}`,
        "",
      ]) {
        const answer = await here.ask(spoiled(good(route), { host }));
        expect([answer.status, refusal(answer)], `${route.method} ${route.path} ${host}`).toEqual([403, "wrong-host"]);
      }
    }
  });

  it("refuses a foreign Origin, a null Origin, and our own with another port or scheme", async () => {
    for (const route of everyRoute()) {
      for (const origin of [
        "http://evil.example",
        "null",
        `http://127.0.0.1:${here.port + 1}`,
        `https://${here.host}`,
        `http://localhost:${here.port}`,
        "http://127.0.0.1",
        "",
      ]) {
        const answer = await here.ask(spoiled(good(route), { origin }));
        expect([answer.status, refusal(answer)], `${route.method} ${route.path} ${origin}`).toEqual([
          403,
          "wrong-origin",
        ]);
      }
    }
  });

  it("refuses what another site sends", async () => {
    for (const route of everyRoute()) {
      for (const site of ["cross-site", "same-site", "nonsense"]) {
        const answer = await here.ask(spoiled(good(route), { "sec-fetch-site": site, "sec-fetch-mode": "no-cors" }));
        expect([answer.status, refusal(answer)], `${route.method} ${route.path} ${site}`).toEqual([
          403,
          "wrong-origin",
        ]);
      }
    }
  });

  it("is shut without a session, with a forged one, and with one of another port", async () => {
    const name = `millrace-${here.port}`;
    const other = new Sessions(Buffer.alloc(32, 8), Date.now).issue();
    const [id, expiry, signature] = here.cookie.slice(name.length + 1).split(".");
    const cookies = [
      undefined,
      "",
      `${name}=`,
      `${name}=${other}`,
      `${name}=${id}.${Number(expiry) + 1}.${signature}`,
      `${name}=${id}.${expiry}`,
      here.cookie.replace(name, "millrace-1"),
      here.cookie.replace(name, `x${name}`),
    ];
    for (const route of everyRoute()) {
      for (const cookie of cookies) {
        const answer = await here.ask(spoiled(good(route), { cookie }));
        expect(answer.status, `${route.method} ${route.path} ${cookie}`).toBe(401);
      }
    }
  });

  it("refuses a write that a form could send", async () => {
    for (const route of everyRoute().filter(({ method }) => method === "POST")) {
      const bare = await here.ask(spoiled(good(route), { "x-millrace": undefined }));
      expect([bare.status, refusal(bare)]).toEqual([403, "missing-header"]);
      for (const type of ["text/plain", "application/x-www-form-urlencoded", "application/jsonx", undefined]) {
        const answer = await here.ask(spoiled(good(route), { "content-type": type }));
        expect([answer.status, refusal(answer)], `${route.path} ${type}`).toEqual([415, "unsupported-type"]);
      }
    }
  });

  it("says nothing of other origins, of the framework, or of this machine", async () => {
    for (const route of everyRoute().filter(({ path }) => !path.endsWith("/stream"))) {
      for (const said of [
        good(route),
        spoiled(good(route), { origin: "http://evil.example" }),
        spoiled(good(route), { cookie: undefined }),
      ]) {
        const { headers, text } = await here.ask(said);
        expect(Object.keys(headers).filter((name) => name.startsWith("access-control"))).toEqual([]);
        expect(headers["x-powered-by"]).toBeUndefined();
        expect(headers["strict-transport-security"]).toBeUndefined();
        expect(headers["x-content-type-options"]).toBe("nosniff");
        expect(headers["referrer-policy"]).toBe("no-referrer");
        expect(headers["content-security-policy"]).toMatch(/default-src 'self'.*frame-ancestors 'none'/);
        expect(headers["content-security-policy"]).not.toContain("upgrade-insecure-requests");
        expect(text).not.toMatch(/node_modules|\/src\/|at \w+ \(/);
      }
    }
  });
});

describe("what is no route", () => {
  it("is refused before it is looked for", async () => {
    expect((await here.ask({ path: "/api/nothing", headers: { cookie: undefined } })).status).toBe(401);
    const missing = await here.ask({ path: "/api/nothing" });
    expect([missing.status, refusal(missing)]).toEqual([404, "not-found"]);
  });

  it("other methods are refused", async () => {
    for (const method of ["PUT", "DELETE", "OPTIONS", "PATCH"]) {
      expect((await here.ask({ method, path: "/api/sheets/one" })).status).toBe(405);
      expect((await here.ask({ method, path: "/", headers: { cookie: undefined } })).status).toBe(401);
    }
  });

  it("an address of another server is refused", async () => {
    const answer = await here.ask({ path: `http://evil.example/api/sheets` });
    expect([answer.status, refusal(answer)]).toEqual([403, "wrong-host"]);
  });

  it("paths lead nowhere", async () => {
    for (const path of [
      "/../package.json",
      "/assets/../../package.json",
      "/assets/..%2f..%2fpackage.json",
      "/%2e%2e/package.json",
      "/files/..%2f..%2fetc%2fpasswd",
      "/assets/%00",
      "/%E0%A4%A",
    ]) {
      const answer = await here.ask({ path });
      expect([400, 404], path).toContain(answer.status);
      expect(answer.text).not.toContain('millrace"');
    }
  });
});

describe("the launch token", () => {
  const open = (token: string, headers: Said["headers"] = {}) =>
    here.ask({ path: `/?token=${token}`, headers: { cookie: undefined, "sec-fetch-site": "none", ...headers } });

  it("becomes a session once, and the address loses it", async () => {
    const token = here.tokens.mint();
    const first = await open(token);
    expect([first.status, first.headers.location]).toEqual([303, "/"]);
    const [set] = first.headers["set-cookie"] ?? [];
    expect(set).toMatch(
      new RegExp(`^millrace-${here.port}=[\\w.-]+; Path=/; HttpOnly; SameSite=Strict; Max-Age=\\d+$`),
    );
    const cookie = set?.split(";")[0];
    expect((await here.ask({ path: "/api/sheets", headers: { cookie } })).status).toBe(200);

    const second = await open(token);
    expect(second.status).toBe(401);
    expect(second.headers["set-cookie"]).toBeUndefined();
    expect(second.text).toContain("Enter for a fresh link");
  });

  it("that is used or wrong takes a browser that is in to the page", async () => {
    const answer = await open("wrong", { cookie: here.cookie });
    expect([answer.status, answer.headers.location]).toEqual([303, "/"]);
    expect(answer.headers["set-cookie"]).toBeUndefined();
  });

  it("opens nothing when it is wrong, empty or given twice", async () => {
    for (const token of ["wrong", "", "a&token=b", `${here.tokens.mint()}x`]) {
      const answer = await open(token);
      expect(answer.status).toBe(401);
      expect(answer.headers["set-cookie"]).toBeUndefined();
    }
  });

  it("is not spent by a request for another server, by another site's frame or by HEAD", async () => {
    const token = here.tokens.mint();
    expect((await open(token, { host: "evil.example" })).status).toBe(403);
    expect(
      (await open(token, { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe" }))
        .status,
    ).toBe(403);
    expect((await here.ask({ method: "HEAD", path: `/?token=${token}`, headers: { cookie: undefined } })).status).toBe(
      401,
    );
    expect((await open(token)).status).toBe(303);
  });

  it("in a link on another site leads in by a page of ours, for a strict cookie is not sent along that site's redirect", async () => {
    const answer = await open(here.tokens.mint(), {
      "sec-fetch-site": "cross-site",
      "sec-fetch-mode": "navigate",
      "sec-fetch-dest": "document",
    });
    expect(answer.status).toBe(200);
    expect(answer.headers["set-cookie"]).toHaveLength(1);
    expect(answer.text).toContain('http-equiv="refresh"');
  });

  it("is one of the last hundred", () => {
    const tokens = new Tokens();
    const first = tokens.mint();
    for (let i = 0; i < 100; i++) tokens.mint();
    expect(tokens.spend(first)).toBe(false);
  });
});

describe("a session", () => {
  const clock = new FakeClock();
  const sessions = new Sessions(Buffer.alloc(32, 1), clock.now);

  it("holds for thirty days, and a page in use has it renewed in time", () => {
    const session = sessions.issue();
    expect([sessions.valid(session), sessions.ageing(session)]).toEqual([true, false]);
    clock.pass(16 * 24 * 3600_000);
    expect([sessions.valid(session), sessions.ageing(session)]).toEqual([true, true]);
    clock.pass(15 * 24 * 3600_000);
    expect(sessions.valid(session)).toBe(false);
  });

  it("outlives the process: the key stays in the data folder, for its owner alone", async () => {
    const folder = await mkdtemp(join(tmpdir(), "millrace-key-"));
    const data = join(folder, "data");
    const first = await sessionKey(data);
    const session = new Sessions(first, clock.now).issue();
    expect(new Sessions(await sessionKey(data), clock.now).valid(session)).toBe(true);
    expect((await stat(join(data, "session.key"))).mode & 0o777).toBe(0o600);
    expect((await stat(data)).mode & 0o777).toBe(0o700);
    await rm(folder, { recursive: true });
  });

  it("is signed by a new key when the file holds none", async () => {
    const folder = await mkdtemp(join(tmpdir(), "millrace-key-"));
    await writeFile(join(folder, "session.key"), "short");
    const key = await sessionKey(folder);
    expect(key).toHaveLength(32);
    expect(await readFile(join(folder, "session.key"))).toEqual(key);
    await rm(folder, { recursive: true });
  });

  it("is signed by a key in memory where nothing can be written", async () => {
    const file = join(await mkdtemp(join(tmpdir(), "millrace-key-")), "file");
    await writeFile(file, "");
    expect(await sessionKey(join(file, "inside"))).toHaveLength(32);
  });
});

it("a server that is not bound yet lets nobody in", async () => {
  const app = express().use(...new Gate(here.sessions, here.tokens).middleware);
  const server = app.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as { port: number };
  const answer = await exchange(port, { path: "/", headers: { host: `127.0.0.1:${port}`, cookie: here.cookie } });
  expect(answer.status).toBe(403);
  server.close();
});
