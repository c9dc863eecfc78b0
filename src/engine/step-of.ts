/** Makes the step of a node, or of a node for one item, from what feeds its inputs. */
import { assemblyOf } from "./inputs.ts";
import type { LivingGraph } from "./living-graph.ts";
import type { NodeMemory } from "./memory.ts";
import type { BaseNode } from "./node.ts";
import { Outputs, outletOf } from "./outputs.ts";
import { Slot } from "./slot.ts";
import { Step } from "./step.ts";
import { type Callable, type Spot, Wiring } from "./wiring.ts";

/** What feeds one input. */
export type Feed =
  | { readonly kind: "slot"; readonly name: string; readonly slot: Slot; readonly depth: number }
  | { readonly kind: "constant"; readonly name: string; readonly value: unknown }
  | { readonly kind: "callable"; readonly name: string; readonly call: () => unknown; readonly slot: Slot };

interface About {
  readonly memory: NodeMemory;
  readonly auto: boolean;
  readonly index: number;
  readonly height?: number;
  /** Where its item stands, for a scattered node. */
  readonly spot?: Spot;
}

export function stepOf(living: LivingGraph, node: BaseNode, feeds: readonly Feed[], about: About): Step {
  const read = feeds.flatMap((feed) => (feed.kind === "slot" ? [feed] : []));
  const constants = constantsOf(feeds);
  const wiring = new Wiring({
    node,
    wave: living.wave,
    sheet: living.sheet,
    ins: read.map(({ slot }) => slot),
    assembly: assemblyOf(feeds.map(({ name, kind }) => [name, kind])),
    constants,
    callables: callablesOf(feeds),
    ...about,
  });
  const step = new Step(wiring);
  const outlets = Object.values(node.outputs).map((port) => outletOf(port, new Slot(living.wave, step)));
  step.feed(new Outputs(outlets, living.sheet.id));
  for (const slot of new Set(wiring.ins)) slot.read(step);
  return step;
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
