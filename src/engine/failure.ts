/**
 * What goes wrong while a sheet lives: one closed union by `reason`, each with its own fields, a sentence that says what
 * happened and a sentence of advice. A port never errors (W1): a failure is a value like any other.
 */

/** What goes wrong while living; closed by `reason`. `message` says what, `advice` what to do, one sentence each. */
export type Failure = { readonly message: string; readonly advice: string } & (
  | { readonly reason: "threw"; readonly error: unknown }
  | { readonly reason: "upstream"; readonly root: string }
  | { readonly reason: "cancelled"; readonly by: "person" | "superseded" | "close" }
  | { readonly reason: "interrupted" }
  | { readonly reason: "timed-out"; readonly after: number }
  | { readonly reason: "bad-input"; readonly port: string; readonly expected: string }
  | { readonly reason: "bad-output"; readonly port: string; readonly expected: string }
  | { readonly reason: "remote-unreachable"; readonly url: string }
  | { readonly reason: "remote-refused"; readonly url: string; readonly status?: number }
  | { readonly reason: "quota"; readonly service: string; readonly retryAfter?: number }
  | { readonly reason: "sleeping"; readonly space: string }
  | { readonly reason: "item-failed"; readonly items: ReadonlyMap<number, Failure> }
  | { readonly reason: "declined" }
);

const longestMessage = 10_000;

/** A `Failure` as an Error: thrown by a node's own code it fails the run with exactly that failure. */
export class FailureError extends Error {
  override readonly name = "FailureError";
  readonly failure: Failure;

  /** `cause`: what went wrong first, where the failure only blames another. */
  constructor(failure: Failure, options?: ErrorOptions) {
    super(`${failure.message} ${failure.advice}`, options);
    this.failure = failure;
  }
}

/** The failure that a thrown value stands for. */
export function failureOf(error: unknown): Failure {
  const failure = failureIn(error);
  if (failure) return failure;
  return {
    reason: "threw",
    error,
    message: sentence(said(error)),
    advice: "Look at the inputs and at the function, then run it again.",
  };
}

/** The failure of everything below `root`. */
export function upstream(root: string): Failure {
  return {
    reason: "upstream",
    root,
    message: `${root} failed, so there is nothing to work on.`,
    advice: `Mend or retry ${root}; this step follows by itself.`,
  };
}

/** True when both say the same: then nothing new has happened. */
export function sameFault(one: Failure, other: Failure): boolean {
  if (one.reason === "upstream" && other.reason === "upstream") return one.root === other.root;
  return one === other;
}

export function timedOut(after: number): Failure {
  return {
    reason: "timed-out",
    after,
    message: `No answer within ${after} ms.`,
    advice: "Run it again, or give the node a longer timeout.",
  };
}

export function badInput(port: string, expected: string, got: unknown): Failure {
  return {
    reason: "bad-input",
    port,
    expected,
    message: `The input '${port}' should be ${expected}, and it was ${described(got)}.`,
    advice: `Look at what feeds '${port}'.`,
  };
}

/** Some items of a scattered node failed; the others are kept. */
export function itemsFailed(items: ReadonlyMap<number, Failure>, of: number): Failure {
  const places = [...items.keys()].slice(0, 10).map((i) => i + 1);
  const rest = items.size > places.length ? ", …" : "";
  return {
    reason: "item-failed",
    items,
    message: `${items.size} of ${of} items failed: ${places.join(", ")}${rest}.`,
    advice: "Retry the failed ones; what the others gave is kept.",
  };
}

export function badOutput(port: string, expected: string, got: unknown): Failure {
  return {
    reason: "bad-output",
    port,
    expected,
    message: `The output '${port}' should be ${expected}, and it was ${described(got)}.`,
    advice: `Let the function return ${expected} for '${port}'.`,
  };
}

export function cancelled(by: "person" | "superseded" | "close"): Failure {
  const message = {
    person: "The run was stopped.",
    superseded: "An input changed, so a newer run took its place.",
    close: "The sheet was closed while this ran.",
  }[by];
  return { reason: "cancelled", by, message, advice: "Run it again when you want its result." };
}

/** The process stopped while this ran. */
export function interrupted(): Failure {
  return {
    reason: "interrupted",
    message: "The app stopped while this ran.",
    advice: "Run it again to go on from here.",
  };
}

/** A person said no. */
export function declined(step: string): Failure {
  return {
    reason: "declined",
    message: `${step} was declined.`,
    advice: "Change what it is about, or run it again to be asked again.",
  };
}

/** A value in a few words, for messages: `undefined`, `the text "ab"`, `a list of 3`. Never throws. */
export function described(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value === "string") return value.length > 40 ? `the text "${value.slice(0, 40)}…"` : `the text "${value}"`;
  if (typeof value === "number" || typeof value === "boolean") return Object.is(value, -0) ? "-0" : `${value}`;
  if (typeof value === "bigint") return writtenOut(value);
  if (typeof value === "function") return "a function";
  try {
    if (Array.isArray(value)) return `a list of ${value.length}`;
    const name: unknown = Object.getPrototypeOf(value)?.constructor?.name;
    if (typeof name !== "string" || name === "Object" || name === "") return "an object";
    return `${/^[AEIO]/i.test(name) ? "an" : "a"} ${name}`;
  } catch {
    return "an object";
  }
}

/** The decimals of an enormous number take longer than anybody waits. */
function writtenOut(value: bigint): string {
  if (BigInt.asIntN(4096, value) === value) return `${value}`;
  return `a whole number of about ${Math.round(value.toString(16).length * Math.log10(16))} digits`;
}

/** The failure that an error carries; what a Proxy will not tell counts as none. */
function failureIn(error: unknown): Failure | undefined {
  try {
    return error instanceof FailureError ? error.failure : undefined;
  } catch {
    return undefined;
  }
}

function said(error: unknown): string {
  try {
    if (error instanceof Error) return beginning(String(error.message || error.name));
    return typeof error === "string" ? beginning(error) : `It threw ${described(error)}`;
  } catch {
    return "It threw a value that cannot be read";
  }
}

/** Nobody reads more of a message, and it is kept, sent and shown. */
function beginning(text: string): string {
  return text.length > longestMessage ? `${text.slice(0, longestMessage)}…` : text;
}

function sentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}
