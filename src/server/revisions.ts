/**
 * A view by its numbered revisions, ready to be sent: every patch and snapshot is put into bytes once, for all clients.
 * The last patches are kept, at most 1 MiB of them: who is further behind is given a snapshot. Upholds P1, P2.
 */

import type { Change, Patch, Snapshot } from "../protocol/patch.ts";
import type { Json, View } from "../protocol.ts";
import { coalesce } from "./coalesce.ts";

export interface Kept {
  readonly patches: number;
  readonly bytes: number;
}

interface Sent {
  readonly patch: Patch;
  readonly bytes: Uint8Array;
}

export class Revisions {
  /** Names this life of the sheet: revisions of another life mean nothing here. */
  readonly epoch: string;
  readonly #view: () => View;
  readonly #kept: Kept;
  readonly #ring: Sent[] = [];
  #ringBytes = 0;
  #revision = 0;
  #snapshot: Uint8Array | undefined;
  readonly #merged = new Map<number, Uint8Array>();
  readonly #followers = new Set<() => void>();

  constructor(view: () => View, epoch: string, kept: Kept = { patches: 1000, bytes: 1024 * 1024 }) {
    this.#view = view;
    this.epoch = epoch;
    this.#kept = kept;
  }

  get revision(): number {
    return this.#revision;
  }

  get followed(): boolean {
    return this.#followers.size > 0;
  }

  /** Numbers what changed and tells the followers. */
  push(changes: readonly Change[]): void {
    if (changes.length === 0) return;
    const from = this.#revision;
    const patch = { from, to: from + 1, changes };
    this.#revision = patch.to;
    this.#snapshot = undefined;
    this.#merged.clear();
    this.#keep({ patch, bytes: this.#event("patch", patch) });
    for (const follower of [...this.#followers]) follower();
  }

  /** Calls back after every revision; gives what ends that. */
  follow(follower: () => void): () => void {
    this.#followers.add(follower);
    return () => this.#followers.delete(follower);
  }

  /** The whole view as an event. */
  snapshot(): Uint8Array {
    if (!this.#snapshot) {
      const snapshot: Snapshot = { revision: this.#revision, view: this.#view() };
      this.#snapshot = this.#event("snapshot", snapshot);
    }
    return this.#snapshot;
  }

  /** What changed since a revision as one event; `undefined` when that is no longer known. */
  since(revision: number): Uint8Array | undefined {
    const start = this.#ring.length - (this.#revision - revision);
    if (start < 0 || start >= this.#ring.length) return undefined;
    const first = this.#ring[start] as Sent;
    if (start === this.#ring.length - 1) return first.bytes;
    let merged = this.#merged.get(revision);
    if (!merged) {
      const changes = coalesce(this.#ring.slice(start).flatMap((sent) => sent.patch.changes));
      merged = this.#event("patch", { from: revision, to: this.#revision, changes });
      this.#merged.set(revision, merged);
    }
    return merged;
  }

  /** The revision that an event id names, if it is one of this life. */
  revisionOf(eventId: string | undefined): number | undefined {
    const [epoch, revision] = eventId?.split(".") ?? [];
    if (epoch !== this.epoch || !/^\d{1,15}$/.test(revision ?? "")) return undefined;
    return Number(revision) <= this.#revision ? Number(revision) : undefined;
  }

  #keep(sent: Sent): void {
    this.#ring.push(sent);
    this.#ringBytes += sent.bytes.length;
    while (this.#ring.length > this.#kept.patches || this.#ringBytes > this.#kept.bytes) {
      this.#ringBytes -= (this.#ring.shift() as Sent).bytes.length;
    }
  }

  #event(name: string, data: Snapshot | Patch): Uint8Array {
    // JSON holds no raw line break, so the data of an event is always one line.
    return Buffer.from(
      `id: ${this.epoch}.${this.#revision}\nevent: ${name}\ndata: ${JSON.stringify(data as unknown as Json)}\n\n`,
    );
  }
}
