/**
 * The scheduler. A change writes to slots; the slots' subscribers, the steps, are marked; and the marked steps are visited
 * in the order of their height, so that a step is visited after everything it depends on and no run sees inputs of mixed age (W3).
 * What people hear waits in an outbox until the marks have drained (W10).
 */
import { Observable, Subject } from "rxjs";
import { GraphError } from "./graph-error.ts";
import type { Structure } from "./items.ts";
import type { Keeping, Opening } from "./kept.ts";
import { Marks, type Visited } from "./marks.ts";
import type { RememberedRun } from "./remembered-run.ts";
import type { SheetEvent } from "./run.ts";
import { type Ready, shared } from "./signal.ts";
import type { Slot } from "./slot.ts";
import { realTime, type Time } from "./time.ts";
import type { Wiring } from "./wiring.ts";

/** What waits for this is done at the end of the turn. `queueMicrotask` makes of each call a resource that can be traced, which costs more than a drain. */
const turn = Promise.resolve();
const nothing = () => undefined;

/** How many changes in a row may each be made by a subscriber of the last. */
const endless = 100;

/** The runs that a change shows again, for steps that are made because of it: those of items that had gone. */
export interface Selected {
  /** `item`: where the item stands that asks. */
  runFor(wiring: Wiring, item: readonly number[], signals: readonly Ready[]): RememberedRun | undefined;
  /** Lays over items, now that they are here, what lay over them then. */
  layOver(items: Structure): void;
}

export class Wave {
  /** What happens, told after each wave. */
  readonly events$: Observable<SheetEvent>;
  /** True while somebody listens to the events. */
  observed = false;
  /** Where the time comes from: epoch milliseconds. */
  readonly now: () => number;
  readonly time: Time;
  /** Told when somebody begins or ceases to listen to the events. */
  onListen: (observed: boolean) => void = () => undefined;
  /** True while marks drain: user code of a synchronous node runs then. */
  draining = false;
  /** True during a change that shows old runs: nothing runs by itself because of it. */
  selecting = false;
  /** Those runs. */
  selected: Selected | undefined = undefined;
  /** Hears what a sheet that is kept has to write down. */
  keeping: Keeping | undefined = undefined;
  /** While a sheet is opened as it was left: what its steps were at. */
  opening: Opening | undefined = undefined;
  /** How many changes there have been: a batch is one. */
  changes = 0;
  /** Runs under way; none means settled. */
  running = 0;
  /** Counts demands and endings, so that it can be said which came first. */
  clock = 0;

  readonly #events = new Subject<SheetEvent>();
  readonly #marks = new Marks();
  #outbox: (Slot | SheetEvent)[] = [];
  #delivering = false;
  /** How many deliveries led to the change under way. */
  #generation = 0;
  #batches = 0;
  #busy = false;
  #closed = false;
  #microtask = false;
  #waiting: (() => void)[] = [];
  readonly #atItsEnd = () => {
    this.#microtask = false;
    if (!this.#closed) this.change(nothing);
  };

  constructor(now: () => number, time: Time = realTime) {
    this.now = now;
    this.time = time;
    this.events$ = new Observable((subscriber) => {
      this.#events.subscribe(subscriber);
      this.#listen();
      return () => this.#listen();
    });
  }

  /** Makes a change: what `edit` writes is one wave, or part of the batch under way. */
  change<T>(edit: () => T): T {
    this.refuseInside();
    if (this.#generation >= endless) throw endlessChain();
    if (this.#batches === 0) this.changes++;
    this.#batches++;
    try {
      return edit();
    } finally {
      this.#batches--;
      if (this.#batches === 0) this.#flow();
    }
  }

  /** Asks for a drain at the end of this turn, so that results which arrive together are taken together. */
  soon(): void {
    if (this.#microtask || this.draining) return;
    this.#microtask = true;
    void turn.then(this.#atItsEnd);
  }

  /** @throws GraphError `inside-wave` when a node's function calls while values flow */
  refuseInside(): void {
    if (this.draining) throw insideWave();
  }

  /** Writes from within a run: part of the drain under way, else a change of its own. */
  inside(edit: () => void): void {
    if (this.#closed) return;
    if (this.draining) edit();
    else this.change(edit);
  }

  mark(step: Visited): void {
    this.#marks.add(step);
  }

  touch(slot: Slot): void {
    this.#outbox.push(slot);
  }

  tell(event: SheetEvent): void {
    if (this.observed) this.#outbox.push(event);
  }

  runBegan(): void {
    this.running++;
    this.#busy = true;
  }

  runEnded(): void {
    this.running--;
  }

  settled(): Promise<void> {
    if (this.running === 0) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  close(): void {
    this.#closed = true;
    this.#events.complete();
  }

  #flow(): void {
    this.#drain();
    this.selecting = false;
    this.selected = undefined;
    this.#drained();
    this.#deliver();
  }

  #listen(): void {
    this.observed = this.#events.observed;
    this.onListen(this.observed);
  }

  #drain(): void {
    if (this.#marks.none) return;
    this.#busy = true;
    this.draining = true;
    try {
      this.#marks.visitAll();
    } finally {
      this.draining = false;
    }
  }

  #drained(): void {
    if (this.running > 0) return;
    if (this.#busy) this.tell({ kind: "settled" });
    this.#busy = false;
    if (this.#waiting.length === 0) return;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }

  /** Tells subscribers. A change made by one of them drains at once and is told by this same loop. */
  #deliver(): void {
    if (this.#delivering || this.#outbox.length === 0) return;
    this.#delivering = true;
    try {
      while (this.#outbox.length > 0) {
        const round = this.#outbox;
        this.#outbox = [];
        this.#generation++;
        for (const item of round) this.#tellOne(item);
      }
    } finally {
      this.#delivering = false;
      this.#generation = 0;
    }
  }

  #tellOne(item: Slot | SheetEvent): void {
    if ("kind" in item) {
      this.#events.next(item);
      return;
    }
    const { before } = item;
    item.before = undefined;
    if (before === item.now) return;
    if (this.keeping !== undefined) this.keeping.changed(item);
    item.tellWatchers();
    if (!this.observed) return;
    const signal = shared(item.now);
    if (item.port) this.#events.next({ kind: "signal", port: item.port, signal });
    for (const port of item.alsoPorts) this.#events.next({ kind: "signal", port, signal });
  }
}

function insideWave(): GraphError {
  return new GraphError(
    "inside-wave",
    "A node's function cannot change its own sheet while values flow. Return the value as an output, or set it from a subscriber.",
  );
}

function endlessChain(): GraphError {
  return new GraphError(
    "inside-wave",
    `This looks endless and was stopped: ${endless} changes in a row, each made by a subscriber of the last. Set a port only when the value really differs.`,
  );
}
