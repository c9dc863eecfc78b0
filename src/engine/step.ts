/**
 * A node come alive: one fused operator, a `Subscriber` on all its input slots whose `next` only marks it in the wave. All
 * that happens to it happens in `visit`, which looks at the inputs and does one of four things:
 *
 *  - restores outputs, when the inputs are those that they were made from (W6), now or in a run that is remembered (R1):
 *    no user code runs;
 *  - runs, when every input is ready (W2), something changed, and it is `auto` or asked (W5);
 *  - goes stale and says why (R8), when something changed and nobody asks;
 *  - waits, when an input is not ready; if asked, it asks the steps above first (R5), and when one of those ends without
 *    becoming ready its own demand ends the same way (R4).
 */

import { askAbove } from "./demand.ts";
import { type Failure, failureOf, sameFault } from "./failure.ts";
import { failureFrom } from "./fault.ts";
import type { LiveRun } from "./live-run.ts";
import type { Outputs } from "./outputs.ts";
import { Recalling } from "./recalling.ts";
import type { RememberedRun } from "./remembered-run.ts";
import type { AnySignal, Cause, Ready } from "./signal.ts";
import type { Slot } from "./slot.ts";
import type { Spot, Wiring } from "./wiring.ts";

export class Step extends Recalling {
  /** True when its runs may take the hot path. */
  readonly #quick: boolean;
  /** The input it waits for; -1 when it does not wait. */
  #waitsAt = -1;
  constructor(wiring: Wiring, ins: readonly Slot[], height?: number, spot?: Spot) {
    super(wiring, ins, height, spot);
    this.#quick = wiring.auto && wiring.plain && wiring.node.outPorts.length === 1 && !wiring.sheet.memory.keeps;
  }

  /** Given once: the slots name the step as their owner, so they are made after it. */
  feed(outputs: Outputs): void {
    this.outputs = outputs;
  }

  /** What waits below what is stale goes on waiting while that runs: it need not look again. */
  override next(signal: AnySignal): void {
    const waits = this.#waitsAt >= 0 && this.asked === 0 && this.live === undefined;
    if (signal.kind !== "pending" || !waits || this.outputs.now?.kind !== "stale") super.next(signal);
  }

  visit(): void {
    // Its place is told with it, so nobody else tells what an item's step shows.
    if (this.place.home !== undefined) this.wave.keeping?.stood(this);
    if (this.#waitsAt >= 0 && !this.suspect && this.#stillWaits()) return;
    const ins = this.ins;
    const { changes } = this.wave;
    let changedAt = -1;
    for (let i = 0; i < ins.length; i++) {
      const slot = ins[i] as Slot;
      if (slot.now.kind !== "ready") return this.#wait(i);
      if (changedAt < 0 && slot.changedIn === changes && slot.now !== slot.past) changedAt = i;
    }
    this.#waitsAt = -1;
    this.suspect = false;
    const quick = this.#quick && this.made && this.enabled && this.used === undefined && this.tried === undefined;
    if (!quick || this.live !== undefined || this.again || this.asked !== 0 || this.wave.observed) this.#decide();
    else if (changedAt >= 0) this.#runQuickly(changedAt);
  }

  /** Looks on from the input it waits for: from the first, a wide join would be quadratic. */
  #stillWaits(): boolean {
    const shown = this.outputs.now?.kind;
    if (shown === "failed" || shown === "empty" || this.live !== undefined) return false;
    for (let i = this.#waitsAt; i < this.ins.length; i++) {
      if ((this.ins[i] as Slot).now.kind === "ready") continue;
      this.#waitsAt = i;
      return true;
    }
    return false;
  }

  /** Every input is ready. */
  #decide(): void {
    if (this.asked !== 0) this.suppliedAt = ++this.wave.clock;
    for (const demand of this.demands) demand.accepted = true;
    if (this.editedOver !== undefined) this.outgrow(this.editedOver);
    if (this.chosen !== undefined && this.showChosen(this.chosen)) return;
    const used = this.noteUsed();
    const live = this.live;
    if (live) {
      if (!this.again && this.differsAt(live.signals) < 0) {
        if (live.prepared) this.#launch(live);
        else if (live.arrived) this.conclude(live);
        return;
      }
      this.finish(live, { cancelled: "superseded" });
    }
    // Looked for once: two long lists may be alike up to their last item.
    const other = used === undefined ? undefined : this.differsAt(used);
    let inputs: readonly Ready[] | undefined;
    if (!this.again) {
      if (other === -1) return this.#restore();
      if (this.tried && (this.asked === 0 || this.unsaid) && this.differsAt(this.tried) < 0) return this.#goOnResting();
      inputs = this.#quick ? undefined : this.present();
      const known = this.wave.opening?.knows(this) ? undefined : this.#remembered(inputs);
      if (known) {
        this.blame(this.whyNow(other));
        return this.recall(known);
      }
      if (this.wave.selecting && this.asked === 0) return this.#restBelow();
    }
    if (!this.enabled) return this.#goStale(this.whyNow(other));
    const quick = this.#quick && other !== undefined && this.asked === 0 && !this.again && !this.wave.observed;
    // Asked for only where it is needed: after quick runs, the cause is looked for all the way up.
    if (quick) this.#runQuickly(other as number);
    else if (this.auto || this.asked !== 0) this.#run(this.whyNow(other), inputs);
    else this.#goStale(this.whyNow(other));
  }

  #goStale(why: Cause): void {
    this.outputs.stale(why);
    this.#hopeless();
  }

  /** A run that was made from these inputs (R1). */
  #remembered(inputs: readonly Ready[] | undefined): RememberedRun | undefined {
    if (inputs === undefined || !this.wiring.remembers || !this.wiring.sheet.memory.keeps) return undefined;
    return this.wiring.memory.answer(inputs);
  }

  /** An old run was chosen above, and none here matches it, or the sheet is being opened again: nothing runs by itself because of that (R7). */
  #restBelow(): void {
    const { opening } = this.wave;
    const left = opening?.leftBy(this, this.present());
    if (left === "waits") return this.#run(this.whyNow());
    if (left && this.showChosen(left)) return;
    const chosen = this.wave.selected?.runFor(this.wiring, this.item, this.present());
    if (chosen && this.showChosen(chosen)) return;
    const why = this.whyNow();
    // What waited to be asked, or to be chosen, goes on waiting: it did not rest.
    const waits = opening !== undefined && (!this.enabled || (!this.auto && opening.knows(this)));
    if (!waits) this.rest(this.present(), undefined);
    this.#goStale(why);
  }

  #restore(): void {
    this.wake();
    this.used = this.present();
    this.outputs.show();
    if (this.asked !== 0) this.end({ kind: "ready" });
  }

  #goOnResting(): void {
    if (this.failure && this.unsaid) this.fail(this.present(), this.failure);
    else if (this.failure) this.outputs.failed(this.failure);
    else this.#goStale(this.cause);
  }

  /** An input is not ready. Of what keeps it waiting, a failure is said first, then an empty port. */
  #wait(first: number): void {
    this.#waitsAt = first;
    this.noteUsed();
    this.suspect = false;
    const live = this.live;
    if (live?.arrived) this.keep(live);
    else if (live && (live.prepared || this.outdated(live))) this.finish(live, { cancelled: "superseded" });
    if (this.demands.length > 0) this.refuseAlone(this.ins[first] as Slot);
    const ending = this.asked === 0 ? undefined : askAbove(this, this.alone);
    const broken = this.ins.find((slot) => slot.now.kind === "failed");
    if (broken) this.#failBelow(failureFrom(broken));
    else if (this.live === undefined) {
      if (this.ins.some((slot) => slot.now.kind === "empty")) this.outputs.empty();
      else this.outputs.stale(causeOf(this.ins[first] as Slot));
    }
    if (ending) this.endFromAbove(ending);
  }

  #failBelow(failure: Failure): void {
    if (this.live) this.finish(this.live, { cancelled: "superseded" });
    const now = this.outputs.now;
    if (now?.kind === "failed" && sameFault(now.failure, failure)) return this.#hopeless();
    this.outputs.failed(failure);
  }

  /** Whoever is asked below may have hoped for it to become ready unasked: it looks again. */
  #hopeless(): void {
    if (this.outs.some((slot) => slot.wanted)) this.remind();
  }

  // ── runs

  /** The hot path: a synchronous function, nobody asked, nobody watches. Kept small; whatever is unusual goes elsewhere. */
  #runQuickly(changedAt: number): void {
    this.causedAt = changedAt;
    let value: unknown;
    try {
      const { assembly, node, constants } = this.wiring;
      const { call } = assembly;
      value = call(node.start, this.ins, constants);
    } catch (error) {
      return this.fail(this.present(), failureOf(error));
    }
    if (value === undefined || typeof value === "object" || this.outputs.refuses(value)) return this.#take(value);
    const out = this.outs[0] as Slot;
    if (this.used !== undefined) this.used = undefined;
    if (this.tried !== undefined) this.wake();
    if (this.last !== undefined) this.showRun(undefined);
    const { sheet } = this.wiring;
    const number = ++sheet.runs;
    const now = out.own;
    const known = now.kind === "ready" ? (Object.is(now.value, value) ? now : undefined) : out.signalOf(value);
    if (known === undefined) out.give(value, sheet.id, number);
    else if (known !== now) out.next(known);
  }

  #run(cause: Cause, inputs?: readonly Ready[]): void {
    this.blame(cause);
    if (this.again) this.spendAgain();
    const live = this.begin(inputs);
    this.work(live);
    this.proceed(live);
  }

  /** Has a run begin its work. */
  protected work(live: LiveRun): void {
    live.begin();
  }

  /** Its callables have answered. If whoever asked has left meanwhile, its function is not called any more (R5). */
  #launch(live: LiveRun): void {
    if (!this.auto && this.asked === 0) {
      this.finish(live, { cancelled: "superseded" });
      return this.outputs.stale(this.cause);
    }
    live.launch();
    this.proceed(live);
  }

  /** What a quick run returned is more than a plain value: it goes on as an ordinary one. */
  #take(returned: unknown): void {
    // What the outputs were made from is to be seen in this change alone.
    this.noteUsed();
    // Looked for once, here: whatever waits below would look for it all the way up, each for itself.
    this.because = this.cause;
    this.causedAt = -1;
    const live = this.begin();
    live.resume(returned);
    // Only within this change can it still be seen what its outputs were made from.
    if (!live.arrived) this.noteUsed();
    this.proceed(live);
  }
}

function causeOf(slot: Slot): Cause {
  return slot.now.kind === "stale" ? slot.now.because : slot.cause;
}
