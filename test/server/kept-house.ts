/** A real server that keeps its sheets in a folder, and a browser that followed its link. */
import type { Graph } from "../../src/engine/graph.ts";
import type { Command } from "../../src/protocol/command.ts";
import type { View } from "../../src/protocol.ts";
import { type Clock, wallClock } from "../../src/server/clock.ts";
import { launch } from "../../src/server/launch.ts";
import { exchange, type Heard, watch } from "./house.ts";

export async function openKept(
  graph: Graph,
  dataDir: string,
  { clock = wallClock, env = {} }: { clock?: Clock; env?: Readonly<Record<string, string>> } = {},
) {
  const options = { dataDir, port: 0, open: false };
  const server = await launch(graph, options, { env, clock, terminal: false, say: () => undefined });
  const { host, port, pathname, search } = new URL(server.url);
  const { headers } = await exchange(Number(port), { path: pathname + search, headers: { host } });
  const cookie = headers["set-cookie"]?.[0]?.split(";")[0];
  const ask = (path: string, body?: string | Uint8Array, type = "application/json"): Promise<Heard> =>
    exchange(Number(port), {
      path,
      headers: { host, cookie, ...(body !== undefined && { "content-type": type, "x-millrace": "1" }) },
      ...(body !== undefined && { method: "POST", body }),
    });
  const json = async (path: string, body?: object) => {
    const { status, text } = await ask(path, body && JSON.stringify(body));
    return { status, ...JSON.parse(text) } as { status: number } & Record<string, unknown>;
  };
  const view = async (id: string) => (await json(`/api/sheets/${id}`)).view as View;
  const saved = async (id: string) => {
    while (!(await view(id)).saved) await new Promise((resolve) => setTimeout(resolve, 20));
  };
  return {
    server,
    ask,
    json,
    view,
    saved,
    command: (id: string, command: Command) => json(`/api/sheets/${id}/commands`, command),
    watch: (id: string) => watch(Number(port), { host, cookie }, undefined, id),
  };
}
