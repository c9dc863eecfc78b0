/**
 * Files by content, as long as somebody may ask for them: what a card shows is held; uploads and what was shown a moment
 * ago stay until there is too much of them. The only way to a file is its id, and an id is 64 hexadecimal digits.
 */
import type { Stored } from "./value.ts";

export interface Room {
  readonly files: number;
  readonly bytes: number;
}

interface Entry {
  stored: Stored;
  holders: number;
}

export class Files {
  readonly #room: Room;
  readonly #entries = new Map<string, Entry>();
  readonly #holds = new Map<string, readonly string[]>();
  /** Ids that nobody holds, longest unused first. */
  readonly #idle = new Set<string>();
  #idleBytes = 0;

  constructor(room: Room = { files: 1000, bytes: 512 * 1024 * 1024 }) {
    this.#room = room;
  }

  /** Keeps a file that nobody shows yet. */
  add(stored: Stored): void {
    this.#enter(stored);
    this.#trim();
  }

  /** Says all that `holder` shows now; what it showed before may go. */
  hold(holder: string, shown: readonly Stored[]): void {
    const before = this.#holds.get(holder) ?? [];
    if (before.length === 0 && shown.length === 0) return;
    for (const stored of shown) {
      const entry = this.#enter(stored);
      if (entry.holders++ === 0) this.#wake(stored.id);
    }
    this.#holds.set(
      holder,
      shown.map((stored) => stored.id),
    );
    for (const id of before) {
      const entry = this.#entries.get(id) as Entry;
      if (--entry.holders === 0) this.#rest(id, entry);
    }
    this.#trim();
  }

  find(id: string): Stored | undefined {
    return this.#entries.get(id)?.stored;
  }

  clear(): void {
    this.#entries.clear();
    this.#holds.clear();
    this.#idle.clear();
    this.#idleBytes = 0;
  }

  #enter(stored: Stored): Entry {
    const known = this.#entries.get(stored.id);
    if (known) {
      // The same bytes under another name: the newer name is the one people know.
      known.stored = stored;
      if (known.holders === 0) {
        this.#wake(stored.id);
        this.#rest(stored.id, known);
      }
      return known;
    }
    const entry = { stored, holders: 0 };
    this.#entries.set(stored.id, entry);
    this.#rest(stored.id, entry);
    return entry;
  }

  #rest(id: string, entry: Entry): void {
    this.#idle.add(id);
    this.#idleBytes += entry.stored.size;
  }

  #wake(id: string): void {
    if (this.#idle.delete(id)) this.#idleBytes -= this.#entries.get(id)?.stored.size ?? 0;
  }

  #trim(): void {
    for (const id of this.#idle) {
      if (this.#idle.size <= this.#room.files && this.#idleBytes <= this.#room.bytes) return;
      this.#wake(id);
      this.#entries.delete(id);
    }
  }
}
