/**
 * What scattering needs of a living graph: the items of every scattered port, and the lists that are put together from them.
 * Each is made once, when the first input asks for it. A port scattered twice has items that have items: every part of a fan
 * is then a fan in turn.
 */
import { type Asked, type Home, heightAbove } from "./asked.ts";
import { type BaseNode, baseOf } from "./base-node.ts";
import type { LivingVariant } from "./choice-step.ts";
import { Fan, type MakePart, type Part } from "./fan.ts";
import { Gather } from "./gather.ts";
import type { Graph } from "./graph.ts";
import { Structure } from "./items.ts";
import { innerOuts, type LivingGraph } from "./living-graph.ts";
import { fanPart, itemsOf, leaves, StepPart } from "./parts.ts";
import type { OutPort } from "./port.ts";
import { Scatter } from "./scatter.ts";
import { type Reader, Slot } from "./slot.ts";
import type { Step } from "./step.ts";
import { type Feed, readFrom, stepOf, wiringOf } from "./step-of.ts";
import { type PastWiring, Whole } from "./whole.ts";
import { Spot } from "./wiring.ts";

type SlotFeed = Extract<Feed, { kind: "slot" }>;

export class Scattering {
  /** Every structure that holds items, to tell them from ports' own slots. */
  readonly structures = new Set<Slot>();
  /** What takes the lists of ports apart: of all that scatters, only these may read a slot of an outer graph. */
  readonly scatters: Scatter[] = [];
  readonly #living: LivingGraph;
  readonly #items = new Map<OutPort, Structure>();
  readonly #lists = new Map<OutPort, Slot>();
  /** What puts a scattered port's items together, so that they can be watched. */
  readonly #gathers = new Map<OutPort, Gather>();

  /** The graphs alive inside scattered nodes, one for each item. */
  readonly #inside = new Map<LivingGraph, { readonly node: BaseNode; readonly spot: Spot }>();

  constructor(living: LivingGraph) {
    this.#living = living;
  }

  /** The graph that is alive for an item of a node. */
  insideOf(node: BaseNode, item: number): LivingGraph | undefined {
    return this.insideAt(node, [item]);
  }

  insideAt(node: BaseNode, path: readonly number[]): LivingGraph | undefined {
    const at = path.join();
    return [...this.#inside].find(([, of]) => of.node === node && of.spot.path.join() === at)?.[0];
  }

  /** Of which node's item a graph is alive here, and where that stands. */
  placeOf(inner: LivingGraph): { readonly node: BaseNode; readonly path: readonly number[] } | undefined {
    const of = this.#inside.get(inner);
    return of && { node: of.node, path: of.spot.path };
  }

  get inside(): readonly (readonly [BaseNode, LivingGraph])[] {
    return [...this.#inside].map(([inner, { node }]) => [node, inner]);
  }

  /** The items of a port that is scattered. */
  itemsOf(port: OutPort): Structure {
    const known = this.#items.get(port);
    if (known) return known;
    const made = port.origin?.kind === "each" ? this.#each(port.origin.of, port.origin.field) : this.#all(port);
    return this.#keep(port, made);
  }

  /** The list of a port that gathers back to depth 0. */
  listOf(port: OutPort): Slot {
    const known = this.#lists.get(port);
    if (known) return known;
    const of = port.origin?.of as OutPort;
    const slot = of.origin === undefined ? this.#living.slotOf(of) : this.#gather(of, this.itemsOf(of)).out;
    this.#lists.set(port, slot);
    return slot;
  }

  /** Puts the items of a scattered port together, whole: what a sheet holds for it. */
  gatherOf(port: OutPort): Gather | undefined {
    return this.#gathers.get(port);
  }

  /** The items of a choice's port: those of the selected variant. */
  chosen(port: OutPort, step: Asked, variants: readonly LivingVariant[]): Structure {
    const structure = new Structure(this.#living.wave, step);
    const heights = variants.flatMap(({ slots }) =>
      slots.map((slot) => (slot instanceof Structure ? slot.itemHeight : 0)),
    );
    structure.itemHeight = Math.max(step.height, ...heights);
    return this.#keep(port, structure);
  }

  /** Brings a scattered node to life: a fan that runs it once per item, and a gather per output. */
  enliven(node: BaseNode, feeds: readonly Feed[], index: number): { outs: readonly Slot[]; step: Whole } {
    const memory = this.#living.memories.of(node);
    const home: Home = {};
    const fan = this.#fanOf(node, feeds, { depth: node.depth, index, spot: undefined, home });
    const ports = node.outPorts;
    const outs = ports.map((port, i) => {
      const structure = this.#keep(port, fan.structures[i] as Structure);
      return this.#gather(port, structure).out;
    });
    const past = () => this.#pastOf(node, feeds, index);
    const about = {
      needs: readFrom(feeds),
      inside: () => leaves(fan),
      items: () => itemsOf(fan),
      past,
      ...(node.graph === undefined && { memory }),
    };
    const step = new Whole({ node, index, wave: this.#living.wave, home: this.#living.home }, outs, about);
    home.whole = step;
    return { outs, step };
  }

  /** What a run of an item that is here no more was wired to: slots that lead up to the lists it came from. */
  #pastOf(node: BaseNode, feeds: readonly Feed[], index: number): PastWiring {
    const wiring = wiringOf(this.#living, node, feeds, { auto: false, index });
    const ins = feeds.flatMap((feed) => {
      if (feed.kind !== "slot") return [];
      return [feed.depth === 0 ? feed.slot : new Slot(this.#living.wave, feed.slot.owner)];
    });
    return { wiring, ins };
  }

  // ── the fans

  #fanOf(
    node: BaseNode,
    feeds: readonly Feed[],
    about: {
      readonly depth: number;
      readonly index: number;
      readonly spot: Spot | undefined;
      readonly home: Home;
      readonly height?: number;
    },
  ): Fan {
    const scattered = feeds.filter((feed): feed is SlotFeed => feed.kind === "slot" && feed.depth > 0);
    const plain = feeds.flatMap((feed) => (feed.kind === "slot" && feed.depth === 0 ? [feed.slot] : []));
    const inner = (slots: readonly Slot[]) =>
      feeds.map((feed): Feed => {
        const at = scattered.indexOf(feed as SlotFeed);
        return at < 0 ? feed : { ...(feed as SlotFeed), slot: slots[at] as Slot, depth: (feed as SlotFeed).depth - 1 };
      });
    const makeStep = about.depth > 1 || node.graph ? undefined : this.#stepMaker(node, feeds, scattered, about);
    const make: MakePart = (slots, height) => {
      const spot = new Spot(about.spot);
      if (makeStep) return new StepPart(makeStep(slots, height, spot), spot);
      if (about.depth > 1)
        return fanPart(this.#fanOf(node, inner(slots), { ...about, depth: about.depth - 1, spot, height }), spot);
      return this.#graphPart(node, inner(slots), spot, about.home, height);
    };
    const inside = node.graph ? 8 * (1 + sizeOf(node)) : 0;
    const place = { node, index: about.index, wave: this.#living.wave };
    const inputs = scattered.map(({ name, slot }) => ({ name, structure: slot as Structure }));
    const fan = new Fan(place, inputs, plain, {
      outputs: node.outPorts.length,
      levels: about.depth + inside,
      height: about.height ?? this.#above(inputs.map(({ structure }) => structure)),
      make,
    });
    this.#living.wave.mark(fan);
    return fan;
  }

  /** Makes the step of one item from the slots of its scattered inputs; ten thousand items share what is the same for all. */
  #stepMaker(
    node: BaseNode,
    feeds: readonly Feed[],
    scattered: readonly SlotFeed[],
    about: { readonly index: number; readonly home: Home },
  ): (slots: readonly Slot[], height: number, spot: Spot) => Step {
    const { wave } = this.#living;
    const { index, home } = about;
    const wiring = wiringOf(this.#living, node, feeds, { auto: this.#living.autoOf(node), index, home });
    const read = feeds.filter((feed): feed is SlotFeed => feed.kind === "slot");
    const from = read.map((feed) => scattered.indexOf(feed));
    return (slots, height, spot) => {
      const ins = read.map(({ slot }, i) => (from[i] === -1 ? slot : (slots[from[i] as number] as Slot)));
      const step = stepOf(wiring, ins, height, spot);
      wave.mark(step);
      return step;
    };
  }

  #graphPart(node: BaseNode, feeds: readonly Feed[], spot: Spot, home: Home, height: number): Part {
    const { graph } = node;
    if (graph === undefined) throw new Error(`${node.name} is no graph.`);
    const inner = this.#living.living(node, graph, feeds, home, height - 1);
    this.#inside.set(inner, { node, spot });
    return {
      outs: innerOuts(inner, graph),
      get steps() {
        return inner.running;
      },
      goals: goalsOf(inner, graph),
      place: (at) => {
        spot.at = at;
      },
      retire: () => {
        this.#inside.delete(inner);
        return inner.retire();
      },
    };
  }

  // ── ports derived from others

  #each(of: OutPort, field: string | undefined): Structure {
    if (of.depth === 0) {
      const list = of.origin ? this.listOf(of) : this.#living.slotOf(of);
      const scatter = this.#scatter(of, list, field);
      this.scatters.push(scatter);
      return scatter.structure;
    }
    return this.#over(
      of,
      this.itemsOf(of),
      of.depth,
      (item, height) => this.#scatter(of, item, field, height).structure,
      1,
    );
  }

  #all(port: OutPort): Structure {
    const of = port.origin?.of as OutPort;
    return this.#over(of, this.itemsOf(of), of.depth - 1, (item) => this.#gatherOne(of, item as Structure).out, 2);
  }

  /** The list that a scattered port is as a whole: gathered from the innermost level outwards. */
  #gather(port: OutPort, structure: Structure): Gather {
    let items = structure;
    for (let depth = port.depth; depth > 1; depth--)
      items = this.#over(port, items, depth - 1, (item) => this.#gatherOne(port, item as Structure).out, 2);
    const gather = this.#gatherOne(port, items);
    this.#gathers.set(port, gather);
    return gather;
  }

  #gatherOne(port: OutPort, structure: Structure): Gather {
    const node = baseOf(port.node);
    const gather = new Gather({ node, index: 0, wave: this.#living.wave }, structure, node.onItemError === "skip");
    this.#living.wave.mark(gather);
    return gather;
  }

  #scatter(port: OutPort, list: Slot, field: string | undefined, height = this.#above([list])): Scatter {
    const scatter = new Scatter({ node: baseOf(port.node), index: 0, wave: this.#living.wave }, list, field, height);
    this.#living.wave.mark(scatter);
    return scatter;
  }

  /** Does something with every item that stands `depth` levels deep. */
  #over(
    port: OutPort,
    items: Structure,
    depth: number,
    make: (item: Slot, height: number) => Slot,
    levels: number,
    height?: number,
  ): Structure {
    const one: MakePart = ([item], up) => {
      const slot = item as Slot;
      const out = depth === 1 ? make(slot, up) : this.#over(port, slot as Structure, depth - 1, make, levels, up);
      return {
        outs: [out],
        steps: [],
        goals: [],
        place: () => undefined,
        retire: () => new Set(out.owner ? [out.owner as Reader] : []),
      };
    };
    const place = { node: baseOf(port.node), index: 0, wave: this.#living.wave };
    const about = { outputs: 1, levels: depth + levels, height: height ?? this.#above([items]), make: one };
    const fan = new Fan(place, [{ name: port.name, structure: items }], [], about);
    this.#living.wave.mark(fan);
    return this.#marked(fan.structures[0] as Structure);
  }

  #above(ins: readonly Slot[]): number {
    return heightAbove(ins, this.#living.floor);
  }

  #keep(port: OutPort, structure: Structure): Structure {
    this.#items.set(port, structure);
    return this.#marked(structure);
  }

  #marked(structure: Structure): Structure {
    this.structures.add(structure);
    return structure;
  }
}

/** The steps that make the outputs of a graph. */
function goalsOf(inner: LivingGraph, graph: Graph): readonly Asked[] {
  const nodes = new Set(
    (Object.values(graph.outputs) as unknown as readonly OutPort[]).map(({ node }) => baseOf(node)),
  );
  return [...nodes].flatMap((node) => inner.stepOf(node) ?? []);
}

function sizeOf(node: BaseNode): number {
  return node.graph ? node.graph.nodes.reduce((sum, inner) => sum + 1 + sizeOf(baseOf(inner)), 0) : 0;
}
