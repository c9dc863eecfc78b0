/**
 * Stories of random edits on random graphs with all there is, and somebody who watches: every start of a function, every demand, and
 * the sheet at random moments in the middle of runs. What was seen is compared with evaluating from scratch once the story is over, so
 * that watching changes nothing in the order of things.
 */
import * as fc from "fast-check";
import { type BaseNode, baseOf } from "../../src/engine/base-node.ts";
import type { InPort } from "../../src/engine/port.ts";
import type { AnyPort, Outcome, Sheet } from "../../src/index.ts";
import { comparable } from "../../src/testing/differences.ts";
import type { Inputs } from "../../src/testing/drawn-function.ts";
import { make } from "../../src/testing/edit.ts";
import { fromScratch } from "../../src/testing/evaluate.ts";
import { type GraphPlan, plans } from "../../src/testing/graph-plan.ts";
import { grown } from "../../src/testing/graphs.ts";
import { same } from "../../src/testing/same.ts";
import { portsOf, type Snapshot, snapshotOf } from "../../src/testing/snapshot.ts";
import { none } from "../../src/testing/spread.ts";
import { type Edit, edits, ledger, type RandomGraph } from "../../src/testing.ts";

import { turn } from "./turn.ts";

interface FullStory {
  readonly random: RandomGraph;
  readonly drawn: readonly Edit[];
  readonly watch: Watch;
  /** Whether somebody listens to the sheet's events, and whether it remembers runs: the engine goes other ways then. */
  readonly observed: boolean;
  readonly forgets: boolean;
}

export function fullStories(): fc.Arbitrary<FullStory> {
  return plans().chain((plan) => {
    const watch = new Watch();
    const random = grown(plan, undefined, (name, work) => (inputs, run) => {
      watch.starts(name, inputs);
      return work(inputs, run);
    });
    return fc.record({
      random: fc.constant(random),
      watch: fc.constant(watch),
      drawn: edits(random.graph),
      observed: fc.boolean(),
      // What callables answered is read from the runs that are remembered.
      forgets: calling(plan) ? fc.constant(false) : fc.boolean(),
    });
  });
}

function calling({ nodes }: Pick<GraphPlan, "nodes">): boolean {
  return nodes.some((node) => {
    if (node.kind === "graph")
      return calling({ nodes: node.inside }) || node.inputs.some(({ feed }) => feed === "callable");
    if (node.kind === "choice") return calling({ nodes: node.variants });
    return node.kind === "fn" && node.inputs.some(({ feed }) => feed === "callable");
  });
}

/** Plays a story and gives back what broke a law: nothing, when all is well. */
export async function playInFull({ random, drawn, watch, observed, forgets }: FullStory): Promise<readonly string[]> {
  const { graph } = random;
  const sheet = watch.open(() => graph.sheet(forgets ? { memory: { runs: 0 } } : {}));
  if (observed) ledger(sheet);
  for (const edit of drawn) {
    if (edit.kind === "settle") await watch.settles();
    else watch.does(edit);
    watch.looks();
  }
  await watch.settles();
  await watch.closes();
  return watch.faults;
}

/** As many moments are compared; every one costs an evaluation. */
const most = { starts: 6, looks: 6 };

interface Seen {
  readonly snapshot: Snapshot;
  readonly compare: (value: (port: InPort) => unknown) => void;
}

class Watch {
  faults: string[] = [];
  #sheet: Sheet | undefined = undefined;
  #seen: Seen[] = [];
  #starts = 0;
  #looks = 0;
  /** True while functions are called to compare. */
  #comparing = false;
  #demands: { readonly edit: Edit; ends: number }[] = [];
  #cancels = false;
  /** Sweeps under way: the functions that start may be theirs. */
  #sweeps = 0;

  open(living: () => Sheet): Sheet {
    this.faults = [];
    this.#seen = [];
    this.#demands = [];
    this.#starts = 0;
    this.#looks = 0;
    this.#cancels = false;
    this.#sweeps = 0;
    this.#sheet = undefined;
    this.#sheet = living();
    return this.#sheet;
  }

  /** W2, W3: what a function is given is ready, and is what evaluating from scratch gives at that moment. C1: an unselected variant never runs. */
  starts(name: string, inputs: Inputs): void {
    const sheet = this.#sheet;
    const node = sheet?.graph.nodes.find((one) => one.name === name);
    if (this.#comparing || this.#sweeps > 0 || !sheet || !node) return;
    const base = baseOf(node);
    this.#chosen(sheet, base);
    const plain = Object.values(base.inputs).filter((port) => whole(sheet, port));
    for (const port of plain) {
      const now = sheet.signal(port as unknown as AnyPort<unknown>);
      if (now.kind !== "ready") this.faults.push(`[W2] ${name} runs while ${port.name} is ${now.kind}`);
      else if (!same(now.value, inputs[port.name]))
        this.faults.push(
          `[W3] ${name} is given ${fc.stringify(inputs[port.name])} while ${port.name} holds ${fc.stringify(now.value)}`,
        );
    }
    if (this.#starts++ % 5 > 0 || this.#starts > 5 * most.starts) return;
    this.#sees((value) => {
      for (const port of plain) {
        const right = value(port);
        if (!same(right, inputs[port.name]))
          this.faults.push(
            `[W3] ${name} is given ${fc.stringify(inputs[port.name])} as ${port.name}, from scratch it is ${fc.stringify(right)}`,
          );
      }
    });
  }

  #chosen(sheet: Sheet, variant: BaseNode): void {
    const choices = sheet.graph.nodes.filter((node) => node.kind === "choice" && baseOf(node).above.includes(variant));
    const selected = choices.some((choice) => baseOf(choice).above[sheet.chosen(choice)] === variant);
    if (choices.length > 0 && !selected) this.faults.push(`[C1] ${variant.name} runs, and no choice has selected it`);
  }

  /** Does an edit. R4: a demand ends once. */
  does(edit: Edit): void {
    const sweeps = touches(edit, ["sweep"]) ? 1 : 0;
    this.#sweeps += sweeps;
    const ends = make(this.#sheet as Sheet, edit);
    this.#cancels ||= touches(edit, ["cancel", "cancelAll", "choose", "select"]);
    void Promise.all(ends).then(() => {
      this.#sweeps -= sweeps;
    });
    for (const end of ends) {
      const demand = { edit, ends: 0 };
      this.#demands.push(demand);
      void end.then((outcomes) => {
        demand.ends++;
        for (const outcome of [outcomes].flat() as readonly Outcome[]) this.#ended(outcome, edit);
      });
    }
  }

  #ended(outcome: Outcome, edit: Edit): void {
    if (outcome.kind === "refused" && outcome.why === "")
      this.faults.push(`[R4] ${String(edit)} is refused without a reason`);
    if (outcome.kind === "cancelled" && !asksItems(edit) && !this.#cancels && this.#sheet)
      this.faults.push(`[R4] ${String(edit)} ends cancelled, and nobody cancelled`);
  }

  /** W4, Q9: what is ready is right at every moment. */
  looks(): void {
    if (this.#looks++ % 3 > 0 || this.#looks > 3 * most.looks) return;
    const sheet = this.#sheet as Sheet;
    const ports = portsOf(sheet.graph).filter((port) => comparable(sheet, port));
    const now = ports.map((port) => sheet.signal(port as unknown as AnyPort<unknown>));
    this.#sees((value) => {
      for (const [i, port] of ports.entries()) {
        const signal = now[i];
        if (signal?.kind !== "ready") continue;
        const right = value(port as InPort);
        if (right === none || !same(right, signal.value))
          this.faults.push(
            `[W4] ${port.node.name}.${port.name} holds ${fc.stringify(signal.value)}, from scratch it is ${fc.stringify(right)}`,
          );
      }
    });
  }

  /** Q10, R4, I1: nothing is pending but what waits for a person; every demand has ended that waits for nobody. */
  async settles(): Promise<void> {
    const sheet = this.#sheet as Sheet;
    await sheet.settled();
    const people = sheet.graph.nodes.map(baseOf).filter((node) => node.answer !== undefined);
    const waits = people.some((node) => this.#waits(node));
    for (const port of portsOf(sheet.graph)) {
      const { kind } = sheet.signal(port as unknown as AnyPort<unknown>);
      if (
        kind === "pending" &&
        !people.includes(baseOf(port.node)) &&
        !this.#shows(people, port as unknown as AnyPort<unknown>)
      )
        this.faults.push(`[Q10] ${port.node.name}.${port.name} is pending when all has settled`);
    }
    await turn();
    // A sweep is beside the sheet, which does not wait for it.
    const open = this.#demands.find(({ edit, ends }) => ends === 0 && !touches(edit, ["sweep"]));
    if (open && !waits) this.faults.push(`[R4] ${String(open.edit)} has not ended when all has settled`);
    this.#starts = 0;
    this.#looks = 0;
    this.looks();
  }

  /** An input, or a choice, that shows the very signal of a person's step. */
  #shows(people: readonly BaseNode[], port: AnyPort<unknown>): boolean {
    const sheet = this.#sheet as Sheet;
    const signal = sheet.signal(port);
    return people.some((node) =>
      Object.values(node.outputs).some((out) => sheet.signal(out as unknown as AnyPort<unknown>) === signal),
    );
  }

  /** Beneath a pin a person's step may wait all the same. */
  #waits(node: BaseNode): boolean {
    const [port] = Object.values(node.outputs);
    const now = (this.#sheet as Sheet).signal(port as unknown as AnyPort<unknown>);
    return now.kind === "pending" || (now.kind === "ready" && now.pinned);
  }

  /** R4: no demand outlives its sheet. What was seen is compared. */
  async closes(): Promise<void> {
    const sheet = this.#sheet as Sheet;
    this.#sheet = undefined;
    sheet.close();
    await turn();
    for (const { edit, ends } of this.#demands)
      if (ends !== 1) this.faults.push(`[R4] ${String(edit)} has ended ${ends} times when its sheet is closed`);
    this.#comparing = true;
    for (const { snapshot, compare } of this.#seen) {
      const scratch = await fromScratch(sheet.graph, snapshot);
      compare((port) => scratch.value(port));
    }
    this.#comparing = false;
  }

  #sees(compare: Seen["compare"]): void {
    this.#seen.push({ snapshot: snapshotOf(this.#sheet as Sheet), compare });
  }
}

/** Fed by one value: not by items, nor by a callable. */
function whole(sheet: Sheet, port: InPort): boolean {
  const source = sheet.graph.sourceOf(port);
  if (source.kind === "edge") return source.from.depth === 0 && source.from.origin === undefined;
  return source.kind !== "callable";
}

function touches(edit: Edit, kinds: readonly Edit["kind"][]): boolean {
  return plainOf(edit).some(({ kind }) => kinds.includes(kind));
}

/** Items may go while they are asked for, and with them all that is inside of them. */
function asksItems(edit: Edit): boolean {
  return plainOf(edit).some((one) => one.kind === "run" && one.items !== undefined) || touchesItem(edit);
}

function touchesItem(edit: Edit): boolean {
  if (edit.kind === "batch") return edit.edits.some(touchesItem);
  return edit.kind === "inside" && (edit.item !== undefined || touchesItem(edit.edit));
}

/** What is done in an edit, be it one of many, or inside a graph. */
export function plainOf(edit: Edit): readonly Edit[] {
  if (edit.kind === "batch") return edit.edits.flatMap(plainOf);
  return edit.kind === "inside" ? plainOf(edit.edit) : [edit];
}
