/** A real server on a free port, and a client that says exactly what the test wants it to say. */
import { createServer, type IncomingHttpHeaders, request as send } from "node:http";
import type { AddressInfo } from "node:net";
import type { Graph } from "../../src/engine/graph.ts";
import type { Command } from "../../src/protocol/command.ts";
import { applyPatch, type Patch, type Snapshot } from "../../src/protocol/patch.ts";
import { appOf } from "../../src/server/app.ts";
import { CanvasFiles } from "../../src/server/canvas-files.ts";
import { wallClock } from "../../src/server/clock.ts";
import { Files } from "../../src/server/files.ts";
import { Gate } from "../../src/server/gate.ts";
import type { Kept } from "../../src/server/revisions.ts";
import { Room } from "../../src/server/room.ts";
import type { Rooms } from "../../src/server/rooms.ts";
import { Sessions, Tokens } from "../../src/server/session.ts";
import { Streams } from "../../src/server/stream.ts";
import type { FakeClock } from "./fake-clock.ts";

export interface Said {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly body?: string | Uint8Array;
}

export interface Heard {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
  readonly text: string;
}

export type House = Awaited<ReturnType<typeof openHouse>>;

/** Serves a graph as `launch` does, with its parts in the test's hands. */
export async function openHouse(
  graph: Graph,
  about: { clock?: FakeClock; kept?: Kept; canvas?: string; epoch?: string; rooms?: Rooms } = {},
) {
  const clock = about.clock ?? wallClock;
  const sessions = new Sessions(Buffer.alloc(32, 7), clock.now);
  const tokens = new Tokens();
  const gate = new Gate(sessions, tokens);
  const files = new Files();
  const streams = new Streams(clock);
  const sheet = graph.sheet();
  const room = new Room(sheet, {
    id: "one",
    name: "Sheet 1",
    epoch: about.epoch ?? "e1",
    clock,
    files,
    ...(about.kept && { kept: about.kept }),
  });
  const reported: unknown[] = [];
  const app = appOf({
    gate,
    rooms: about.rooms ?? oneRoom(room),
    files,
    streams,
    canvas: new CanvasFiles(about.canvas),
    callable: graph,
    report: (error) => reported.push(error),
  });
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const host = `127.0.0.1:${port}`;
  gate.bind(new Set([host, `localhost:${port}`]), port);
  const cookie = `millrace-${port}=${sessions.issue()}`;
  const ask = (said: Said) => exchange(port, { ...said, headers: { host, cookie, ...said.headers } });
  const post = (path: string, body: string, headers: Said["headers"] = {}) =>
    ask({ method: "POST", path, body, headers: { "content-type": "application/json", "x-millrace": "1", ...headers } });
  return {
    port,
    host,
    cookie,
    app,
    server,
    room,
    sheet,
    files,
    streams,
    tokens,
    sessions,
    reported,
    ask,
    post,
    command: (command: Command) => post("/api/sheets/one/commands", JSON.stringify(command)),
    watch: (lastId?: string) => watch(port, { host, cookie, ...(lastId !== undefined && { "last-event-id": lastId }) }),
    async close() {
      room.close();
      streams.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Rooms of which there is one. */
function oneRoom(room: Room): Rooms {
  const entry = { id: room.id, name: room.name, updated: new Date(0), size: 0 };
  return {
    sheets: {} as Rooms["sheets"],
    forCode: {} as Rooms["sheets"],
    begin: async () => undefined,
    list: async () => [entry],
    find: async (id) => (id === room.id ? room : undefined),
    close: async () => room.close(),
  };
}

/** One request, said as it is given: undefined headers are left out. */
export function exchange(port: number, { method = "GET", path, headers = {}, body }: Said): Promise<Heard> {
  return new Promise((resolve, reject) => {
    const given = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined)) as Record<
      string,
      string
    >;
    const request = send(
      { port, host: "127.0.0.1", method, path, headers: given, setHost: false, agent: false },
      (response) => {
        const parts: Buffer[] = [];
        response.on("data", (part: Buffer) => parts.push(part));
        response.on("end", () => {
          const bytes = Buffer.concat(parts);
          resolve({ status: response.statusCode ?? 0, headers: response.headers, bytes, text: bytes.toString() });
        });
        response.on("error", reject);
      },
    );
    request.on("error", reject);
    request.end(body);
  });
}

export interface SseEvent {
  readonly event: string;
  readonly id: string | undefined;
  readonly data: string;
}

/** A browser's place: what it has seen, brought forward by what it hears. */
export class Watcher {
  readonly events: SseEvent[] = [];
  at: Snapshot | undefined;
  lastId: string | undefined;
  status = 0;
  headers: IncomingHttpHeaders = {};
  ended = false;
  #text = "";
  #waiting: (() => void)[] = [];
  cut: () => void = () => undefined;

  /** Resolves once `seen` holds; it is asked after every event. */
  async until(seen: (watcher: Watcher) => boolean): Promise<void> {
    while (!seen(this)) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  read(text: string): void {
    this.#text += text;
    for (let end = this.#text.indexOf("\n\n"); end >= 0; end = this.#text.indexOf("\n\n")) {
      this.#take(this.#text.slice(0, end));
      this.#text = this.#text.slice(end + 2);
    }
    this.wake();
  }

  wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  #take(block: string): void {
    const fields = new Map(
      block.split("\n").map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1).trim()]),
    );
    const event = fields.get("event");
    if (event === undefined) return;
    const data = fields.get("data") ?? "";
    const id = fields.get("id");
    this.events.push({ event, id, data });
    if (id !== undefined) this.lastId = id;
    if (event === "snapshot") this.at = JSON.parse(data) as Snapshot;
    if (event !== "patch") return;
    const patch = JSON.parse(data) as Patch;
    const next = this.at && applyPatch(this.at, patch);
    if (!next) throw new Error(`A patch from ${patch.from} came to a client at ${this.at?.revision}.`);
    this.at = next;
  }
}

/** Opens a stream; `standing` is where the client stood before. */
export function watch(
  port: number,
  headers: Record<string, string | undefined>,
  standing?: Snapshot,
  id = "one",
): Promise<Watcher> {
  const watcher = new Watcher();
  watcher.at = standing;
  return new Promise((resolve, reject) => {
    const request = send(
      { port, host: "127.0.0.1", path: `/api/sheets/${id}/stream`, headers, setHost: false, agent: false },
      (response) => {
        watcher.status = response.statusCode ?? 0;
        watcher.headers = response.headers;
        response.setEncoding("utf8");
        response.on("data", (text: string) => watcher.read(text));
        const end = () => {
          watcher.ended = true;
          watcher.wake();
        };
        response.on("end", end).on("error", end);
        resolve(watcher);
      },
    );
    watcher.cut = () => request.destroy();
    request.on("error", reject);
    request.end();
  });
}
