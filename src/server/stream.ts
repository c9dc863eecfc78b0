/**
 * Streams a sheet's revisions to browsers as server-sent events. A client that keeps up hears of each revision at once; one
 * that does not is moved to a 16 ms window and hears of many as one. Nothing is queued for it beyond what is under way: it
 * only remembers where it stands, and is given what it missed, or a snapshot, when it reads again. Upholds P2, P3.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Clock } from "./clock.ts";
import type { Revisions } from "./revisions.ts";

/** Bytes handed to a socket that has not taken the last ones. Well under the 1 MiB that a slow client may cost. */
const portion = 64 * 1024;
const slowWindow = 16;
const pingEvery = 15_000;
/** sse.js never lets go of what it has read: streams are ended while the page is still small, and the page resumes. */
const longest = { bytes: 8 * 1024 * 1024, ms: 10 * 60_000 };
const patience = 5000;

const ping = Buffer.from("event: ping\ndata: {}\n\n");

/** All open streams of a server. */
export class Streams {
  readonly #clock: Clock;
  readonly #open = new Set<Stream>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Answers a request with a stream, from where the client stood if that is still known. */
  answer(req: IncomingMessage, res: ServerResponse, revisions: Revisions): void {
    res.writeHead(200, {
      "content-type": "text/event-stream",
      "cache-control": "no-cache, no-transform",
      "x-accel-buffering": "no",
    });
    res.flushHeaders();
    if (req.method === "HEAD") {
      res.end();
      return;
    }
    const lastId = req.headers["last-event-id"];
    const stream = new Stream(
      res,
      revisions,
      this.#clock,
      revisions.revisionOf(typeof lastId === "string" ? lastId : undefined),
    );
    this.#open.add(stream);
    res.once("close", () => {
      this.#open.delete(stream);
      stream.forget();
    });
  }

  get size(): number {
    return this.#open.size;
  }

  /** Ends the streams of a sheet: who follows it comes in again. */
  endOf(revisions: Revisions): void {
    for (const stream of this.#open) if (stream.of === revisions) stream.end();
  }

  /** Ends every stream. */
  close(): void {
    for (const stream of this.#open) stream.end();
  }
}

class Stream {
  readonly of: Revisions;
  readonly #res: ServerResponse;
  readonly #revisions: Revisions;
  readonly #clock: Clock;
  readonly #unfollow: () => void;
  /** The revision that the client will stand at once it has read what is under way. */
  #at: number | undefined;
  /** What is left of the event under way: bytes that all clients share, never a copy. */
  #rest: Uint8Array | undefined;
  #sent = 0;
  #ending = false;
  #window: (() => void) | undefined;
  #nextPing: () => void = () => undefined;
  readonly #oldAge: () => void;

  constructor(res: ServerResponse, revisions: Revisions, clock: Clock, at: number | undefined) {
    this.#res = res;
    this.of = revisions;
    this.#revisions = revisions;
    this.#clock = clock;
    this.#at = at;
    this.#unfollow = revisions.follow(() => this.#news());
    this.#oldAge = clock.after(longest.ms, () => this.end());
    res.on("drain", () => this.#advance());
    // A client that resumes where nothing happened still hears at once that it is connected.
    this.#pour(Buffer.from(`retry: 1000\n\n${ping}`));
    this.#advance();
    this.#pingLater();
  }

  end(): void {
    if (this.#ending) return;
    this.#ending = true;
    if (!this.#rest) this.#res.end();
    const close = this.#clock.after(patience, () => this.#res.destroy());
    this.#res.once("close", close);
  }

  /** Calls off everything that would still come. */
  forget(): void {
    this.#ending = true;
    this.#unfollow();
    this.#window?.();
    this.#nextPing();
    this.#oldAge();
  }

  #news(): void {
    if (this.#window) return;
    if (this.#res.writableLength < portion / 4) return this.#advance();
    this.#window = this.#clock.after(slowWindow, () => {
      this.#window = undefined;
      this.#advance();
    });
  }

  /** Finishes the event under way, then sends what has changed since. */
  #advance(): void {
    if (this.#rest) this.#pour(this.#rest);
    if (this.#rest || this.#ending || this.#res.writableLength >= portion || this.#at === this.#revisions.revision)
      return;
    const news = (this.#at === undefined ? undefined : this.#revisions.since(this.#at)) ?? this.#revisions.snapshot();
    this.#at = this.#revisions.revision;
    this.#pour(news);
    if (this.#sent >= longest.bytes) this.end();
  }

  #pour(bytes: Uint8Array): void {
    let from = 0;
    while (from < bytes.length && this.#res.writableLength < portion) {
      this.#res.write(bytes.subarray(from, from + portion));
      from += portion;
    }
    this.#rest = from < bytes.length ? bytes.subarray(from) : undefined;
    this.#sent += bytes.length - (this.#rest?.length ?? 0);
    if (this.#ending && !this.#rest) this.#res.end();
  }

  /** A real event, for a comment is invisible to the page. A client with something under way needs no sign of life. */
  #pingLater(): void {
    this.#nextPing = this.#clock.after(pingEvery, () => {
      if (this.#ending) return;
      if (!this.#rest && this.#res.writableLength === 0) this.#pour(ping);
      this.#pingLater();
    });
  }
}
