/**
 * Follows one sheet of a server: the stream in, the sheet as it stands out. Upholds P2: whatever is cut, repeated or
 * lost on the way, what is shown converges to the server's state, by patches that start where we stand, else by a
 * snapshot. Streams, time and fetching come in, so every path can be walked in a test.
 */

import { applyPatch, type Patch, type Snapshot } from "../protocol/patch.ts";

/** How the page stands to the server. `over`: the session ended, nothing is tried any more. */
export type Link = "connecting" | "live" | "lost" | "over";

/** One connection's events. `closed` comes once, last; `status` is the HTTP status, 0 when there was none. */
export interface StreamEvents {
  /** The server accepted the stream. */
  opened(): void;
  message(event: "snapshot" | "patch" | "ping", data: string, id: string | null): void;
  closed(end: { readonly failed: boolean; readonly status: number }): void;
}

export interface FollowWorld {
  /** Opens a stream, resuming after `lastId`; returns how to close it (`closed` is then called with `failed`). */
  open(url: string, lastId: string | null, events: StreamEvents): () => void;
  /** The sheets the server has; rejects when it cannot be reached; `"over"` when the session is. */
  sheets(): Promise<readonly { readonly id: string; readonly name: string }[] | "over">;
  later(ms: number, then: () => void): () => void;
  /** The sheet or the link changed. */
  changed(): void;
}

/** How long silence may last: the server says `ping` every 15 s. */
export const silence = 45_000;

/** The wait before the next try after this many failures in a row. */
export function backOff(failures: number): number {
  return Math.min(250 * 2 ** failures, 30_000);
}

export class Follower {
  readonly #world: FollowWorld;
  #link: Link = "connecting";
  #at: Snapshot | null = null;
  #sheet: string | null = null;
  #lastId: string | null = null;
  #failures = 0;
  #heard = false;
  #astray = false;
  #moving = false;
  #close: (() => void) | undefined;
  #stopTimer: (() => void) | undefined;
  #stopWatch: (() => void) | undefined;

  constructor(world: FollowWorld) {
    this.#world = world;
  }

  get link(): Link {
    return this.#link;
  }
  /** The sheet as it stands; `null` before the first snapshot. */
  get at(): Snapshot | null {
    return this.#at;
  }
  get sheet(): string | null {
    return this.#sheet;
  }

  start(): void {
    if (this.#sheet === null) void this.#find();
    else this.#connect(this.#sheet);
  }

  /** Follows another sheet from now on. */
  go(sheet: string): void {
    if (sheet === this.#sheet || this.#link === "over") return;
    this.#sheet = sheet;
    this.#lastId = null;
    this.#at = null;
    this.#failures = 0;
    this.#moving = this.#close !== undefined;
    this.#stopTimer?.();
    this.#world.changed();
    if (this.#close) this.#close();
    else this.start();
  }

  /** Tries at once, e.g. because the browser is online again. */
  hurry(): void {
    if (this.#link !== "lost" || this.#close) return;
    this.#stopTimer?.();
    this.start();
  }

  /** The session is over: nothing is tried any more. */
  end(): void {
    this.#stopTimer?.();
    this.#stopWatch?.();
    this.#become("over");
    this.#close?.();
  }

  async #find(): Promise<void> {
    const sheets = await this.#world.sheets().catch(() => []);
    if (sheets === "over") return this.end();
    const [first] = sheets;
    if (!first) return this.#retry();
    this.#sheet = first.id;
    this.#connect(first.id);
  }

  #connect(sheet: string): void {
    if (this.#link === "over") return;
    this.#heard = false;
    this.#astray = false;
    this.#close = this.#world.open(`api/sheets/${encodeURIComponent(sheet)}/stream`, this.#lastId, {
      // A server that has nothing new to say to a client that resumes says nothing.
      opened: () => this.#at && this.#lastId !== null && this.#become("live"),
      message: (event, data, id) => this.#message(event, data, id),
      closed: (end) => this.#closed(end),
    });
    this.#watch();
  }

  #message(event: "snapshot" | "patch" | "ping", data: string, id: string | null): void {
    const next = event === "ping" ? this.#at : this.#read(event, data);
    if (next === "cut") return;
    if (next === "astray") return this.#startOver();
    this.#heard = true;
    this.#failures = 0;
    if (id !== null && event !== "ping") this.#lastId = id;
    this.#watch();
    const moved = next !== this.#at;
    this.#at = next;
    if (this.#link !== "live" && next) this.#become("live");
    else if (moved) this.#world.changed();
  }

  // The last event of a stream may arrive cut off: it is as if it had not been sent.
  #read(event: "snapshot" | "patch", data: string): Snapshot | null | "cut" | "astray" {
    let json: unknown;
    try {
      json = JSON.parse(data);
    } catch {
      return "cut";
    }
    if (event === "snapshot") return json as Snapshot;
    const patch = json as Patch;
    if (!this.#at) return "astray";
    return applyPatch(this.#at, patch) ?? "astray";
  }

  #startOver(): void {
    this.#lastId = null;
    this.#astray = true;
    this.#close?.();
  }

  // A stream that ends in good order was recycled: resume at once, and nobody need know.
  #closed({ failed, status }: { failed: boolean; status: number }): void {
    this.#close = undefined;
    this.#stopWatch?.();
    if (this.#link === "over") return;
    if (this.#moving) {
      this.#moving = false;
      this.#become("connecting");
      return this.start();
    }
    if (status === 401 || status === 403) return this.end();
    if (status === 404) {
      this.#sheet = null;
      this.#lastId = null;
      this.#at = null;
    }
    if (this.#heard && !failed) this.#stopTimer = this.#world.later(0, () => this.start());
    else this.#retry(this.#astray ? this.#link : "lost");
  }

  #retry(link: Link = "lost"): void {
    this.#become(link);
    this.#stopTimer = this.#world.later(backOff(this.#failures++), () => this.start());
  }

  #watch(): void {
    this.#stopWatch?.();
    this.#stopWatch = this.#world.later(silence, () => this.#close?.());
  }

  #become(link: Link): void {
    if (this.#link === link) return;
    this.#link = link;
    this.#world.changed();
  }
}
