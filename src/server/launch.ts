/**
 * Launches a graph: one sheet, one server, one address to open. Closing waits for nothing that can be aborted: runs are
 * cancelled, streams ended, the port is free within a moment.
 */
import { createServer, type Server as HttpServer } from "node:http";
import { join } from "node:path";
import { createInterface } from "node:readline/promises";
import envPaths from "env-paths";
import type { Graph } from "../engine/graph.ts";
import { revisionFile } from "../nodes/hub-revision-file.ts";
import { lookUpstream } from "../nodes/hub-upstream.ts";
import { FolderInUseError } from "../persist/lock.ts";
import { NewerFileError } from "../persist/notice.ts";
import { type Sheets, sheetsOf } from "../persist/sheets.ts";
import { hostsOf, listen, openToAll, originOf, wantedAddress } from "./address.ts";
import { appOf } from "./app.ts";
import { openBrowser } from "./browser.ts";
import { type Clock, wallClock } from "./clock.ts";
import { Files } from "./files.ts";
import { Gate } from "./gate.ts";
import { OneRoom } from "./one-room.ts";
import type { Room } from "./room.ts";
import { KeptRooms, type Rooms, type RoomsAbout } from "./rooms.ts";
import { Sessions, sessionKey, Tokens } from "./session.ts";
import { stopOnSignals } from "./signals.ts";
import { Streams } from "./stream.ts";

/** Options of `graph.launch`. */
export interface LaunchOptions {
  /** Default `GRADIO_SERVER_NAME`, else `"127.0.0.1"`. A wildcard (`"0.0.0.0"`) lets the whole network near. */
  host?: string;
  /** Default `GRADIO_SERVER_PORT`, else 7860 or the next free one. */
  port?: number;
  /** Opens the browser. Default `true` on a terminal. */
  open?: boolean;
  /** Lets programs call the graph: `GET /api/schema`, `POST /api/call`. Default `true`. */
  api?: boolean;
  /** Default: the platform's data folder. */
  dataDir?: string;
}

/**
 * A running server.
 *
 * @example
 * const server = await graph.launch({ port: 8080, open: false });
 * console.log(server.url);
 * await server.close();
 */
export interface Server {
  /** Where to open the canvas, with a one-time launch token: a fresh one each time it is read. */
  readonly url: string;
  /** The sheets that the canvas shows. */
  readonly sheets: Sheets;
  /** Cancels runs, ends streams, saves, frees the port. */
  close(): Promise<void>;
}

/** What a launch takes from the world around it. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly terminal: boolean;
  readonly clock: Clock;
  say(line: string): void;
  open(url: string): Promise<boolean>;
  /** Asks whoever sits at the terminal; left out where nobody does. */
  readonly ask?: ((question: string) => Promise<string>) | undefined;
}

const surroundings: Surroundings = {
  env: process.env,
  terminal: Boolean(process.stdout.isTTY),
  clock: wallClock,
  say: (line) => console.log(line),
  open: openBrowser,
  ask: process.stdin.isTTY && process.stdout.isTTY ? atTerminal : undefined,
};

/** Milliseconds for the last bytes of streams and answers. */
const farewell = 100;

/** Servers of this process that run. */
const running = new Set<Server>();

/** True while a server of this process runs. */
export function launched(): boolean {
  return running.size > 0;
}

/** Serves a graph and says where. @throws Error when the address cannot be had */
export async function launch(
  graph: Graph,
  options: LaunchOptions = {},
  around: Partial<Surroundings> = {},
): Promise<Server> {
  const { env, terminal, clock, say, open, ask } = { ...surroundings, ...around };
  const wanted = wantedAddress(options, env);
  const folder = options.dataDir ?? (env.MILLRACE_DATA_DIR || envPaths("millrace", { suffix: "" }).data);
  const key = await sessionKey(folder);
  const store = revisionFile(join(folder, "revisions.json"), graph.name, say);
  await lookUpstream(graph, { env, say, ask, store });
  const tokens = new Tokens();
  const gate = new Gate(new Sessions(key, clock.now), tokens);
  const files = new Files();
  const streams = new Streams(clock);
  const shown = { clock, files, shut: ({ revisions }: Room) => streams.endOf(revisions), ...idleOf(env) };
  const rooms = await roomsOf(graph, folder, shown);
  const report = (error: unknown) => console.error(error);
  const http = createServer(
    appOf({ gate, rooms, files, streams, report, ...(options.api !== false && { callable: graph }) }),
  );
  const bound = await listen(http, wanted).catch(async (error: unknown) => {
    await rooms.close();
    throw error;
  });
  const origin = originOf(wanted.host, bound);
  // The sheet comes alive only now: a launch that finds no port has run nothing.
  await rooms.begin();
  gate.bind(hostsOf(wanted.host, bound), bound.port);

  let closing: Promise<void> | undefined;
  const server: Server = {
    get url() {
      return `${origin}/?token=${tokens.mint()}`;
    },
    sheets: rooms.forCode,
    close() {
      closing ??= shut(http, async () => {
        forget();
        running.delete(server);
        const kept = rooms.close();
        streams.close();
        await kept;
        files.clear();
      });
      return closing;
    },
  };
  const forget = stopOnSignals(() => server.close());
  running.add(server);
  if (openToAll(wanted.host))
    say(`Warning: listening on ${wanted.host}: everybody on this network who has the link can run this graph.`);
  announce(graph, server, options.open ?? terminal, { say, open });
  return server;
}

/** Says where, then opens a browser there: an opener may take its time, and nobody waits for it. */
function announce(
  graph: Graph,
  server: Server,
  wish: boolean,
  { say, open }: Pick<Surroundings, "say" | "open">,
): void {
  say(`${graph.name} runs at ${server.url}`);
  if (!wish) return;
  void open(server.url)
    .catch(() => false)
    .then((opened) => {
      if (!opened) say("No browser was found on this machine; open that link in one (it works once).");
    });
}

async function atTerminal(question: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return await terminal.question(question);
  } finally {
    terminal.close();
  }
}

/** `MILLRACE_IDLE`: minutes that nobody has to have come for before a sheet is closed. @throws RangeError for anything else */
function idleOf({ MILLRACE_IDLE: minutes }: Surroundings["env"]): Pick<RoomsAbout, "idleMs"> {
  if (!minutes?.trim()) return {};
  if (Number(minutes) >= 0) return { idleMs: Number(minutes) * 60_000 };
  throw new RangeError(`MILLRACE_IDLE is a number of minutes, e.g. 10, and it was '${minutes}'.`);
}

/** The sheets of a graph: kept in the data folder, or in memory where the author wants nothing kept, or the folder takes nothing. */
async function roomsOf(graph: Graph, dataDir: string, about: RoomsAbout): Promise<Rooms> {
  if (graph.persistKey === false) return new OneRoom(graph, about);
  try {
    return new KeptRooms(await sheetsOf(graph, { dataDir }), about);
  } catch (error) {
    if (error instanceof FolderInUseError || error instanceof NewerFileError) throw error;
    const why = error instanceof Error ? error.message : String(error);
    return new OneRoom(graph, about, `Nothing can be saved in ${dataDir}: ${why}`);
  }
}

async function shut(http: HttpServer, letGo: () => Promise<void>): Promise<void> {
  const closed = new Promise<void>((resolve) => http.close(() => resolve()));
  const gone = letGo();
  http.closeIdleConnections();
  const last = setTimeout(() => http.closeAllConnections(), farewell);
  await closed;
  clearTimeout(last);
  await gone;
}
