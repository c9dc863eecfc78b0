/**
 * The living side of a port: a `BehaviorSubject` of its signal. Steps subscribe to slots, and those subscriptions are the
 * edges of a living graph. People subscribe to an outlet of it instead, which speaks only after the wave (W10). A slot
 * never errors, and completes only when its sheet closes (W1).
 *
 * Steps are kept in a list of their own and told by a plain loop: the stock multicast makes a closure and an iterator for
 * every signal, which costs more than all the rest of a wave. Any other observer is served by the stock one.
 */

import { BehaviorSubject, type Observer, type Subscriber, type Subscription } from "rxjs";
import type { Asked } from "./asked.ts";
import { shapeOf } from "./component.ts";
import { equal } from "./equal.ts";
import type { Visited } from "./marks.ts";
import type { AnyPort } from "./port.ts";
import { type AnySignal, byDefinition, type Cause, empty, type Ready, ReadySignal, shared } from "./signal.ts";
import { Watcher } from "./watcher.ts";
import type { Wave } from "./wave.ts";

/** What hears of every signal at once, by being marked: a step, or one place of a list that is put together. */
export interface Reader extends Visited {
  /** When it was asked; 0 for not. */
  readonly asked: number;
  /** Told of a signal that is not ready. */
  next(signal: AnySignal): void;
}

const noReaders: Reader[] = [];
const noNumbers: readonly number[] = [];
const noWatchers: readonly Watcher[] = [];
const noPorts: readonly AnyPort<unknown>[] = [];
const noObservers: Observer<AnySignal>[] = [];

/** A person's value over what the owner shows. */
interface Pin {
  own: AnySignal;
  good: Ready | undefined;
  /** True while it is an edit of the list which the owner made: it gives way to another list. */
  readonly edit: boolean;
}

let serials = 0;

export class Slot extends BehaviorSubject<AnySignal> {
  /** No other slot of the process has this number. */
  readonly serial = ++serials;
  /** The signal, as `value` gives it, without its checks: read at every visit. */
  now: AnySignal = empty;
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
  readonly #wave: Wave;
  #readers: Reader[] = noReaders;
  /** True while a person would hear of a change. */
  #heard = false;
  /** True once somebody other than a step subscribed. */
  #others = false;
  /** What a person did here last: set a source, put in a pin or took one out. */
  #cause: Cause | undefined = undefined;
  /** Replaced and never changed: telling needs no copy. */
  #watchers: readonly Watcher[] = noWatchers;
  /** While a person's value is shown here: what the owner would show. */
  #pinned: Pin | undefined = undefined;
  /** The run that its owner shows, where that is one: kept here for the lists that are put together from thousands of slots. */
  number = 0;
  /** What it held before the wave that touched it, while it waits in the outbox. */
  before: AnySignal | undefined = undefined;

  constructor(wave: Wave, owner: Asked | undefined) {
    super(empty);
    // Most ports have no stock observer, ever: the list that each is born with is shared until then.
    this.observers = noObservers;
    this.#wave = wave;
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
    this.#wave.keeping?.changed(this);
    if (edit) this.owner?.edited();
  }

  unpin(cause: Cause | undefined): void {
    if (this.#pinned === undefined) return;
    const { own, good } = this.#pinned;
    this.#pinned = undefined;
    this.#show(own);
    this.#kept = good;
    this.#cause = cause;
  }

  /** The inputs that its list was made from are others now: a person's edit of it goes with them. */
  outgrow(): void {
    if (this.#pinned?.edit) this.unpin(undefined);
  }

  get pinned(): boolean {
    return this.#pinned !== undefined;
  }

  /** The numbers of the runs whose outputs it shows: none where a person's value lies over them, be it above a choice or a list's items. */
  get shownNumbers(): readonly number[] {
    return this.owner === undefined || this.pinned ? noNumbers : this.owner.shownNumbersAt(this);
  }

  /** Adds those to others. Of the items of a long list most show one run each. */
  tellNumbers(all: number[]): void {
    if (this.number > 0 && this.#pinned === undefined) all.push(this.number);
    else for (const number of this.shownNumbers) all.push(number);
  }

  /** What changed first and gave this slot what it holds. */
  get cause(): Cause {
    return this.#cause ?? this.owner?.cause ?? byDefinition;
  }

  /** Of a source. */
  changedBy(cause: Cause): void {
    this.#cause = cause;
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
    if (this.#heard) this.#touch();
    if (this.changedIn !== this.#wave.changes) this.#leave(this.now);
    this.now = signal;
    this.remind();
    if (this.#others) super.next(signal);
  }

  #leave(signal: AnySignal): void {
    this.changedIn = this.#wave.changes;
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
      this.changedIn !== this.#wave.changes &&
      this.#kept === undefined &&
      this.#pinned === undefined &&
      this.#cause === undefined &&
      !this.#others;
    if (!spared) return this.next(new ReadySignal(value, sheet, run) as Ready);
    if (this.#heard) this.#touch();
    this.changedIn = this.#wave.changes;
    this.past = now;
    spare.fill(value, run);
    this.now = spare as Ready;
    this.#markReaders();
  }

  /** True when the present change brought another signal than the one before it. */
  get changed(): boolean {
    return this.changedIn === this.#wave.changes && this.now !== this.past;
  }

  /** Hears whether anybody listens to the sheet's events. */
  listen(observed: boolean): void {
    this.#heard = observed || this.#watchers.length > 0 || this.#wave.keeping !== undefined;
  }

  #touch(): void {
    if (this.before !== undefined) return;
    this.before = this.now;
    this.#wave.touch(this);
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
    for (let i = 0; i < readers.length; i++) if (!(readers[i] as Reader).marked) this.#wave.mark(readers[i] as Reader);
  }

  /** True when a step that reads this slot is asked. */
  get wanted(): boolean {
    return this.#readers.some((step) => step.asked !== 0);
  }

  override getValue(): AnySignal {
    return shared(this.now);
  }

  override subscribe(observer?: Partial<Observer<AnySignal>> | ((signal: AnySignal) => void) | null): Subscription {
    this.#others = true;
    if (this.observers === noObservers) this.observers = [];
    super.next(shared(this.now));
    return super.subscribe(observer as Partial<Observer<AnySignal>>);
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

  /** Tells a person's subscriber what is here now and, after each wave that changed it, the latest. */
  watch(subscriber: Subscriber<unknown>, valuesOnly: boolean): void {
    const watcher = new Watcher(subscriber, valuesOnly);
    this.#watchers = [...this.#watchers, watcher];
    this.#heard = true;
    subscriber.add(() => {
      this.#watchers = this.#watchers.filter((other) => other !== watcher);
      this.listen(this.#wave.observed);
    });
    watcher.tell(this.now);
  }

  tellWatchers(): void {
    const watchers = this.#watchers;
    for (let i = 0; i < watchers.length; i++) (watchers[i] as Watcher).tell(this.now);
  }

  close(): void {
    this.#readers = noReaders;
    for (const { subscriber } of this.#watchers) subscriber.complete();
    this.complete();
  }
}
