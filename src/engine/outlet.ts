/**
 * What people hear of a slot: its latest signal, after each wave that changed it (W10), and of ready ones perhaps the values alone.
 * Whoever subscribes to the slot itself is served by the stock `BehaviorSubject`, at once.
 */
import { BehaviorSubject, type Observer, type Subscriber, type Subscription } from "rxjs";
import { type AnySignal, empty, shared } from "./signal.ts";
import type { Slot } from "./slot.ts";
import { Watcher } from "./watcher.ts";
import type { Wave } from "./wave.ts";

const noWatchers: readonly Watcher[] = [];
const noObservers: Observer<AnySignal>[] = [];

export abstract class Outlet extends BehaviorSubject<AnySignal> {
  /** The signal, as `value` gives it, without its checks: read at every visit. */
  now: AnySignal = empty;
  protected readonly wave: Wave;
  /** True while a person would hear of a change. */
  protected heard = false;
  /** True once somebody other than a step subscribed. */
  protected others = false;
  /** Replaced and never changed: telling needs no copy. */
  protected watchers: readonly Watcher[] = noWatchers;
  /** What it held before the wave that touched it, while it waits in the outbox. */
  before: AnySignal | undefined = undefined;

  constructor(wave: Wave) {
    super(empty);
    // Most ports have no stock observer, ever: the list that each is born with is shared until then.
    this.observers = noObservers;
    this.wave = wave;
  }

  override getValue(): AnySignal {
    return shared(this.now);
  }

  override subscribe(observer?: Partial<Observer<AnySignal>> | ((signal: AnySignal) => void) | null): Subscription {
    this.others = true;
    if (this.observers === noObservers) this.observers = [];
    super.next(shared(this.now));
    return super.subscribe(observer as Partial<Observer<AnySignal>>);
  }

  /** Tells a person's subscriber what is here now and, after each wave that changed it, the latest. */
  watch(subscriber: Subscriber<unknown>, valuesOnly: boolean): void {
    const watcher = new Watcher(subscriber, valuesOnly);
    this.watchers = [...this.watchers, watcher];
    this.heard = true;
    subscriber.add(() => {
      this.watchers = this.watchers.filter((other) => other !== watcher);
      this.listen(this.wave.observed);
    });
    watcher.tell(this.now);
  }

  /** Hears whether anybody listens to the sheet's events. */
  listen(observed: boolean): void {
    this.heard = observed || this.watchers.length > 0 || this.wave.keeping !== undefined;
  }

  /** Its wave has drained. */
  tellWatchers(): void {
    const watchers = this.watchers;
    for (let i = 0; i < watchers.length; i++) (watchers[i] as Watcher).tell(this.now);
  }

  /** It is about to change: people will hear of it. */
  protected touch(): void {
    if (this.before !== undefined) return;
    this.before = this.now;
    this.wave.touch(this as unknown as Slot);
  }

  close(): void {
    for (const { subscriber } of this.watchers) subscriber.complete();
    this.complete();
  }
}
