/** What it means when the Hub or a provider says no, in words for whoever can do something about it: sign in, accept terms, wait, pay, or ask somebody else. */
import { FailureError } from "../engine/failure.ts";
import type { Met } from "./hub-fetch.ts";
import { asleep, overQuota, refused, unreachable } from "./remote-failure.ts";

/** What was asked, and how. */
export interface Asked {
  readonly id: string;
  readonly kind: "model" | "Space";
  readonly met: Met;
  readonly signedIn: boolean;
  /** Who was asked to do the work, if not the Hub itself. */
  readonly provider?: string | undefined;
}

/** The failure that an error of the Hub's stands for. */
export function hubFailure(error: unknown, asked: Asked): unknown {
  if (error instanceof FailureError) return error;
  const { id, kind, met } = asked;
  const { url = "", status } = met;
  if (error instanceof Error && error.name === "TimeoutError")
    return unreachable(url, "The Hub did not answer in time");
  if (status === undefined) return unreachable(url, `What the Hub said about ${id} could not be read: ${said(error)}`);
  if (status === 404) {
    const page = `https://huggingface.co/${kind === "Space" ? "spaces/" : ""}${id}`;
    return refused(url, status, `There is no ${kind} '${id}' on the Hub`, `See ${page}, and mind how it is written.`);
  }
  return statusFailure(status, said(error), asked) ?? unreachable(url, `The Hub answered ${status} about ${id}`);
}

/** The failure that a status stands for, whoever gave it; `undefined` for what depends on what was sent. */
export function statusFailure(status: number, what: string, asked: Asked): FailureError | undefined {
  const { id, kind, met, signedIn, provider } = asked;
  const { url = "" } = met;
  const service = provider ?? "Hugging Face";
  const page = `https://huggingface.co/${kind === "Space" ? "spaces/" : ""}${id}`;
  switch (status) {
    case 401:
      return signedIn
        ? refused(
            url,
            status,
            `${service} does not accept the token: ${what}`,
            "Sign in anew, with `hf auth login` or HF_TOKEN, as somebody who may use it.",
          )
        : refused(
            url,
            status,
            `${id} was asked for by nobody: ${what}`,
            "Sign in: set HF_TOKEN, or use `hf auth login`; see also that the name is right.",
          );
    case 402:
      return overQuota(
        service,
        `The included credits are used up: ${what}`,
        "Buy credits at https://huggingface.co/settings/billing, let an organisation pay with billTo, or wait for the next month.",
        met.retryAfter,
      );
    case 403:
      return refused(
        url,
        status,
        `${service} refuses ${id}: ${what}`,
        `Accept its terms at ${page}, give the token the right to call Inference Providers, or pick another provider.`,
      );
    case 429:
      return overQuota(
        service,
        `${service} was asked too often: ${what}`,
        "Wait a little, or give the node a lane so that less is asked at once.",
        met.retryAfter,
      );
    case 503:
      return asleep(
        id,
        `${id} is not awake yet: ${what}`,
        "It is being loaded; try again in a minute, or pick a provider that keeps it loaded.",
      );
    default:
      return status >= 500
        ? unreachable(
            url,
            `${service} failed with ${status}: ${what}`,
            "Run it again; if it stays so, pick another provider.",
          )
        : undefined;
  }
}

/** What an error says, without the address that some of them say too, and without a token that somebody echoes. */
export function said(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const plain = message.replace(/\. URL: .*$/s, "").replace(/^Failed to perform inference: /, "");
  return plain.replace(/\bhf_\w{6,}/g, "hf_…") || "no reason was given";
}
