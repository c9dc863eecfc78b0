/**
 * One living sheet and all who look at it. However much happens in a turn of the loop, it becomes one revision; while
 * nobody looks, nothing is painted at all. Runs belong to the sheet: people come and go.
 */
import type { Sheet } from "../engine/sheet.ts";
import type { Notes } from "./arrangement.ts";
import type { Clock } from "./clock.ts";
import type { Files } from "./files.ts";
import { LiveView } from "./live-view.ts";
import { type Kept, Revisions } from "./revisions.ts";

export interface RoomAbout {
  readonly id: string;
  readonly name: string;
  /** Names this life of the sheet. */
  readonly epoch: string;
  readonly clock: Clock;
  readonly files: Files;
  readonly kept?: Kept;
  /** Where the arrangement is kept, if it is. */
  readonly notes?: Notes;
}

export class Room {
  readonly id: string;
  name: string;
  readonly sheet: Sheet;
  readonly live: LiveView;
  readonly files: Files;
  readonly #revisions: Revisions;
  readonly #clock: Clock;
  /** Called when it is shut. */
  onShut: () => void = () => undefined;
  #callOff: (() => void) | undefined;
  /** When somebody came or looked last. */
  #seen: number;

  constructor(sheet: Sheet, { id, name, epoch, clock, files, kept, notes }: RoomAbout) {
    this.id = id;
    this.name = name;
    this.sheet = sheet;
    this.files = files;
    this.#clock = clock;
    this.#seen = clock.now();
    this.live = new LiveView(sheet, { id, name }, files, clock, notes);
    this.#revisions = new Revisions(() => this.live.view(), epoch, kept);
    this.live.onDirty = () => this.#soon();
  }

  /** Everything so far, numbered: what a client is brought up to. */
  get revisions(): Revisions {
    this.#number();
    return this.#revisions;
  }

  rename(name: string): void {
    this.name = name;
    this.live.facts.tell({ name });
  }

  /** Somebody came. */
  visit(): void {
    this.#seen = this.#clock.now();
  }

  /** True when nobody has come or looked for so many milliseconds. */
  emptySince(ms: number): boolean {
    if (this.#revisions.followed) this.visit();
    return this.#clock.now() - this.#seen >= ms;
  }

  /** Nobody looks here any more; the sheet goes on. */
  leave(): void {
    this.#callOff?.();
    this.live.close();
    this.onShut();
  }

  close(): void {
    this.leave();
    this.sheet.close();
  }

  #soon(): void {
    if (this.#callOff || !this.#revisions.followed) return;
    this.#callOff = this.#clock.soon(() => {
      this.#callOff = undefined;
      this.#number();
    });
  }

  #number(): void {
    this.#revisions.push(this.live.changes());
  }
}
