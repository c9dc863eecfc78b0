/** The witness of demands: every one ends exactly once, and as it should when nothing disturbs it (R4, R5). */
import type { Outcome } from "../../src/index.ts";
import { endOf, inputsOf, type Told } from "./naive.ts";
import { type Asked, holds, type Past, said } from "./past.ts";
import { outOf } from "./wired.ts";
import type { World } from "./world.ts";

export class Demands {
  readonly #world: World;
  readonly #past: Past;
  /** Those not looked at since they were made. */
  readonly #open: Asked[] = [];

  constructor(world: World, past: Past) {
    this.#world = world;
    this.#past = past;
  }

  /** Somebody asks; gives back what is to be told of the end. */
  asking(node: number, only: boolean, again: boolean): (outcome: Outcome) => void {
    const { wired, values, epoch } = this.#world;
    const refusable = only
      ? this.#past.inputs(node).some((signal) => signal.kind !== "ready")
      : [...wired.reach[node]!].some((source) => values[source] === null);
    const asked: Asked = { node, only, again, epoch, refusable, either: false, outcome: undefined };
    this.#open.push(asked);
    this.#past.asks.push(asked);
    return (outcome) => {
      if (asked.outcome !== undefined) this.#past.fault("R4", `the demand on ${this.#world.name(node)} ends twice`);
      asked.outcome = outcome;
    };
  }

  /** After the change that asked: for one step alone it may have made an input ready, or kept it from being so. */
  look(): void {
    for (const asked of this.#open) {
      if (asked.epoch !== this.#world.epoch || !asked.only) continue;
      asked.either = asked.refusable !== this.#past.inputs(asked.node).some((signal) => signal.kind !== "ready");
    }
  }

  /** Nothing runs any more: every demand has ended, and ended right. */
  lookSettled(): void {
    const told = this.#world.naive();
    for (const asked of this.#open) {
      const name = this.#world.name(asked.node);
      if (asked.outcome === undefined) this.#past.fault("R4", `the demand on ${name} has not ended`);
      else {
        this.#excused(asked, asked.outcome);
        if (!this.#disturbed(asked)) this.#right(asked, asked.outcome, told[asked.node]!);
      }
    }
    this.#open.length = 0;
  }

  lookClosed(): void {
    for (const asked of this.#open) {
      if (asked.outcome === undefined)
        this.#past.fault("R4", `the demand on ${this.#world.name(asked.node)} outlives its sheet`);
    }
  }

  /** Whatever happened meanwhile, a demand is refused or cancelled only for a reason. */
  #excused(asked: Asked, outcome: Outcome): void {
    const name = this.#world.name(asked.node);
    if (outcome.kind === "refused" && outcome.why === "") this.#past.fault("R4", `${name} is refused without a reason`);
    if (outcome.kind === "refused" && !asked.only && !asked.refusable) {
      this.#past.fault("R4", `${name} is refused (${outcome.why}) though nothing above is empty`);
    }
    if (outcome.kind === "cancelled" && !this.#past.stoppedAbove(asked.node, asked.epoch)) {
      this.#past.fault("R4", `the demand on ${name} ends cancelled, and nobody cancelled`);
    }
  }

  #disturbed(asked: Asked): boolean {
    const { wired, changedAt } = this.#world;
    if (asked.either || this.#past.anyStopped(asked.epoch)) return true;
    if ([...wired.reach[asked.node]!].some((source) => changedAt[source]! >= asked.epoch)) return true;
    // With a callable above, a later demand that runs something there may have changed everything.
    const above = [...wired.above[asked.node]!];
    const later = (other: Asked) =>
      other !== asked && other.epoch >= asked.epoch && above.some((node) => this.#past.wants(other, node));
    return wired.calls[asked.node]! && this.#past.asks.some(later);
  }

  /** Undisturbed, it ends as evaluating from scratch says. */
  #right(asked: Asked, outcome: Outcome, told: readonly Told[]): void {
    const name = this.#world.name(asked.node);
    const right = this.#ends(asked);
    if (!right.includes(outcome.kind)) {
      this.#past.fault("R4", `the demand on ${name} ends ${outcome.kind} where ${right.join(" or ")} is right`);
    }
    if (outcome.kind !== "ready" || this.#world.wired.calls[asked.node]) return;
    for (const [k, one] of told.entries()) {
      const given = (outcome.outputs as Record<string, unknown>)[outOf(k)];
      if (!holds(one, given))
        this.#past.fault("R4", `the demand on ${name} ends with ${said(given)} where ${said(one)} is right`);
    }
  }

  #ends(asked: Asked): readonly Outcome["kind"][] {
    if (asked.only && asked.refusable) return ["refused"];
    const { wired, values } = this.#world;
    const plan = wired.plan.nodes[asked.node]!;
    const called = (node: number, name: string) => this.#world.called(node, name);
    const inputs = inputsOf(wired, asked.node, values, this.#world.naive(), called);
    const empty = inputs.some((input) => input.kind === "empty") ? "empty" : "outputs";
    const { kind } = plan.kind === "fn" ? endOf(this.#world.name(asked.node), plan, inputs) : { kind: empty };
    if (kind === "failed") return asked.refusable ? ["failed", "refused"] : ["failed"];
    return kind === "empty" ? ["refused"] : ["ready"];
  }
}
