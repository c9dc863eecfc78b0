/** Makes the step of a node, or of a node for one item, from what feeds its inputs. */

import type { BaseNode } from "./base-node.ts";
import { assemblyOf } from "./inputs.ts";
import type { LivingGraph } from "./living-graph.ts";
import { Outputs } from "./outputs.ts";
import { PersonsStep } from "./persons-step.ts";
import type { Home } from "./placed.ts";
import { Slot } from "./slot.ts";
import { Step } from "./step.ts";
import { type Callable, type Spot, Wiring } from "./wiring.ts";

/** What feeds one input. */
export type Feed =
  | { readonly kind: "slot"; readonly name: string; readonly slot: Slot; readonly depth: number }
  | { readonly kind: "constant"; readonly name: string; readonly value: unknown }
  | { readonly kind: "callable"; readonly name: string; readonly call: () => unknown; readonly slot: Slot };

interface About {
  readonly auto: boolean;
  readonly index: number;
  /** What it lives in, where that is not the sheet's own graph. */
  readonly home?: Home | undefined;
}

/** What all steps of a node have in common, whatever slots they read. */
export function wiringOf(living: LivingGraph, node: BaseNode, feeds: readonly Feed[], about: About): Wiring {
  return new Wiring({
    node,
    graph: living,
    assembly: assemblyOf(feeds.map(({ name, kind }) => [name, kind])),
    constants: constantsOf(feeds),
    callables: callablesOf(feeds),
    ...about,
  });
}

/** A step that reads these slots. */
export function stepOf(wiring: Wiring, ins: readonly Slot[], height?: number, spot?: Spot): Step {
  const { node, wave } = wiring;
  const step = new (node.answer ? PersonsStep : Step)(wiring, ins, height, spot);
  const slots = node.outPorts.map(() => new Slot(wave, step));
  step.feed(new Outputs(node.outPorts, slots));
  // One component may feed several inputs.
  ins.forEach((slot, i) => {
    if (ins.indexOf(slot) === i) slot.read(step);
  });
  return step;
}

/** The slots among what feeds a node. */
export function readFrom(feeds: readonly Feed[]): readonly Slot[] {
  return feeds.flatMap((feed) => (feed.kind === "slot" ? [feed.slot] : []));
}

const noConstants = Object.freeze({});
const noCallables: readonly Callable[] = [];

function constantsOf(feeds: readonly Feed[]): Readonly<Record<string, unknown>> {
  const constants = feeds.flatMap((feed) => (feed.kind === "constant" ? [[feed.name, feed.value]] : []));
  return constants.length === 0 ? noConstants : Object.fromEntries(constants);
}

function callablesOf(feeds: readonly Feed[]): readonly Callable[] {
  const callables = feeds.flatMap((feed) => (feed.kind === "callable" ? [feed] : []));
  return callables.length === 0 ? noCallables : callables;
}
