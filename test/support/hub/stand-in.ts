/**
 * A stand-in for the Hugging Face Hub and for the router of its providers, on this machine: it answers in the shapes that the
 * clients' own sources show, and writes down every request. `environment` makes the production code come here.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** One request, as it came. */
export interface Heard {
  readonly at: "hub" | "router";
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage["headers"];
  readonly body: Buffer;
  /** The body as JSON; `undefined` where it is none. */
  readonly json: unknown;
}

/** A model as the Hub tells of it. */
export interface StandInModel {
  readonly task?: string;
  readonly tags?: readonly string[];
  readonly sha?: string;
  readonly providers?: Readonly<
    Record<string, { readonly task: string; readonly id?: string; readonly status?: string }>
  >;
}

export interface StandInSpace {
  readonly sha: string;
  readonly host?: string;
  readonly stage?: string;
  /** Its files, by revision and path. */
  readonly files?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export type Answering = (heard: Heard, answer: ServerResponse) => void | Promise<void>;

export class HubStandIn {
  readonly heard: Heard[] = [];
  readonly models = new Map<string, StandInModel>();
  readonly spaces = new Map<string, StandInSpace>();
  /** Where the Hub says that a path has gone. */
  readonly moved = new Map<string, string>();
  /** What the router answers, by path. */
  readonly answers = new Map<string, Answering>();
  readonly #servers: Server[] = [];
  hub = "";
  router = "";

  static async open(): Promise<HubStandIn> {
    const standIn = new HubStandIn();
    standIn.hub = await standIn.#listen("hub", (heard, answer) => standIn.#asHub(heard, answer));
    standIn.router = await standIn.#listen("router", (heard, answer) => standIn.#asRouter(heard, answer));
    return standIn;
  }

  /** What leads here. */
  get environment(): Readonly<Record<string, string>> {
    return { HF_ENDPOINT: this.hub, HF_INFERENCE_ENDPOINT: this.router, HF_TOKEN: "hf_standin" };
  }

  /** What was asked of the router, but for what only asks whether it is ready. */
  get calls(): readonly Heard[] {
    return this.heard.filter(({ at, method }) => at === "router" && method === "POST");
  }

  /** Answers this path with JSON, or with bytes of a type. */
  gives(path: string, value: unknown, type = "application/json"): void {
    const body = type === "application/json" ? JSON.stringify(value) : (value as Uint8Array);
    this.answers.set(path, (_, answer) => void answer.writeHead(200, { "content-type": type }).end(body));
  }

  /** Refuses on this path. */
  refuses(path: string, status: number, error: unknown, headers: Readonly<Record<string, string>> = {}): void {
    this.answers.set(path, (_, answer) => {
      answer.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(error));
    });
  }

  close(): void {
    for (const server of this.#servers) {
      server.closeAllConnections();
      server.close();
    }
  }

  async #listen(at: Heard["at"], answering: Answering): Promise<string> {
    const server = createServer((request, answer) => {
      void read(request, at).then((heard) => {
        this.heard.push(heard);
        return answering(heard, answer);
      });
    });
    this.#servers.push(server);
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  #asHub(heard: Heard, answer: ServerResponse): void {
    if (heard.path.includes("/resolve/")) return this.#file(heard, answer);
    const location = this.moved.get(heard.path);
    if (location !== undefined) return void answer.writeHead(307, { location: `${location}?${heard.query}` }).end();
    const [, kind, id = "", rest = ""] = /^\/api\/(models|spaces)\/([^/]+\/[^/]+)(.*)$/.exec(heard.path) ?? [];
    const found =
      kind === "models"
        ? this.#model(id)
        : kind === "spaces"
          ? this.#space(id, rest, heard)
          : { "/api/whoami-v2": miller, "/api/repos/create": { url: "https://huggingface.co/made", id: "made" } }[
              heard.path
            ];
    answer.writeHead(found ? 200 : 404, { "content-type": "application/json", "x-request-id": "stand-in" });
    answer.end(JSON.stringify(found ?? { error: "Repository not found" }));
  }

  #model(id: string): unknown {
    const model = this.models.get(id);
    if (model === undefined) return undefined;
    const { task, tags = [], sha = "0".repeat(40), providers = {} } = model;
    const mapping = Object.entries(providers).map(([provider, { task, id: providerId = id, status = "live" }]) => [
      provider,
      { status, providerId, task },
    ]);
    return {
      _id: "6".repeat(24),
      id,
      private: false,
      gated: false,
      downloads: 1,
      likes: 1,
      lastModified: "2026-11-01T00:00:00.000Z",
      ...(task !== undefined && { pipeline_tag: task }),
      tags,
      sha,
      inferenceProviderMapping: Object.fromEntries(mapping),
    };
  }

  #space(id: string, rest: string, heard: Heard): unknown {
    if (rest.startsWith("/preupload/")) {
      const { files } = heard.json as { files: readonly { path: string }[] };
      return { files: files.map(({ path }) => ({ path, uploadMode: "regular" })) };
    }
    if (rest.startsWith("/commit/")) return { commitOid: "c".repeat(40), commitUrl: "https://huggingface.co/made" };
    const space = this.spaces.get(id);
    if (space === undefined) return undefined;
    const { sha, stage = "RUNNING", host = "", files = {} } = space;
    const tree = /^\/tree\/(\w+)$/.exec(rest)?.[1];
    if (tree !== undefined) {
      return Object.entries(files[tree] ?? {}).map(([path, { length: size }]) => ({
        type: "file",
        path,
        size,
        oid: "o",
      }));
    }
    if (rest === "/host") return { host, subdomain: id.replace("/", "-").toLowerCase() };
    const about = { _id: "5".repeat(24), id, private: false, likes: 1, lastModified: "2026-11-01T00:00:00.000Z" };
    return { ...about, sdk: "gradio", sha, subdomain: id.replace("/", "-").toLowerCase(), runtime: { stage } };
  }

  /** The bytes of a file: the client asks for the first alone, to learn how many there are. */
  #file({ path, headers }: Heard, answer: ServerResponse): void {
    const [, id = "", revision = "", name = ""] = /^\/spaces\/([^/]+\/[^/]+)\/resolve\/(\w+)\/(.*)$/.exec(path) ?? [];
    const content = this.spaces.get(id)?.files?.[revision]?.[name];
    if (content === undefined) return void answer.writeHead(404, { "x-error-code": "EntryNotFound" }).end();
    const size = Buffer.byteLength(content);
    if (headers.range === "bytes=0-0") {
      answer.writeHead(206, { etag: '"e"', "content-range": `bytes 0-0/${size}` }).end(content.slice(0, 1));
    } else answer.writeHead(200, { etag: '"e"' }).end(content);
  }

  async #asRouter(heard: Heard, answer: ServerResponse): Promise<void> {
    const answering = this.answers.get(heard.path);
    if (answering) return answering(heard, answer);
    answer.writeHead(404, { "content-type": "application/json" });
    answer.end(JSON.stringify({ error: `Nothing stands at ${heard.path}` }));
  }
}

/** Who is signed in. */
const miller = { type: "user", name: "miller", auth: { type: "access_token" } };

/** Answers as a model that is talked with does: one event a piece. */
export function streamed(pieces: readonly string[], model = "stand-in"): Answering {
  return (_, answer) => {
    answer.writeHead(200, { "content-type": "text/event-stream" });
    for (const content of pieces)
      answer.write(event({ delta: { role: "assistant", content }, finish_reason: null }, model));
    answer.write(event({ delta: {}, finish_reason: "stop" }, model));
    answer.end("data: [DONE]\n\n");
  };
}

/** One piece of a conversation, as it is sent. */
export function event(choice: object, model = "stand-in"): string {
  const chunk = { id: "chunk", object: "chat.completion.chunk", created: 1, model, choices: [{ index: 0, ...choice }] };
  return `data: ${JSON.stringify(chunk)}\n\n`;
}

async function read(request: IncomingMessage, at: Heard["at"]): Promise<Heard> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const body = Buffer.concat(parts);
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://stand.in");
  return {
    at,
    method: request.method ?? "",
    path: pathname,
    query: searchParams,
    headers: request.headers,
    body,
    json: parsed(body),
  };
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}
