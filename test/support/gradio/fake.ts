/**
 * A stand-in for a Gradio app, for what a real one can't be made to do: streams that are cut, answers that are no JSON, silence,
 * redirects, files at hostile addresses. What it does not do wrong it does as the real one: a test compares the two.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as later } from "node:timers/promises";

/** One request as it came. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/** Answers in place of what is right. Gives true when it has, or will. */
export type Fault = (asked: Asked, answer: ServerResponse, fake: FakeGradio) => boolean;

/** Goes wrong the first time that this path is asked. */
export function once(path: string, wrong: (...of: Parameters<Fault>) => unknown): Fault {
  let left = 1;
  return (asked, answer, fake) => {
    if (!asked.path.startsWith(path) || left-- <= 0) return false;
    void wrong(asked, answer, fake);
    return true;
  };
}

export interface FakeGradio {
  readonly url: string;
  readonly asked: readonly Asked[];
  /** Changes what it is: a new `api` comes with a new number, as after a restart. */
  become(about: {
    readonly fault?: Fault;
    readonly parameters?: readonly FakeParameter[];
    readonly config?: object;
  }): void;
  /** The paths that were asked, without what follows them. */
  paths(): readonly string[];
  close(): Promise<void>;
}

export interface FakeParameter {
  readonly name: string;
  readonly label: string;
  readonly type: string;
  readonly otherwise?: unknown;
}

const usual: readonly FakeParameter[] = [
  { name: "text", label: "Text", type: "string" },
  { name: "loud", label: "Loud", type: "boolean", otherwise: false },
];

/** Serves `/text` (in a queue), `/at_once` (without) and `/file` (a file that lies where `file` says). */
export async function fakeGradio(
  first: { fault?: Fault; parameters?: readonly FakeParameter[]; config?: object; port?: number } = {},
): Promise<FakeGradio> {
  let { fault, parameters = usual, config = {} } = first;
  let number = 1;
  const asked: Asked[] = [];
  const jobs = new Map<string, { readonly id: string; readonly fn_index: number; readonly data: readonly unknown[] }>();
  const server: Server = createServer(async (request, answer) => {
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of request) chunks.push(chunk as Buffer);
    } catch {
      return;
    }
    const one = {
      method: request.method ?? "",
      path: request.url ?? "",
      headers: request.headers,
      body: Buffer.concat(chunks).toString("latin1"),
    };
    asked.push(one);
    if (fault?.(one, answer, fake)) return;
    await answerTo(one, answer);
  });

  async function answerTo({ path, body }: Asked, answer: ServerResponse): Promise<void> {
    const [route = ""] = path.split("?");
    const json = (value: unknown, status = 200) =>
      answer.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
    if (route === "/config") return void json(configuration());
    if (route === "/gradio_api/info") return void json(information());
    if (route === "/gradio_api/app_id") return void json({ app_id: number });
    if (route === "/gradio_api/upload") return void json(["/tmp/fake/upload.bin"]);
    if (route === "/gradio_api/cancel") return void json({ success: true });
    if (route.startsWith("/gradio_api/file="))
      return void answer.writeHead(200, { "content-type": "text/plain" }).end("a file");
    if (route === "/gradio_api/run/at_once") {
      const { data } = JSON.parse(body) as { data: readonly unknown[] };
      return void json({
        data: said(data),
        is_generating: false,
        duration: 0.001,
        average_duration: 0.001,
        render_config: null,
        changed_state_ids: [],
      });
    }
    if (route === "/gradio_api/queue/join") {
      const { session_hash, fn_index, data } = JSON.parse(body) as {
        session_hash: string;
        fn_index: number;
        data: unknown[];
      };
      const id = Math.random().toString(16).slice(2).padEnd(32, "0");
      jobs.set(session_hash, { id, fn_index, data });
      return void json({ event_id: id });
    }
    if (route === "/gradio_api/queue/data") {
      const job = jobs.get(new URL(path, fake.url).searchParams.get("session_hash") ?? "");
      return void (await events(answer, job ? messagesOf(job) : [lostMessage]));
    }
    json({ detail: "Not Found" }, 404);
  }

  function messagesOf(job: { readonly id: string; readonly fn_index: number; readonly data: readonly unknown[] }) {
    const data = job.fn_index === 2 ? [fileAt(`${fake.url}/gradio_api/file=/tmp/fake/a.txt`)] : said(job.data);
    return ordinaryMessages(job.id, data);
  }

  function configuration() {
    return {
      version: "6.31.0",
      api_prefix: "/gradio_api",
      mode: "blocks",
      app_id: number,
      components: components.map((type, id) => ({ id, type, props: {} })),
      connect_heartbeat: false,
      space_id: null,
      enable_queue: true,
      protocol: "sse_v3",
      page: {},
      root: fake.url,
      username: null,
      max_file_size: null,
      dependencies: ["text", "at_once", "file"].map((api_name, id) => ({
        id,
        targets: [[9, "click"]],
        inputs: id === 2 ? [] : parameters.map(({ type }) => (type === "boolean" ? 1 : 0)),
        outputs: [id === 2 ? 2 : 0],
        backend_fn: true,
        queue: api_name !== "at_once",
        api_name,
        types: { generator: false, cancel: false },
        api_visibility: "public",
        connection: "sse",
      })),
      ...config,
    };
  }

  function information() {
    const described = parameters.map(({ name, label, type, otherwise }) => ({
      label,
      parameter_name: name,
      parameter_has_default: otherwise !== undefined,
      parameter_default: otherwise ?? null,
      type: { type },
      python_type: { type: "str", description: "" },
      component: type === "boolean" ? "Checkbox" : "Textbox",
      example_input: "Hello!!",
    }));
    const returns = [
      { label: "Said", type: { type: "string" }, python_type: { type: "str", description: "" }, component: "Textbox" },
    ];
    const endpoint = { parameters: described, returns, api_visibility: "public", description: "" };
    return {
      named_endpoints: { "/text": endpoint, "/at_once": endpoint, "/file": { ...endpoint, parameters: [] } },
      unnamed_endpoints: {},
    };
  }

  const { port = 0 } = first;
  await new Promise<void>((listening) => server.listen(port, "127.0.0.1", listening));
  const fake: FakeGradio = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    paths: () => asked.map(({ path }) => path.split("?")[0] ?? ""),
    become: (about) => {
      number++;
      ({ fault = fault, parameters = parameters, config = config } = about);
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
  return fake;
}

const components = ["textbox", "checkbox", "file"];

function said(data: readonly unknown[]): readonly unknown[] {
  return [data[1] ? String(data[0]).toUpperCase() : data[0]];
}

/** What a file is given as. */
export function fileAt(url: string, name = "a.txt") {
  const meta = { _type: "gradio.FileData" };
  return { path: `/tmp/fake/${name}`, url, size: null, orig_name: name, mime_type: null, is_stream: false, meta };
}

const lostMessage = { msg: "unexpected_error", event_id: null, message: "Session not found", session_not_found: true };

/** The events of a job that goes well. */
export function ordinaryMessages(id: string, data: readonly unknown[]): readonly object[] {
  return [
    { msg: "estimation", event_id: id, rank: 0, queue_size: 1, rank_eta: null },
    { msg: "process_starts", event_id: id, eta: null },
    {
      msg: "process_completed",
      event_id: id,
      output: {
        data,
        is_generating: false,
        duration: 0.001,
        average_duration: 0.001,
        render_config: null,
        changed_state_ids: [],
      },
      success: true,
      title: null,
    },
    { msg: "close_stream", event_id: null },
  ];
}

/** Sends these as a stream of events, and ends it. */
export async function events(answer: ServerResponse, messages: readonly (object | string)[], pause = 0): Promise<void> {
  answer.writeHead(200, { "content-type": "text/event-stream; charset=utf-8" });
  for (const message of messages) {
    answer.write(typeof message === "string" ? message : `data: ${JSON.stringify(message)}\n\n`);
    if (pause > 0) await later(pause);
  }
  answer.end();
}
