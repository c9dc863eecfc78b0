/**
 * Asks a model, and gives its answers: many while a conversation is being written, else one. The client's own retries are off, for
 * they never pause and never end; a stream that breaks off is no answer; whoever stops listening ends the request.
 */
import { backstageOf, type RunContext } from "../../engine/run.ts";
import { type Around, hubFetch, type Met } from "../hub-fetch.ts";
import { refused, unreachable } from "../remote-failure.ts";
import { savedToken } from "../remote-token.ts";
import { type Answer, answerOf } from "./answer.ts";
import { conversation, spokenSoFar } from "./conversation.ts";
import { withFetch } from "./everywhere.ts";
import { modelFailure } from "./failures.ts";
import type { ModelName } from "./model.ts";
import { conversationFor, requestFor } from "./request.ts";
import type { Resolved } from "./resolve.ts";
import { type Task, tasks } from "./tasks.ts";
import { listening } from "./waiting.ts";

type Values = Readonly<Record<string, unknown>>;

/** What is asked, of whom, on whose account. */
export interface Question {
  readonly model: ModelName;
  readonly resolved: Resolved;
  readonly values: Values;
  readonly billTo: string | undefined;
  /** The first output, for what is said of a wrong answer. */
  readonly output: string;
}

export async function* ask(question: Question, context: RunContext, around: Around): AsyncGenerator<Answer> {
  const { signal } = context;
  const { model, resolved, values, billTo, output } = question;
  const { task, provider } = resolved;
  const met: Met = {};
  const token = tokenFor(question, around);
  const asked = { id: model.id, kind: "model", met, task, provider, output, signedIn: token !== undefined } as const;
  const over = new AbortController();
  const options = {
    fetch: hubFetch(around, met),
    signal: AbortSignal.any([signal, over.signal]),
    retry_on_error: false,
    ...(billTo !== undefined && { billTo }),
  };
  const args = { model: model.id, ...(provider !== undefined && { provider }) };
  try {
    const { InferenceClient } = await import("@huggingface/inference");
    const client = new InferenceClient(token) as unknown as Client;
    if (task === conversation) {
      const request = { ...args, ...routedBy(model, resolved), ...(await conversationFor(values)) };
      yield* spoken(client.chatCompletionStream(request, options), values, met);
    } else {
      const known = tasks[task] as Task;
      const request = { ...args, ...(await requestFor(known, values, provider ?? "")) };
      const { show } = backstageOf(context);
      const given = withFetch(
        listening(options.fetch, show),
        () => client[known.method]!(request, options) as Promise<unknown>,
      );
      yield await answerOf(known.gives, await given);
    }
  } catch (error) {
    throw modelFailure(error, { ...asked, inputs: Object.keys(values) }, signal);
  } finally {
    over.abort();
  }
}

/** The client's methods take a type each; what is sent is made by a table, so they are seen as one. */
type Client = {
  readonly [method: string]: (args: Values, options: object) => Promise<unknown> | AsyncGenerator<Chunk>;
} & { chatCompletionStream(args: Values, options: object): AsyncGenerator<Chunk> };

interface Chunk {
  readonly choices?: readonly {
    readonly delta?: { readonly content?: string | null; readonly tool_calls?: readonly ToolCall[] };
    readonly finish_reason?: string | null;
  }[];
}
interface ToolCall {
  readonly index?: number;
  readonly id?: string;
  readonly function?: { readonly name?: string; readonly arguments?: string };
}

/** The text so far, again with every word. */
async function* spoken(chunks: AsyncGenerator<Chunk>, values: Values, met: Met): AsyncGenerator<Answer> {
  let text = "";
  let ended: string | undefined;
  let untold = true;
  const calls: { id?: string; name: string; arguments: string }[] = [];
  for await (const { choices } of chunks) {
    const [choice] = choices ?? [];
    ended = choice?.finish_reason ?? ended;
    const { content, tool_calls: pieces = [] } = choice?.delta ?? {};
    for (const piece of pieces) collect(piece, calls);
    untold ||= pieces.length > 0;
    if (!content) continue;
    text += content;
    untold = false;
    yield said(text, calls, values);
  }
  if (ended === undefined) throw unreachable(met.url ?? "", `The answer broke off after ${text.length} characters`);
  if (untold) yield said(text, calls, values);
}

function said(content: string, calls: readonly object[], values: Values): Answer {
  const messages = [...spokenSoFar(values), { role: "assistant", content }];
  return { returned: [content, messages, calls], shown: { chatbot: messages } };
}

/** A call of a tool arrives in pieces, each with its number. */
function collect(
  { index = 0, id, function: piece }: ToolCall,
  calls: { id?: string; name: string; arguments: string }[],
) {
  calls[index] ??= { name: "", arguments: "" };
  const call = calls[index];
  if (id !== undefined) call.id = id;
  call.name += piece?.name ?? "";
  call.arguments += piece?.arguments ?? "";
}

/** The router may be told how to choose: that goes with the model's name. */
function routedBy({ id, provider }: ModelName, resolved: Resolved): { model?: string } {
  return provider !== undefined && resolved.provider === undefined ? { model: `${id}:${provider}` } : {};
}

function tokenFor({ model: { id }, resolved }: Question, { env }: Around): string | undefined {
  const token = savedToken(env);
  const url = `https://huggingface.co/${id}`;
  if (token !== undefined && !token.startsWith("hf_")) {
    const advice = "Put a token from https://huggingface.co/settings/tokens there; it begins with hf_.";
    throw refused(url, 401, "What HF_TOKEN or the saved token file holds is no Hugging Face token", advice);
  }
  if (token === undefined && resolved.provider !== "hf-inference") {
    const advice = "Sign in: set HF_TOKEN, or use `hf auth login`.";
    throw refused(url, 401, `Providers of ${id} answer nobody who is not signed in`, advice);
  }
  return token;
}
