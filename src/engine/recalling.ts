/**
 * What a step shows without working: a run that somebody chose to see (R7), and a list that a person edited, for as long as it is
 * given the inputs that the edit was made over. And what changed first, of all that led to what it shows (R8).
 */
import type { RememberedRun } from "./remembered-run.ts";
import { byDefinition, type Cause, type Ready } from "./signal.ts";
import type { Slot } from "./slot.ts";
import { Whole } from "./whole.ts";
import { selectAmong, Working } from "./working.ts";

export abstract class Recalling extends Working {
  protected because: Cause = byDefinition;
  /** After a quick run, the input that changed: its cause is ours. -1 when `because` says it itself. */
  protected causedAt = -1;
  /** A run that somebody chose to see: shown as soon as its inputs are here. */
  protected chosen: RememberedRun | undefined = undefined;
  /** The inputs over which a person edited a list that it gave: the edit stands as long as they do. Of none that were known, those that come first. */
  protected editedOver: readonly Ready[] | undefined = undefined;

  select(run: RememberedRun): void {
    this.chosen = run;
    this.wiring.memory.prefer(run);
    this.suspect = true;
    this.wave.mark(this);
  }

  /** The item is gone: a run of it that somebody chooses is shown by those that are like it. */
  override retire(): void {
    super.retire();
    const { whole } = this.place.home ?? {};
    this.select = (run) => {
      if (whole instanceof Whole) selectAmong(whole.inside, run);
    };
  }

  override edited(): void {
    const used = this.noteUsed() ?? this.readyWith ?? this.tried;
    this.editedOver = this.ins.every(({ now }) => now.kind === "ready") ? this.present() : (used ?? toCome);
    // With an old run that is chosen the inputs that it was made over come back too.
    if (!this.wave.selecting || this.wave.opening) return;
    this.editedOver = toCome;
    this.lookAgain();
  }

  override standAs(other: Recalling): void {
    super.standAs(other);
    this.editedOver = other.editedOver;
  }

  /** Why it ran last: what changed first. */
  get cause(): Cause {
    let step: Recalling = this;
    while (step.causedAt >= 0) {
      const slot = step.ins[step.causedAt] as Slot;
      if (!(slot.owner instanceof Recalling)) return slot.cause;
      step = slot.owner;
    }
    return step.because;
  }

  protected outgrow(over: readonly Ready[]): void {
    if (over === toCome) this.editedOver = this.present();
    else if (this.differsAt(over) >= 0) this.editedOver = undefined;
    if (this.editedOver !== undefined) return;
    for (const slot of this.outs) slot.outgrow();
  }

  /** Somebody chose to see an old run: its inputs are here again, and so is what came of them (R7). */
  protected showChosen(chosen: RememberedRun): boolean {
    this.chosen = undefined;
    if (this.differsAt(chosen.signals) >= 0) return false;
    if (this.live) this.finish(this.live, { cancelled: "superseded" });
    this.again = false;
    this.because = this.whyNow();
    this.causedAt = -1;
    if (chosen.gave) this.recall(chosen);
    else {
      const { result } = chosen;
      this.rest(this.present(), "failure" in result ? result.failure : undefined);
      if ("failure" in result) {
        this.holdFailed(chosen);
        this.outputs.failed(result.failure);
      } else this.outputs.stale(bySelection);
      if (this.asked !== 0) this.end({ kind: "cancelled" });
    }
    return true;
  }

  protected blame(cause: Cause): void {
    const now = this.outputs.now;
    this.because = now?.kind === "stale" ? now.because : cause;
    this.causedAt = -1;
  }

  /** What changed first; for a first run, the first edit among its inputs. `at`: the first input that changed, where that is known. */
  protected whyNow(at?: number): Cause {
    const then = this.noteUsed() ?? this.readyWith ?? this.tried;
    if (then !== undefined) return this.ins[at ?? this.differsAt(then)]?.cause ?? byDefinition;
    return this.ins.map((slot) => slot.cause).find((cause) => cause.port !== undefined) ?? byDefinition;
  }
}

const toCome: readonly Ready[] = Object.freeze([]);
const bySelection: Cause = Object.freeze({ change: "select" });
