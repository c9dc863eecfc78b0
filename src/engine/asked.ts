/**
 * The asked side of a step: the demands on it. A demand belongs to the step and not to one of its runs; it goes on through edits,
 * and ends in exactly one of ready, failed, cancelled, refused (R4).
 */
import { type Demand, type EndAbove, type EndedAt, type Ending, releaseAbove } from "./demand.ts";
import { Lacks } from "./lacks.ts";
import { Placed } from "./placed.ts";
import { emptyPort, notReady } from "./refusal.ts";
import type { RememberedRun } from "./remembered-run.ts";
import type { Outcome, Run } from "./run.ts";
import type { Cause } from "./signal.ts";
import type { Slot } from "./slot.ts";

export abstract class Asked extends Placed {
  /** When it was asked, by the wave's clock; 0 for not. */
  asked = 0;
  /** When, asked, it last had every input ready: what ended above before that is over. */
  suppliedAt = 0;
  /** True while all that ask want this step alone: then it asks no `manual` step above. */
  alone = false;
  /** When a demand or a run of it last ended without a value, and how. */
  ended: EndedAt | undefined = undefined;
  /** The same of a refusal that it met while it was wanted alone: who asks for more is not refused by it. */
  refused: EndedAt | undefined = undefined;

  protected demands: Demand[] = none;
  /** True when a run is wanted though the outputs are fresh. */
  protected again = false;

  /** The run that it shows, as people see it. */
  abstract get shownRun(): Run;

  /** The run of its history that people see; none for what has no single run to show. */
  get seen(): RememberedRun | undefined {
    return undefined;
  }

  /** Stops, and so does what it was asked for. */
  quit(cause: Cause): void {
    this.abandon(cause);
    if (this.asked !== 0) this.end({ kind: "cancelled" });
  }

  /** Its item is gone: it stops, and never begins again. */
  retire(): void {
    if (this.asked !== 0) this.end({ kind: "cancelled" });
    this.abandon(gone);
    // What still reads it may ask: it hears so at once.
    this.visit = () => {
      if (this.asked !== 0) this.end({ kind: "cancelled" });
    };
  }

  /** Stops what it does, without resting: selected again, it begins anew. */
  protected abandon(_cause: Cause): void {}

  /** True when there is something to run to make it ready, and it does not run yet. */
  abstract get due(): boolean;
  /** Its node's runs, oldest first. */
  abstract get history(): readonly RememberedRun[];
  /** Stops its runs and ends its demand. */
  abstract cancel(by: "person" | "close"): void;
  /** The outcome of a demand on a step that is ready. */
  protected abstract readyOutcome(): Outcome;
  /** True when its inputs include a callable: it runs anew whenever it is itself asked. */
  abstract get recalls(): boolean;
  /** True while a run of it is under way. */
  abstract get runs(): boolean;

  /** Asks it to become ready; the demand ends in exactly one of ready, failed, cancelled, refused (R4). */
  demand(demand: Demand, lacks = new Lacks()): void {
    if (!this.enabled) return demand.end({ kind: "refused", why: this.whyNotChosen });
    const lack = lacks.of(this);
    if (lack) return demand.end({ kind: "refused", why: emptyPort(lack) });
    this.demands = [...this.demands, demand];
    demand.again ||= this.recalls && !this.runs;
    if (demand.again) this.again = true;
    demand.at = ++this.wave.clock;
    this.ask(demand.at, demand.only);
  }

  /** Asked by a person, or by a step below that needs it. */
  ask(stamp: number, only: boolean): void {
    this.alone = only && (this.asked === 0 || this.alone);
    // What is wanted alone asks for nothing above, so it makes no older demand younger than an ending up there.
    if (this.asked === 0 || !only) this.asked = stamp;
    this.suspect = true;
    this.wave.mark(this);
  }

  /** True when a person asks for it, or a step below that is asked. */
  get wanted(): boolean {
    return this.demands.length > 0 || this.outs.some((slot) => slot.wanted);
  }

  /** "This step alone" is refused when it would have to wait for another; who asks for more goes on waiting. */
  protected refuseAlone(slot: Slot): void {
    const refused = this.demands.filter((demand) => demand.only && !demand.accepted);
    if (refused.length > 0) this.#refuse(refused, { kind: "refused", why: notReady(this, slot) });
  }

  /** Something above has ended, and with it what was asked here before; what was asked alone since then is refused. */
  protected endFromAbove({ ending, slot }: EndAbove): void {
    if (ending.kind === "refused" && this.alone && this.demands.length > 0) return this.#refuse(this.demands, ending);
    const ended = slot.owner?.ended?.at ?? 0;
    const later = this.demands.filter((demand) => demand.only && demand.at > ended);
    if (ending.kind !== "refused" && later.length > 0)
      this.#refuse(later, { kind: "refused", why: notReady(this, slot) });
    this.end(ending);
  }

  #refuse(refused: readonly Demand[], ending: Ending): void {
    this.demands = this.demands.filter((demand) => !refused.includes(demand));
    this.alone = this.demands.length > 0 && this.demands.every((demand) => demand.only);
    this.again = this.demands.some((demand) => demand.again);
    if (this.demands.length === 0) {
      // Not an ending of the step's own: whoever is asked below looks again, and asks anew for what it needs.
      this.asked = 0;
      this.remind();
      // It asked nothing above, but while it was asked it may have kept a demand there from being taken back.
      releaseAbove(this);
    }
    for (const demand of refused) demand.end(ending);
  }

  /** The new run that was wanted begins. */
  protected spendAgain(): void {
    this.again = false;
    for (const demand of this.demands) demand.again = false;
  }

  #noteEnding(ending: Ending): void {
    const noted = { at: ++this.wave.clock, ending };
    if (ending.kind === "refused" && this.alone) this.refused = noted;
    else this.ended = noted;
  }

  /** Ends its demand, if it has one; what was asked below looks again. */
  protected end(ending: Ending | { readonly kind: "ready" }): void {
    const demands = this.demands;
    this.asked = 0;
    this.again = false;
    this.demands = none;
    if (ending.kind !== "ready") {
      this.#noteEnding(ending);
      this.remind();
      releaseAbove(this);
    }
    if (demands.length === 0) return;
    const outcome: Outcome = ending.kind === "ready" ? this.readyOutcome() : ending;
    for (const demand of demands) demand.end(outcome);
  }
}

const none: Demand[] = [];
const gone: Cause = Object.freeze({ change: "definition" });
