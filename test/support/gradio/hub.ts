/** A stand-in for the Hub, as far as Spaces are looked up there: `GET /api/spaces/{id}` and `/host`, in the shapes that the Hub's own clients read. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface FakeHub {
  readonly url: string;
  readonly asked: readonly { readonly path: string; readonly authorization: string | undefined }[];
  /** What is known of a Space: its facts, or the status of a refusal. */
  readonly spaces: Map<string, object | number>;
  close(): Promise<void>;
}

export async function fakeHub(): Promise<FakeHub> {
  const asked: { path: string; authorization: string | undefined }[] = [];
  const spaces = new Map<string, object | number>();
  const server = createServer((request, answer) => {
    const path = request.url ?? "";
    asked.push({ path, authorization: request.headers.authorization });
    const [, id = "", host] = /^\/api\/spaces\/([^/]+\/[^/]+?)(\/host)?$/.exec(path) ?? [];
    const facts = spaces.get(id);
    const json = (value: unknown, status = 200) =>
      answer.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
    if (typeof facts === "number") return json({ error: "Repository not found" }, facts);
    if (facts === undefined) return json({ error: "Repository not found" }, 404);
    json(host ? { host: (facts as { hostOnly?: string }).hostOnly } : { id, ...facts });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    spaces,
    close: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
