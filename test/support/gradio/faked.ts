/** Stand-ins that end with their test: an app, a Hub, or any server at all. */
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, vi } from "vitest";
import type { Failure } from "../../../src/index.ts";
import { called } from "./called.ts";
import { type FakeGradio, fakeGradio } from "./fake.ts";
import { type FakeHub, fakeHub } from "./hub.ts";

const open: { close(): unknown }[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const one of open.splice(0)) await one.close();
});

export async function faked(about: Parameters<typeof fakeGradio>[0] = {}): Promise<FakeGradio> {
  const app = await fakeGradio(about);
  open.push(app);
  return app;
}

export async function fakedHub(): Promise<FakeHub> {
  const hub = await fakeHub();
  open.push(hub);
  return hub;
}

/** A server that is no app: its address. */
export async function serving(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  open.push({ close });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** How a call of `/text` fails. */
export async function refusing(
  source: string,
  options: Readonly<Record<string, unknown>> = {},
): Promise<Failure | undefined> {
  return (await called(source, "/text", { text: "x" }, { out: null }, options)).failure;
}
