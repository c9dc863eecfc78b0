/**
 * The living side of a port: a `BehaviorSubject` of its signal. Steps subscribe to slots, and those subscriptions are the
 * edges of a living graph. People subscribe to an outlet of it instead, which speaks only after the wave (W10). A slot
 * never errors, and completes only when its sheet closes (W1).
 *
 * Steps are kept in a list of their own and told by a plain loop: the stock multicast makes a closure and an iterator for
 * every signal, which costs more than all the rest of a wave. Any other observer is served by the stock one.
 */
import { BehaviorSubject, type Observer, type Subscriber, Subscription } from "rxjs";
import { equal } from "./equal.ts";
import type { AnyPort } from "./port.ts";
import { type AnySignal, byDefinition, type Cause, empty, type Ready } from "./signal.ts";
import { Step } from "./step.ts";
import type { Wave } from "./wave.ts";

interface Watcher {
  readonly subscriber: Subscriber<AnySignal>;
  told: AnySignal;
}

const noReaders: Step[] = [];
const noPorts: readonly AnyPort<unknown>[] = [];

export class Slot extends BehaviorSubject<AnySignal> {
  /** The signal, as `value` gives it, without its checks: read at every visit. */
  now: AnySignal = empty;
  /** The change that wrote here last. */
  changedIn = 0;
  /** The last ready signal shown before that change: while the present one is not ready, what stays visible. */
  past: Ready | undefined = undefined;
  /** What a run gave since, while inputs were stale: not shown yet. */
  #kept: Ready | undefined = undefined;
  /** The step that writes here; none for a source. */
  readonly owner: Step | undefined;
  /** Its port; and the others that share it, where one component feeds several inputs. */
  port: AnyPort<unknown> | undefined = undefined;
  alsoPorts: readonly AnyPort<unknown>[] = noPorts;
  readonly #wave: Wave;
  #readers: Step[] = noReaders;
  /** True while a person would hear of a change. */
  #heard = false;
  /** True once somebody other than a step subscribed. */
  #others = false;
  #sourceCause: Cause = byDefinition;
  #watchers: Set<Watcher> | undefined = undefined;
  /** True while this slot waits in the outbox. */
  touched = false;
  /** What it held before the wave that touched it. */
  before: AnySignal | undefined = undefined;

  constructor(wave: Wave, owner: Step | undefined) {
    super(empty);
    this.#wave = wave;
    this.owner = owner;
  }

  /** The last good signal: what stays visible while the port is not ready. */
  get good(): Ready | undefined {
    return this.now.kind === "ready" ? this.now : (this.#kept ?? this.past);
  }

  /** A signal known here that holds an equal value: it is held again, and what reads the slot sees that nothing happened (W6). */
  signalOf(value: unknown): Ready | undefined {
    const now = this.now;
    if (now.kind === "ready") return equal(now.value, value) ? now : undefined;
    if (this.past && equal(this.past.value, value)) return this.past;
    return this.#kept && equal(this.#kept.value, value) ? this.#kept : undefined;
  }

  /** Makes a signal the last good one without showing it. */
  keep(signal: Ready): void {
    this.#kept = signal;
  }

  /** What changed first and gave this slot what it holds. */
  get cause(): Cause {
    return this.owner ? this.owner.cause : this.#sourceCause;
  }

  changedBy(cause: Cause): void {
    this.#sourceCause = cause;
  }

  override next(signal: AnySignal): void {
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

  /** True when the present change brought another signal than the one before it. */
  get changed(): boolean {
    return this.changedIn === this.#wave.changes && this.now !== this.past;
  }

  /** Hears whether anybody listens to the sheet's events. */
  listen(observed: boolean): void {
    this.#heard = observed || this.#watchers !== undefined;
  }

  #touch(): void {
    if (this.touched) return;
    this.touched = true;
    this.before = this.now;
    this.#wave.touch(this);
  }

  /** Marks everything that reads this slot; by itself, when the signal is the same but a demand above has ended. */
  remind(): void {
    const readers = this.#readers;
    const now = this.now;
    // A ready signal only marks, and what is marked already needs no call: a layer of joins is told four times a node.
    if (now.kind === "ready") {
      for (let i = 0; i < readers.length; i++) if (!(readers[i] as Step).marked) this.#wave.mark(readers[i] as Step);
    } else for (let i = 0; i < readers.length; i++) (readers[i] as Step).next(now);
  }

  /** True when a step that reads this slot is asked. */
  get wanted(): boolean {
    return this.#readers.some((step) => step.asked !== 0);
  }

  override getValue(): AnySignal {
    return this.now;
  }

  override subscribe(observer?: Partial<Observer<AnySignal>> | ((signal: AnySignal) => void) | null): Subscription {
    if (observer instanceof Step) return this.#read(observer);
    this.#others = true;
    super.next(this.now);
    return super.subscribe(observer as Partial<Observer<AnySignal>>);
  }

  #read(step: Step): Subscription {
    if (this.#readers === noReaders) this.#readers = [step];
    else this.#readers.push(step);
    step.next(this.now);
    return Subscription.EMPTY;
  }

  /** Tells a person's subscriber the signal now and, after each wave that changed it, the latest one. */
  watch(subscriber: Subscriber<AnySignal>): void {
    const watcher: Watcher = { subscriber, told: this.now };
    this.#watchers ??= new Set();
    this.#watchers.add(watcher);
    this.#heard = true;
    subscriber.add(() => {
      this.#watchers?.delete(watcher);
      if (this.#watchers?.size === 0) this.#watchers = undefined;
      this.listen(this.#wave.observed);
    });
    subscriber.next(this.now);
  }

  tellWatchers(): void {
    if (this.#watchers === undefined) return;
    for (const watcher of [...this.#watchers]) {
      // A wave may bring a port back to the very signal that the watcher knows: then there is nothing to say.
      if (watcher.told === this.now) continue;
      watcher.told = this.now;
      watcher.subscriber.next(this.now);
    }
  }

  close(): void {
    this.#readers = noReaders;
    if (this.#watchers) for (const watcher of [...this.#watchers]) watcher.subscriber.complete();
    this.complete();
  }
}
