/** What went wrong with a model, as a failure of the node: whose fault it is, and what to do. */
import { type Failure, FailureError } from "../../engine/failure.ts";
import { type Asked, said, statusFailure } from "../hub-failure.ts";
import { refused, sentence, unreachable } from "../remote-failure.ts";

/** What was asked of a model. */
export interface AskedModel extends Asked {
  readonly task: string;
  /** The inputs that the author declared. */
  readonly inputs: readonly string[];
  /** The first output. */
  readonly output: string;
}

/** The error as it is to be thrown. */
export function modelFailure(error: unknown, asked: AskedModel, signal: AbortSignal): unknown {
  if (signal.aborted) return signal.reason;
  if (error instanceof FailureError) return error;
  const { id, met, provider, task } = asked;
  const { url = "" } = met;
  const name = error instanceof Error ? error.name : "";
  const status = statusOf(error) ?? (name === "ProviderOutputError" ? met.status : undefined);
  const what = said(error);
  const service = provider ?? "the router";
  if (status !== undefined && status >= 400) {
    const known = statusFailure(status, what, asked);
    if (known) return known;
    if (status === 404) {
      return refused(url, status, `${service} has no ${id} for ${task}: ${what}`, otherProvider(id));
    }
    return wrongInput(what, asked);
  }
  if (name === "ProviderOutputError") return wrongOutput(what, asked);
  if (name === "InputError" || name === "RoutingError") return refused(url, undefined, what, otherProvider(id));
  if (name === "ProviderApiError") return refused(url, undefined, `${service} gave up: ${what}`, otherProvider(id));
  if (error instanceof SyntaxError || error instanceof TypeError) {
    return unreachable(url, `What ${service} answered cannot be read: ${what}`);
  }
  return error;
}

function otherProvider(id: string): string {
  return `See at https://huggingface.co/${id} who serves it and for which task, and write "${id}:provider".`;
}

/** The input that the answer speaks of, or else the first. */
function wrongInput(what: string, { inputs, provider, id }: AskedModel): FailureError {
  const port = inputs.find((name) => new RegExp(`(^|\\W)${name}(\\W|$)`).test(what)) ?? inputs[0] ?? "inputs";
  const failure: Failure = {
    reason: "bad-input",
    port,
    expected: "what the model takes",
    message: sentence(`${provider ?? "The router"} does not take this for ${id}: ${what}`),
    advice: `Look at '${port}', and at the model's page for what it takes.`,
  };
  return new FailureError(failure);
}

function wrongOutput(what: string, { output, provider, task }: AskedModel): FailureError {
  return new FailureError({
    reason: "bad-output",
    port: output,
    expected: `an answer to ${task}`,
    message: sentence(`${provider ?? "The router"} gave something else than ${task} gives: ${what}`),
    advice: "Run it again, or pick another provider.",
  });
}

function statusOf(error: unknown): number | undefined {
  const { httpResponse } = Object(error) as { httpResponse?: { status?: unknown; body?: unknown } };
  const { status, body } = httpResponse ?? {};
  if (typeof status !== "number") return undefined;
  return status >= 400 ? status : codeIn(body);
}

/** What goes wrong in the middle of a stream is told in the stream, with a number if one is lucky. */
function codeIn(body: unknown): number | undefined {
  const { error } = Object(body) as { error?: unknown };
  const { code, status, http_status_code: http } = Object(error) as Readonly<Record<string, unknown>>;
  return [code, status, http].map(Number).find((number) => number >= 400 && number < 600);
}
