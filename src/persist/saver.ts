/**
 * Saves a living sheet by itself, a moment after it changed, and says truthfully how far it is: `saved` means that all so far
 * is on disk (D1). What cannot be written is kept in memory and tried again until it can; the sheet goes on meanwhile.
 */
import { BehaviorSubject, type Observable } from "rxjs";
import type { KeptSheet } from "../engine/open-kept.ts";
import type { Time } from "../engine/time.ts";
import { codeOf } from "./disk.ts";
import type { Save } from "./standing.ts";
import type { StoredSheet } from "./stored-sheet.ts";

/** How far saving is. */
export type Saving =
  | { readonly kind: "saved" }
  | { readonly kind: "saving" }
  /** Not on disk, and why; it is tried again. */
  | { readonly kind: "unsaved"; readonly why: string };

/** Milliseconds after a change; and between attempts, at first and at most. */
const soon = 100;
const firstPause = 1_000;
const longestPause = 30_000;

export class Saver {
  readonly saving$: Observable<Saving>;
  /** Told of bytes that were written. */
  onWritten: (bytes: number) => void = () => undefined;
  /** Bytes written so far. */
  bytes = 0;
  readonly #stored: StoredSheet;
  readonly #living: KeptSheet;
  readonly #time: Time;
  readonly #saving = new BehaviorSubject<Saving>({ kind: "saved" });
  #notes = new Map<string, unknown>();
  #dirty = false;
  /** In words, and not on disk yet. */
  #pending: Save[] = [];
  #callOff: (() => void) | undefined;
  #under: Promise<void> | undefined;
  #pause = firstPause;
  #ended = false;

  constructor(living: KeptSheet, stored: StoredSheet, time: Time) {
    this.#living = living;
    this.#stored = stored;
    this.#time = time;
    this.saving$ = this.#saving.asObservable();
    living.keeper.onChange = () => this.#changed();
    if (living.keeper.due) this.#changed();
  }

  get now(): Saving {
    return this.#saving.value;
  }

  /** Keeps something beside the sheet: plain JSON by name; `null` takes it away. */
  note(name: string, value: unknown): void {
    this.#notes.set(name, value);
    this.#changed();
  }

  /** Resolves when all so far is on disk. @throws Error when it cannot be written now */
  async flush(): Promise<void> {
    this.#wait(undefined);
    // What a save under way has taken is not yet all.
    await this.#under?.catch(() => undefined);
    if (!this.#dirty && this.#pending.length === 0) return;
    await this.#save();
    if (this.#dirty) this.#schedule(soon);
  }

  /** Takes what there is for the last time; afterwards the sheet may close, and nothing more of it is heard. */
  async end(): Promise<void> {
    if (this.#ended) return;
    this.#ended = true;
    this.#take();
    this.#living.detach();
    this.#living.keeper.onChange = () => undefined;
    this.#wait(undefined);
    await this.#under?.catch(() => undefined);
    try {
      await this.#save();
      await this.#stored.checkpoint();
    } finally {
      this.#wait(undefined);
      await this.#stored.close();
    }
  }

  /** Does something with the files while nothing is written to them, all so far being on disk. */
  async alone<T>(task: () => Promise<T>): Promise<T> {
    await this.flush();
    while (this.#under) await this.#under.catch(() => undefined);
    const done = task();
    this.#under = done.then(
      () => undefined,
      () => undefined,
    );
    try {
      return await done;
    } finally {
      this.#under = undefined;
      if (this.#dirty) this.#schedule(soon);
    }
  }

  #changed(): void {
    this.#dirty = true;
    if (this.#saving.value.kind === "saved") this.#saving.next({ kind: "saving" });
    if (this.#under === undefined && this.#callOff === undefined) this.#schedule(soon);
  }

  #schedule(ms: number): void {
    this.#wait(
      this.#time.after(ms, () => {
        this.#callOff = undefined;
        void this.#save().catch(() => undefined);
      }),
    );
  }

  #wait(callOff: (() => void) | undefined): void {
    this.#callOff?.();
    this.#callOff = callOff;
  }

  #save(): Promise<void> {
    this.#under ??= this.#write().finally(() => {
      this.#under = undefined;
    });
    return this.#under;
  }

  async #write(): Promise<void> {
    this.#take();
    const saves = this.#pending;
    if (saves.length === 0) return this.#settle();
    this.#pending = [];
    try {
      const bytes = await this.#stored.append(saves);
      this.bytes += bytes;
      this.onWritten(bytes);
    } catch (error) {
      this.#pending = [...saves, ...this.#pending];
      this.#saving.next({ kind: "unsaved", why: whyNot(error) });
      if (!this.#ended) this.#schedule(this.#pause);
      this.#pause = Math.min(this.#pause * 2, longestPause);
      throw new Error(`This sheet cannot be saved now. ${whyNot(error)}`, { cause: error });
    }
    this.#pause = firstPause;
    // What is on disk stays there whether or not it can be put in order.
    await this.#tidy().catch(() => undefined);
    this.#settle();
  }

  #settle(): void {
    if (this.#dirty) {
      if (this.#saving.value.kind !== "saving") this.#saving.next({ kind: "saving" });
      if (!this.#ended) this.#schedule(soon);
    } else if (this.#saving.value.kind !== "saved") this.#saving.next({ kind: "saved" });
  }

  /** Puts what changed into words: from here on the sheet may change without changing what is saved. */
  #take(): void {
    if (!this.#dirty) return;
    this.#dirty = false;
    const notes = this.#notes;
    this.#notes = new Map();
    const change = this.#living.keeper.take();
    this.#pending.push({ line: this.#stored.line(change, notes), change, notes });
  }

  async #tidy(): Promise<void> {
    if (this.#stored.stretched) await this.#stored.compact(this.#living.keeper.alive());
    else if (this.#stored.behind) await this.#stored.checkpoint();
  }
}

/** Why something cannot be written, for people. */
export function whyNot(error: unknown): string {
  switch (codeOf(error)) {
    case "ENOSPC":
    case "EDQUOT":
      return "The disk is full.";
    case "EACCES":
    case "EPERM":
      return "The data folder may not be written to.";
    case "EROFS":
      return "The disk is read-only.";
    case "EMFILE":
    case "ENFILE":
      return "Too many files are open.";
    case "ENOENT":
      return "The data folder is gone.";
    default:
      return error instanceof Error ? error.message : String(error);
  }
}
