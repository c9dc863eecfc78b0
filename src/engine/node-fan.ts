/**
 * The fan of a scattered node: it runs the node once per item, in a step or, where the node is a graph, in a graph of the item's
 * own. Where the node is scattered deeper, an item's part is a fan in turn. What all items share is made once.
 */
import { type BaseNode, baseOf } from "./base-node.ts";
import { Fan, type MakePart } from "./fan.ts";
import type { Graph } from "./graph.ts";
import type { Structure } from "./items.ts";
import type { LivingGraph } from "./living-graph.ts";
import { fanPart, StepPart } from "./parts.ts";
import { type Home, heightAbove } from "./placed.ts";
import type { Slot } from "./slot.ts";
import { type Feed, stepOf, wiringOf } from "./step-of.ts";
import { Spot } from "./wiring.ts";

type SlotFeed = Extract<Feed, { kind: "slot" }>;

interface About {
  /** How deep its items lie below this fan. */
  readonly depth: number;
  readonly index: number;
  readonly home: Home;
  /** Where the item stands that this fan is for, where it is for one. */
  readonly spot?: Spot;
  readonly height?: number;
}

export function nodeFan(living: LivingGraph, node: BaseNode, feeds: readonly Feed[], about: About): Fan {
  const scattered = feeds.filter(isScattered);
  const inputs = scattered.map(({ name, slot }) => ({ name, structure: slot as Structure }));
  const plain = feeds.flatMap((feed) => (feed.kind === "slot" && feed.depth === 0 ? [feed.slot] : []));
  const structures = inputs.map(({ structure }) => structure);
  const fan = new Fan({ node, index: about.index, wave: living.wave }, inputs, plain, {
    outputs: node.outPorts.length,
    levels: about.depth + (node.graph ? levelsOf(node.graph) : 0),
    height: about.height ?? heightAbove(structures, living.floor),
    make: partMaker(living, node, feeds, about),
  });
  living.wave.mark(fan);
  return fan;
}

function isScattered(feed: Feed): feed is SlotFeed {
  return feed.kind === "slot" && feed.depth > 0;
}

function partMaker(living: LivingGraph, node: BaseNode, feeds: readonly Feed[], about: About): MakePart {
  const { depth, spot: outer, home } = about;
  const { graph } = node;
  if (depth > 1)
    return (slots, height) => {
      const spot = new Spot(outer);
      const inner = { ...about, depth: depth - 1, spot, height };
      return fanPart(nodeFan(living, node, ofItem(feeds, slots), inner), spot);
    };
  if (graph)
    return (slots, height) =>
      living.scattering.graphs.part(node, graph, ofItem(feeds, slots), { spot: new Spot(outer), home, height });
  return stepMaker(living, node, feeds, about);
}

/** What feeds the node for one item: the item's slots instead of the lists. */
function ofItem(feeds: readonly Feed[], slots: readonly Slot[]): readonly Feed[] {
  let at = 0;
  return feeds.map((feed) =>
    isScattered(feed) ? { ...feed, slot: slots[at++] as Slot, depth: feed.depth - 1 } : feed,
  );
}

/** Makes the step of one item; ten thousand items share what is the same for all. */
function stepMaker(living: LivingGraph, node: BaseNode, feeds: readonly Feed[], about: About): MakePart {
  const { index, home, spot: outer } = about;
  const wiring = wiringOf(living, node, feeds, { auto: living.autoOf(node), index, home });
  const read = feeds.filter((feed) => feed.kind === "slot");
  const scattered = feeds.filter(isScattered);
  const from = read.map((feed) => scattered.indexOf(feed));
  return (slots, height) => {
    const spot = new Spot(outer);
    const ins = read.map(({ slot }, i) => (from[i] === -1 ? slot : (slots[from[i] as number] as Slot)));
    const step = stepOf(wiring, ins, height, spot);
    living.wave.mark(step);
    return new StepPart(step, spot);
  };
}

/** Room for all that stands in a graph, one above the other. */
function levelsOf(graph: Graph): number {
  return 8 * (1 + sizeOf(graph));
}

function sizeOf(graph: Graph): number {
  return graph.nodes.map(baseOf).reduce((sum, inner) => sum + 1 + (inner.graph ? sizeOf(inner.graph) : 0), 0);
}
