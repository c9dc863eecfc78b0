/**
 * What scattering needs of a living graph: the items of every scattered port, and the lists that are put together from them.
 * Each is made once, when the first input asks for it. A port scattered twice has items that have items: every part of a fan
 * is then a fan in turn.
 */
import type { Asked } from "./asked.ts";
import { type BaseNode, baseOf } from "./base-node.ts";
import type { LivingVariant } from "./choice-step.ts";
import { Fan, type MakePart } from "./fan.ts";
import { Gather } from "./gather.ts";
import { InnerGraphs } from "./inner-graphs.ts";
import { PastItem, Structure } from "./items.ts";
import type { LivingGraph } from "./living-graph.ts";
import { nodeFan } from "./node-fan.ts";
import { itemsOf, leaves, slotPart } from "./parts.ts";
import { type Home, heightAbove } from "./placed.ts";
import type { OutPort } from "./port.ts";
import { Scatter } from "./scatter.ts";
import type { Slot } from "./slot.ts";
import { type Feed, readFrom, wiringOf } from "./step-of.ts";
import { type PastWiring, Whole } from "./whole.ts";

/** What is done with every item of a port: takes it apart or puts it together, in a slot of its own. */
interface Each {
  readonly make: (item: Slot, height: number) => Slot;
  /** How many levels that stands high. */
  readonly levels: number;
}

export class Scattering {
  /** What takes the lists of ports apart: of all that scatters, only these may read a slot of an outer graph. */
  readonly scatters: Scatter[] = [];
  /** What runs scattered nodes once per item. */
  readonly fans = new Map<BaseNode, Fan>();
  readonly #living: LivingGraph;
  readonly #items = new Map<OutPort, Structure>();
  readonly #lists = new Map<OutPort, Slot>();
  /** What puts a scattered port's items together, so that they can be watched. */
  readonly #gathers = new Map<OutPort, Gather>();
  /** The graphs alive inside scattered nodes. */
  readonly graphs: InnerGraphs;

  constructor(living: LivingGraph) {
    this.#living = living;
    this.graphs = new InnerGraphs(living);
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

  /** The same of a choice's port, or one derived from another, which nothing puts together until somebody watches it. */
  watched(port: OutPort): Gather | undefined {
    const known = this.#gathers.get(port);
    if (known || port.depth === 0 || !this.#living.graph.has(baseOf(port.node))) return known;
    return this.#living.wave.change(() => this.#gather(port, this.itemsOf(port)));
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
    const home: Home = {};
    const fan = nodeFan(this.#living, node, feeds, { depth: node.depth, index, home });
    this.fans.set(node, fan);
    const outs = node.outPorts.map((port, i) => {
      const structure = this.#keep(port, fan.structures[i] as Structure);
      return this.#gather(port, structure).out;
    });
    const about = {
      needs: readFrom(feeds),
      inside: () => leaves(fan),
      items: () => itemsOf(fan),
      past: () => this.#pastOf(node, feeds, index),
      ...(node.graph === undefined && { memory: this.#living.memories.of(node) }),
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
      return [feed.depth === 0 ? feed.slot : new PastItem(this.#living.wave, feed.slot as Structure)];
    });
    return { wiring, ins };
  }

  close(): void {
    for (const gather of this.#gathers.values()) gather.close();
    for (const [, inner] of this.graphs.all) inner.close();
  }

  // ── ports derived from others

  #each(of: OutPort, field: string | undefined): Structure {
    if (of.depth === 0) {
      const list = of.origin ? this.listOf(of) : this.#living.slotOf(of);
      const scatter = this.#scatter(of, list, field);
      this.scatters.push(scatter);
      return scatter.structure;
    }
    const make: Each["make"] = (item, height) => this.#scatter(of, item, field, height).structure;
    return this.#over(of, this.itemsOf(of), of.depth, { make, levels: 1 });
  }

  #all(port: OutPort): Structure {
    const of = port.origin?.of as OutPort;
    return this.#over(of, this.itemsOf(of), of.depth - 1, this.#gathering(of));
  }

  /** The list that a scattered port is as a whole: gathered from the innermost level outwards. */
  #gather(port: OutPort, structure: Structure): Gather {
    let items = structure;
    for (let depth = port.depth; depth > 1; depth--) items = this.#over(port, items, depth - 1, this.#gathering(port));
    const gather = this.#gatherOne(port, items);
    gather.inner = this.#living.home !== undefined;
    this.#gathers.set(port, gather);
    return gather;
  }

  #gathering(port: OutPort): Each {
    return { make: (item) => this.#gatherOne(port, item as Structure).out, levels: 2 };
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
  #over(port: OutPort, items: Structure, depth: number, each: Each, height = this.#above([items])): Structure {
    const make: MakePart = ([item], up) => {
      const slot = item as Slot;
      return slotPart(depth === 1 ? each.make(slot, up) : this.#over(port, slot as Structure, depth - 1, each, up));
    };
    const place = { node: baseOf(port.node), index: 0, wave: this.#living.wave };
    const inputs = [{ name: port.name, structure: items }];
    const fan = new Fan(place, inputs, [], { outputs: 1, levels: depth + each.levels, height, make });
    this.#living.wave.mark(fan);
    return fan.structures[0] as Structure;
  }

  #above(ins: readonly Slot[]): number {
    return heightAbove(ins, this.#living.floor);
  }

  #keep(port: OutPort, structure: Structure): Structure {
    this.#items.set(port, structure);
    return structure;
  }
}
