/** The ordinary answers of an app, asked for by plain HTTP: what the real one gave is kept in recorded.json, and what the stand-in gives has to be of the same shape. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pythonWithGradio } from "./environment.ts";
import { startApp } from "./start.ts";

export type Shape = string | { readonly [key: string]: Shape } | readonly Shape[];

/** What an app answers, as shapes: keys and kinds of values. */
export async function ordinaryAnswers(url: string): Promise<Record<string, Shape>> {
  const api = `${url}/gradio_api`;
  const post = (path: string, body: object) =>
    fetch(`${api}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  const config = (await (await fetch(`${url}/config`)).json()) as { dependencies: { id: number; api_name: string }[] };
  const info = (await (await fetch(`${api}/info?all_endpoints=true`)).json()) as {
    named_endpoints: Record<string, object>;
  };
  const index = config.dependencies.find(({ api_name }) => api_name === "text")?.id;
  const session_hash = "ordinary";
  const joined = await post("/queue/join", { data: ["x", false], event_data: null, fn_index: index, session_hash });
  const join_ = (await joined.json()) as object;
  const streamed = await fetch(`${api}/queue/data?session_hash=${session_hash}`);
  const messages = await messagesIn(streamed);
  const run = await post("/run/at_once", { data: ["x", false], session_hash: "other" });
  const form = new FormData();
  form.append("files", new File(["x"], "x.txt"));
  const upload = await fetch(`${api}/upload`, { method: "POST", body: form });
  const lost = await fetch(`${api}/queue/data?session_hash=nobody`);
  return {
    config: shapeOf({ ...config, dependencies: config.dependencies.filter(({ id }) => id === index) }),
    info: shapeOf(info.named_endpoints["/text"]),
    join: shapeOf(join_),
    stream: streamed.headers.get("content-type") ?? "",
    events: shapesOf(messages),
    lost: shapesOf(await messagesIn(lost)),
    run: shapeOf(await run.json()),
    upload: shapeOf(await upload.json()),
    cancel: shapeOf(await (await post("/cancel", { event_id: "none", session_hash, fn_index: index })).json()),
    app_id: shapeOf(await (await fetch(`${api}/app_id`)).json()),
  };
}

/** The events of a stream, to its end or to where it is broken off: a lost session's is. */
async function messagesIn(answer: Response): Promise<readonly object[]> {
  let text = "";
  try {
    for await (const part of answer.body as unknown as AsyncIterable<Uint8Array>)
      text += new TextDecoder().decode(part);
  } catch {
    // What came before it counts.
  }
  return text
    .split("\n\n")
    .flatMap((event) => (event.startsWith("data:") ? [JSON.parse(event.slice(5)) as object] : []));
}

/** Lists are of one shape, but for events, which are each of their own. */
function shapeOf(value: unknown): Shape {
  if (value === null) return "null";
  if (Array.isArray(value)) return value.length > 0 ? [shapeOf(value[0])] : [];
  if (typeof value !== "object") return typeof value;
  return Object.fromEntries(Object.entries(value as object).map(([key, inner]) => [key, shapeOf(inner)]));
}

function shapesOf(messages: readonly object[]): Shape {
  return Object.fromEntries(messages.map((message) => [(message as { msg: string }).msg, shapeOf(message)]));
}

/** Where the first shape is not within the second: a key that is not there, another kind. */
export function strangersIn(ours: Shape, theirs: Shape | undefined, path = ""): readonly string[] {
  if (theirs === undefined) return [`${path} is not there`];
  if (ours === "null" || theirs === "null") return [];
  if (typeof ours === "string" || typeof theirs === "string")
    return ours === theirs ? [] : [`${path} is ${kindOf(theirs)}`];
  if (Array.isArray(ours) || Array.isArray(theirs)) {
    if (!Array.isArray(ours) || !Array.isArray(theirs)) return [`${path} is ${kindOf(theirs)}`];
    return ours[0] === undefined || theirs[0] === undefined ? [] : strangersIn(ours[0], theirs[0], `${path}[]`);
  }
  const known = theirs as Readonly<Record<string, Shape>>;
  return Object.entries(ours).flatMap(([key, shape]) => strangersIn(shape, known[key], `${path}.${key}`));
}

function kindOf(shape: Shape): string {
  return typeof shape === "string" ? shape : Array.isArray(shape) ? "a list" : "an object";
}

/** Records anew: `node --import tsx test/support/gradio/ordinary.ts`. */
if (process.argv[1] === import.meta.filename) {
  const found = await pythonWithGradio();
  if ("why" in found) throw new Error(`There is no Gradio here: ${found.why}`);
  const app = await startApp(found.python, [7869]);
  try {
    const answers = await ordinaryAnswers("http://127.0.0.1:7869");
    writeFileSync(join(import.meta.dirname, "recorded.json"), `${JSON.stringify(answers, undefined, 2)}\n`);
  } finally {
    app.stop();
  }
}
