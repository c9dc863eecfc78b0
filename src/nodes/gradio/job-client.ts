/**
 * The library's client made safe to use, one for each running job: a session of its own, so that cancelling it cancels nobody
 * else's. Every way in which an answer can be wrong ends in `broken` with a failure that says so, and the library, which would
 * wait for ever, print or throw where nobody catches it, never hears of it. docs/GRADIO.md lists what is stepped over here.
 */
import { FailureError } from "../../engine/failure.ts";
import { refused, retryAfter, shownUrl, unreachable } from "../remote-failure.ts";
import { eventData } from "./event-lines.ts";
import { type Config, LibraryClient, type Stream } from "./library.ts";
import { capped } from "./limits.ts";

/** How an app answered last, apart from its streams. */
export interface Answered {
  readonly status: number;
  readonly retryAfter: number | undefined;
  /** What the network said when nothing answered. */
  readonly error?: unknown;
}

export interface Limits {
  /** Bytes of an answer. */
  readonly answer: number;
  /** Milliseconds in which a stream may say nothing; an app says something every 15 s. */
  readonly silence: number;
}

/** Milliseconds that an app has to close a stream of which the job is done. */
const longestEnd = 2000;

export const usualLimits: Limits = { answer: 200_000_000, silence: 90_000 };

export class JobClient extends LibraryClient {
  readonly url: string;
  /** Never resolves. Rejects with the failure of a stream that broke, or with what it was broken off for. */
  readonly broken: Promise<never>;
  answered: Answered = { status: 0, retryAfter: undefined };
  readonly #token: string | undefined;
  readonly #limits: Limits;
  readonly #stopped = new AbortController();
  #deaf = false;
  #break: (reason: unknown) => void = () => undefined;

  constructor(url: string, token: string | undefined, limits: Limits) {
    super(url, { events: ["data", "status", "log"], ...(token !== undefined && { token }) });
    this.url = url;
    this.#token = token;
    this.#limits = limits;
    this.broken = new Promise((_, reject) => {
      this.#break = reject;
    });
    // Whoever waits is told; where nobody waits any more it is no mishap of the process.
    this.broken.catch(() => undefined);
  }

  /** Another session of the same app, which asks nothing of it. */
  fork(session?: string): JobClient {
    const { config, api_info, api_map, api_prefix } = this;
    const cookies = (this as unknown as { readonly cookies: string | null }).cookies;
    const own = new JobClient(this.url, this.#token, this.#limits);
    Object.assign(own, { config: { ...config }, api_info, api_map, api_prefix, cookies });
    if (session !== undefined) own.session_hash = session;
    return own;
  }

  get token(): string | undefined {
    return this.#token;
  }

  /** A login's cookies, for what else is asked of the same app. */
  get cookieHeader(): { readonly cookie?: string } {
    const { cookies } = this as unknown as { readonly cookies: string | null };
    return cookies ? { cookie: cookies } : {};
  }

  /** Asks the app; redirects are not followed, since they could lead anywhere. */
  override async fetch(input: string | URL | Request, init: RequestInit = {}): Promise<Response> {
    const signals = [this.#stopped.signal, ...(init.signal ? [init.signal] : [])];
    const signal = signals.length === 1 ? signals[0] : AbortSignal.any(signals);
    try {
      const answer = await super.fetch(input, { ...init, redirect: "manual", ...(signal && { signal }) });
      const wait = retryAfter(answer.headers.get("retry-after"), Date.now());
      this.answered = { status: answer.status, retryAfter: wait };
      return capped(answer, this.#limits.answer);
    } catch (error) {
      this.answered = { status: 0, retryAfter: undefined, error };
      throw error;
    }
  }

  override stream(url: URL): Stream {
    const reading = new AbortController();
    this.abort_controller = reading;
    const stream: Stream = { onmessage: null, onerror: null, close: () => reading.abort() };
    void this.#follow(url, stream, reading);
    return stream;
  }

  /** An app is told of no heartbeat: a session lives as long as its app wants, and a job as long as its stream. */
  override async _resolve_heartbeat(): Promise<void> {}

  /** Has whoever waits for this client's job wait no longer; what the app says from now on is not listened to. */
  breakOff(reason: unknown): void {
    this.#deaf = true;
    this.#break(reason);
  }

  /** Its job is done: the app closes the stream in a moment, and to be cut off would cost it, and us, more than that. */
  finish(): void {
    this.closed = true;
    if (this.stream_status.open) setTimeout(() => this.abort_controller?.abort(), longestEnd).unref();
  }

  /** Ends all that it has open. */
  override close(): void {
    this.closed = true;
    this.stream_status.open = false;
    this.abort_controller?.abort();
    this.#stopped.abort(new Error("The job is over"));
  }

  async #follow(url: URL, stream: Stream, reading: AbortController): Promise<void> {
    let fault: unknown;
    try {
      const closed = await this.#read(url, stream, reading);
      if (!this.closed) fault = unreachable(this.url, closed ? "The app ended the job without a result" : wentAway);
    } catch (error) {
      fault = this.#fault(error);
    }
    this.stream_status.open = false;
    if (this.closed) return;
    reading.abort();
    // What the library has heard by now comes before this: of a job that is done nobody hears it.
    setImmediate(() => this.#break(fault));
  }

  /** Gives true when the app itself closed it, and false when it merely ended. */
  async #read(url: URL, stream: Stream, reading: AbortController): Promise<boolean> {
    const silence = this.#silence(reading);
    try {
      const headers = { accept: "text/event-stream", ...(this.#token && { authorization: `Bearer ${this.#token}` }) };
      const { signal } = reading;
      // Not `this.fetch`: a stream is no answer that is over, and goes on as long as the job.
      const answer = await super.fetch(url, { headers, signal, redirect: "manual" });
      this.#check(answer);
      for await (const data of eventData(answer.body as unknown as AsyncIterable<Uint8Array>, this.#limits.answer)) {
        silence.over();
        const message = parsed(data, this.url);
        if (message.msg === "unexpected_error") throw unreachable(this.url, lost(message));
        // The library would abort what is over, and that costs more than all else that it does.
        if (message.msg === "close_stream") return true;
        if (known.has(message.msg) && !this.#deaf) stream.onmessage?.({ data });
      }
      return false;
    } finally {
      silence.end();
    }
  }

  /** A proxy may keep a connection open behind which nobody is left. */
  #silence(reading: AbortController) {
    const tooLong = () => {
      this.#break(unreachable(this.url, `The app said nothing for ${this.#limits.silence / 1000} s`));
      reading.abort();
    };
    const timer = setTimeout(tooLong, this.#limits.silence);
    return { over: () => void timer.refresh(), end: () => clearTimeout(timer) };
  }

  #check(answer: Response): void {
    const type = answer.headers.get("content-type") ?? "";
    if (answer.ok && type.startsWith("text/event-stream")) return;
    void answer.body?.cancel().catch(() => undefined);
    const what = `${shownUrl(this.url)} answered ${answer.status} (${type || "no type"}) where the job's events should come`;
    if (answer.ok || answer.status >= 500 || answer.status === 404) throw unreachable(this.url, what);
    throw refused(
      this.url,
      answer.status,
      what,
      "See whether the app asks for a login, or for a token that may use it.",
    );
  }

  #fault(error: unknown): unknown {
    if (error instanceof FailureError) return error;
    const cause = error instanceof Error ? (error.cause instanceof Error ? error.cause : error).message : String(error);
    return unreachable(this.url, `${wentAway}: ${cause}`);
  }
}

const wentAway = "The app went away in the middle of the job";

interface Message {
  readonly msg: string;
  readonly message?: unknown;
  readonly session_not_found?: boolean;
}

/** What the library knows what to do with; to it, anything else is the end. */
const known: ReadonlySet<string> = new Set([
  "estimation",
  "process_starts",
  "progress",
  "log",
  "process_generating",
  "process_streaming",
  "process_completed",
]);

/** @throws FailureError for what is no message */
function parsed(data: string, url: string): Message {
  try {
    const message: unknown = JSON.parse(data);
    if (typeof message === "object" && message !== null && "msg" in message) return message as Message;
  } catch {
    // Said below.
  }
  const said = data.length > 80 ? `${data.slice(0, 80)}…` : data;
  throw unreachable(
    url,
    `The app sent "${said}" where a message should be`,
    "Something between here and the app spoils what it says; see whether its address is right, then run it again.",
  );
}

function lost({ message, session_not_found }: Message): string {
  if (session_not_found) return "The app has forgotten the job; it may have been restarted";
  return typeof message === "string" && message !== "" ? message : "The app broke off the job without a reason";
}

export type { Config };
