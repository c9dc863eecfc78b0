/** The witness of demands: every one ends exactly once, and as it should when nothing disturbs it (R4, R5). */
import type { Outcome } from "../../src/index.ts";
import { type Asked, holds, type Past, said } from "./past.ts";
import type { Right, Told } from "./scratch.ts";
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
    for (const asked of this.#open) {
      const name = this.#world.name(asked.node);
      if (asked.outcome === undefined) this.#past.fault("R4", `the demand on ${name} has not ended`);
      else {
        this.#excused(asked, asked.outcome);
        if (!this.#disturbed(asked)) this.#right(asked, asked.outcome);
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
  #right(asked: Asked, outcome: Outcome): void {
    const { node } = asked;
    const name = this.#world.name(node);
    const outs = this.#world.outs(node);
    const whole = !this.#world.wired.calls[node];
    this.#past.claim("R4", (right) => {
      const told = outs.map((port) => right.out(port));
      const ends = this.#ends(asked, right, told);
      if (ends !== undefined && !ends.includes(outcome.kind))
        return `the demand on ${name} ends ${outcome.kind} where ${ends.join(" or ")} is right`;
      if (outcome.kind !== "ready" || !whole) return undefined;
      const given = outcome.outputs as Record<string, unknown>;
      const k = outs.findIndex((port, i) => !holds(told[i]!, given[port.name]));
      return k < 0
        ? undefined
        : `the demand on ${name} ends with ${said(given[outs[k]!.name])} where ${said(told[k])} is right`;
    });
  }

  #ends({ node, only, refusable }: Asked, right: Right, told: readonly Told[]): readonly Outcome["kind"][] | undefined {
    if (only && refusable) return ["refused"];
    const ins = right.ins(node);
    const failed = [...ins, ...told].some(({ kind }) => kind === "failed");
    if (failed) return refusable ? ["failed", "refused"] : ["failed"];
    if (ins.some(({ kind }) => kind === "empty")) return ["refused"];
    // Whether a node without outputs fails, no port tells.
    return told.length === 0 && this.#world.nodes[node]!.kind === "fn" ? undefined : ["ready"];
  }
}
