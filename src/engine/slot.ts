/**
 * The living side of a port: a `BehaviorSubject` of its signal. Steps subscribe to slots, and those subscriptions are the
 * edges of a living graph. People subscribe to its outlet instead, which speaks only after the wave (W10). A slot never errors,
 * and completes only when its sheet closes (W1).
 *
 * Steps are kept in a list of their own and told by a plain loop: the stock multicast makes a closure and an iterator for
 * every signal, which costs more than all the rest of a wave. Any other observer is served by the stock one.
 */
import type { Asked } from "./asked.ts";
import { shapeOf } from "./component.ts";
import { equal } from "./equal.ts";
import type { Visited } from "./marks.ts";
import { Outlet } from "./outlet.ts";
import type { AnyPort } from "./port.ts";
import {
  type AnySignal,
  byDefinition,
  type Cause,
  type Ready,
  ReadySignal,
  type RunNumbers,
  shared,
} from "./signal.ts";
import type { Wave } from "./wave.ts";

/** What hears of every signal at once, by being marked: a step, or one place of a list that is put together. */
export interface Reader extends Visited {
  /** When it was asked; 0 for not. */
  readonly asked: number;
  /** Told of a signal that is not ready. */
  next(signal: AnySignal): void;
}

const noReaders: Reader[] = [];
const noPorts: readonly AnyPort<unknown>[] = [];

/** A person's value over what the owner shows. */
interface Pin {
  own: AnySignal;
  good: Ready | undefined;
  /** True while it is an edit of the list which the owner made: it gives way to another list. */
  readonly edit: boolean;
}

let serials = 0;

export class Slot extends Outlet {
  /** No other slot of the process has this number. */
  readonly serial = ++serials;
  /** The change that wrote here last. */
  changedIn = 0;
  /** The last ready signal shown before that change: while the present one is not ready, what stays visible. */
  past: Ready | undefined = undefined;
  /** What a run gave since, while inputs were stale: not shown yet. */
  #kept: Ready | undefined = undefined;
  /** The step that writes here; none for a source. */
  readonly owner: Asked | undefined;
  /** Its port; and the others that share it, where one component feeds several inputs. */
  port: AnyPort<unknown> | undefined = undefined;
  alsoPorts: readonly AnyPort<unknown>[] = noPorts;
  #readers: Reader[] = noReaders;
  /** What a person did here last: set a source, put in a pin or took one out. */
  #cause: Cause | undefined = undefined;
  /** While a person's value is shown here: what the owner would show. */
  #pinned: Pin | undefined = undefined;
  /** The run that its owner shows, where that is one: kept here for the lists that are put together from thousands of slots. */
  number = 0;
  constructor(wave: Wave, owner: Asked | undefined) {
    super(wave);
    this.owner = owner;
  }

  /** What its owner made it hold, whatever is pinned over it. */
  get own(): AnySignal {
    return this.#pinned === undefined ? this.now : this.#pinned.own;
  }

  /** The last good signal: what stays visible while the port is not ready. */
  get good(): Ready | undefined {
    if (this.#pinned !== undefined) return this.#pinned.good;
    return this.now.kind === "ready" ? this.now : (this.#kept ?? this.past);
  }

  /** A signal known here that holds an equal value: it is held again, and what reads the slot sees that nothing happened (W6). */
  signalOf(value: unknown): Ready | undefined {
    if (this.#pinned !== undefined) {
      const { good } = this.#pinned;
      return good && equal(good.value, value) ? good : undefined;
    }
    const now = this.now;
    if (now.kind === "ready") return equal(now.value, value) ? now : undefined;
    if (this.past && !this.past.pinned && equal(this.past.value, value)) return this.past;
    return this.#kept && equal(this.#kept.value, value) ? this.#kept : undefined;
  }

  /** Makes a signal the last good one without showing it. */
  keep(signal: Ready): void {
    if (this.#pinned !== undefined) this.#pinned.good = signal;
    else this.#kept = signal;
  }

  /** What it shows stays the last good one, though the same change goes on to show something else. */
  keepNow(): void {
    if (this.now.kind === "ready") this.keep(this.now);
  }

  /** Shows a person's value instead of the owner's, until it is lifted. */
  pin(signal: Ready, cause: Cause): void {
    const own = shared(this.own);
    const good = this.good && shared(this.good);
    this.#pinned = undefined;
    this.#show(signal);
    const edit = this.port?.component ? shapeOf(this.port.component).fields !== undefined : false;
    this.#pinned = { own, good, edit };
    this.#cause = cause;
    // It may be the very signal that is shown already.
    this.wave.keeping?.changed(this);
    if (edit) this.owner?.edited();
  }

  unpin(cause: Cause | undefined): void {
    if (this.#pinned === undefined) return;
    const { own, good } = this.#pinned;
    this.#pinned = undefined;
    this.#show(own);
    this.#kept = good;
    this.#cause = cause;
    this.wave.keeping?.changed(this);
  }

  /** The inputs that its list was made from are others now: a person's edit of it goes with them. */
  outgrow(): void {
    if (this.#pinned?.edit) this.unpin(undefined);
  }

  get pinned(): boolean {
    return this.#pinned !== undefined;
  }

  /** The numbers of the runs whose outputs it shows: none where a person's value lies over them, be it above a choice or a list's items. */
  get shownNumbers(): RunNumbers {
    if (this.owner === undefined || this.#pinned !== undefined) return 0;
    return this.number > 0 ? this.number : this.owner.shownNumbersAt(this);
  }

  /** Adds those to others. Of the items of a long list most show one run each. */
  tellNumbers(all: number[]): void {
    const runs = this.shownNumbers;
    if (runs === 0) return;
    if (typeof runs === "number") all.push(runs);
    else for (const number of runs) all.push(number);
  }

  /** What changed first and gave this slot what it holds. */
  get cause(): Cause {
    return this.#cause ?? this.owner?.cause ?? byDefinition;
  }

  /** Of a source. */
  changedBy(cause: Cause): void {
    this.#cause = cause;
    this.wave.keeping?.changed(this);
  }

  override next(signal: AnySignal): void {
    if (this.#pinned !== undefined) {
      if (signal.kind === "ready") this.#pinned.good = signal;
      this.#pinned.own = signal;
      return;
    }
    if (this.#cause !== undefined && this.owner !== undefined) this.#cause = undefined;
    this.#show(signal);
  }

  #show(signal: AnySignal): void {
    if (this.heard) this.touch();
    if (this.changedIn !== this.wave.changes) this.#leave(this.now);
    this.now = signal;
    this.remind();
    if (this.others) super.next(signal);
  }

  #leave(signal: AnySignal): void {
    this.changedIn = this.wave.changes;
    if (signal.kind !== "ready") return;
    this.past = signal;
    if (this.#kept !== undefined) this.#kept = undefined;
  }

  /**
   * The hot path of `next`: a run gave a plain value. The signal that the slot held before the last change is filled anew,
   * when nobody else holds it.
   */
  give(value: unknown, sheet: string, run: number): void {
    const now = this.now;
    const spare = this.past as ReadySignal | undefined;
    const spared =
      spare !== undefined &&
      !spare.shared &&
      now.kind === "ready" &&
      (spare as unknown) !== now &&
      this.changedIn !== this.wave.changes &&
      this.#kept === undefined &&
      this.#pinned === undefined &&
      this.#cause === undefined &&
      !this.others;
    if (!spared) return this.next(new ReadySignal(value, sheet, run) as Ready);
    if (this.heard) this.touch();
    this.changedIn = this.wave.changes;
    this.past = now;
    spare.fill(value, run);
    this.now = spare as Ready;
    this.#markReaders();
  }

  /** True when the present change brought another signal than the one before it. */
  get changed(): boolean {
    return this.changedIn === this.wave.changes && this.now !== this.past;
  }

  /** Marks everything that reads this slot; by itself, when the signal is the same but a demand above has ended. */
  remind(): void {
    const now = this.now;
    // A ready signal only marks.
    if (now.kind === "ready") return this.#markReaders();
    const readers = this.#readers;
    for (let i = 0; i < readers.length; i++) (readers[i] as Reader).next(now);
  }

  /** What is marked already needs no call: a layer of joins is told four times a node. */
  #markReaders(): void {
    const readers = this.#readers;
    for (let i = 0; i < readers.length; i++) if (!(readers[i] as Reader).marked) this.wave.mark(readers[i] as Reader);
  }

  /** True when a step that reads this slot is asked. */
  get wanted(): boolean {
    return this.#readers.some((step) => step.asked !== 0);
  }

  /** An edge: the reader is marked whenever the signal changes. */
  read(reader: Reader): void {
    if (this.#readers === noReaders) this.#readers = [reader];
    else this.#readers.push(reader);
    reader.next(this.now);
  }

  /** Takes edges away. */
  forget(gone: ReadonlySet<Reader>): void {
    this.#readers = this.#readers.filter((reader) => !gone.has(reader));
  }

  override close(): void {
    this.#readers = noReaders;
    super.close();
  }
}
