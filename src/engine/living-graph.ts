/**
 * A graph come alive: a step for every node that runs, made when its sheet opens, and the slots of its ports. A graph inside a
 * graph lives in the same wave, with steps of its own.
 */
import { noSuchPort } from "./askable.ts";
import type { Asked } from "./asked.ts";
import { type BaseNode, baseOf } from "./base-node.ts";
import { ChoiceStep } from "./choice-step.ts";
import type { Graph } from "./graph.ts";
import { Structure } from "./items.ts";
import { Memories } from "./memories.ts";
import { type Home, heightAbove } from "./placed.ts";
import type { InPort, OutPort } from "./port.ts";
import { type Given, PortSlots } from "./port-slots.ts";
import { Scattering } from "./scattering.ts";
import { inputsOutside } from "./shown-ports.ts";
import { Slot } from "./slot.ts";
import { type Feed, readFrom, stepOf, wiringOf } from "./step-of.ts";
import type { Wave } from "./wave.ts";
import { Whole } from "./whole.ts";
import type { SheetFacts } from "./wiring.ts";

/** How a graph lives, where it is not a sheet's own. */
interface About {
  /** What feeds its named inputs. */
  readonly given?: ReadonlyMap<InPort, Given>;
  /** True where nothing in it runs by itself. */
  readonly manual?: boolean | undefined;
  readonly memories?: Memories;
  readonly home?: Home;
  readonly floor?: number;
}

export class LivingGraph {
  /** By node, each after those it depends on. */
  readonly steps = new Map<BaseNode, Asked>();
  /** The graphs that live inside, by the node that each is. */
  readonly inside = new Map<BaseNode, LivingGraph>();
  readonly graph: Graph;
  readonly wave: Wave;
  readonly sheet: SheetFacts;
  readonly memories: Memories;
  /** What it lives in, where it is inside another graph. */
  readonly home: Home | undefined;
  /** How high the fan stands that keeps it for an item: visited before that one, a step would work for an item that is gone. */
  readonly floor: number;
  /** True once the item is gone that it lived for. */
  retired = false;
  readonly #manual: boolean;
  readonly #ports: PortSlots;
  /** The items of its scattered ports, and what lives for them. */
  readonly scattering: Scattering;

  constructor(graph: Graph, wave: Wave, sheet: SheetFacts, about: About = {}) {
    const { given = new Map(), manual = false, memories = new Memories(), home, floor = 0 } = about;
    this.graph = graph;
    this.floor = floor;
    this.wave = wave;
    this.sheet = sheet;
    this.#manual = manual;
    this.memories = memories;
    this.home = home;
    this.#ports = new PortSlots(this, given);
    this.scattering = new Scattering(this);
    for (const node of graph.nodes) this.#enliven(baseOf(node));
  }

  /** The nodes that it lives inside of, by name. */
  get path(): readonly string[] {
    return this.memories.path;
  }

  /** Hears whether anybody listens to the sheet's events. */
  listen(observed: boolean): void {
    for (const slot of this.#ports.all) slot.listen(observed);
    for (const inner of this.inside.values()) inner.listen(observed);
  }

  /** The slot of a port. @throws GraphError `unknown-port` for a port of another graph */
  slotOf(port: unknown): Slot {
    const slot = this.#ports.find(port);
    if (slot) return slot;
    throw noSuchPort(this, port);
  }

  /** A graph alive inside, by the node that it is; of a scattered node by the item too. */
  insideOf(node: BaseNode, item?: number): LivingGraph | undefined {
    return item === undefined ? this.inside.get(node) : this.scattering.graphs.at(node, [item]);
  }

  /** True while a graph is alive directly inside this one: that of an item as long as its item is there, wherever that stands. */
  holds(inner: LivingGraph): boolean {
    return [...this.inside.values()].includes(inner) || this.scattering.graphs.placeOf(inner) !== undefined;
  }

  /** The node of this graph in which another graph is alive, however deep. */
  nodeAround(other: object): BaseNode | undefined {
    const within = ([, inner]: readonly [BaseNode, LivingGraph]) =>
      inner === other || inner.nodeAround(other) !== undefined;
    return [...this.inside, ...this.scattering.graphs.all].find(within)?.[0];
  }

  /** True for an input that is fed from outside of this graph. */
  fedFromOutside(input: unknown): boolean {
    return this.#ports.fedFromOutside(input);
  }

  /** The step of a node: here, or in a graph inside where it is alive just once. None where there is nothing to run. */
  stepOf(node: BaseNode): Asked | undefined {
    if (this.graph.has(node)) return this.steps.get(node);
    const [home, another] = this.homesOf(node);
    return another ? undefined : home?.living.stepOf(node);
  }

  /** The graphs alive inside in which a node of another graph is alive, each by the node of this graph that it is in. */
  homesOf(node: BaseNode): readonly { readonly at: BaseNode; readonly living: LivingGraph }[] {
    return [...this.inside, ...this.scattering.graphs.all].flatMap(([at, living]) =>
      living.graph.has(node) ? [{ at, living }] : living.homesOf(node).map((home) => ({ at, living: home.living })),
    );
  }

  /** Every port that has a slot of its own here, or shares one. */
  get slots(): ReadonlyMap<InPort | OutPort, Slot> {
    return this.#ports.byPort;
  }

  /** The slots of the outputs that its graph names. */
  get outs(): readonly Slot[] {
    return Object.values(this.graph.outputs).map((port) => this.slotOf(port));
  }

  /** All steps that run, those of items and of graphs inside too. */
  get running(): readonly Asked[] {
    return [...this.steps.values()].flatMap((step) => (step instanceof Whole ? [...step.inside] : [step]));
  }

  /** Ends all that lives in it, and gives back what may have read a slot outside. */
  retire(): ReadonlySet<Asked> {
    this.retired = true;
    const inner = [...this.inside.values()].flatMap((graph) => [...graph.retire()]);
    const gone = new Set([...inner, ...this.running, ...this.steps.values(), ...this.scattering.scatters]);
    for (const one of gone) one.retire();
    return gone;
  }

  close(): void {
    for (const step of this.steps.values()) step.unsubscribe();
    for (const inner of this.inside.values()) inner.close();
    this.scattering.close();
    for (const slot of this.#ports.all) slot.close();
  }

  /** Whether a node runs by itself here. */
  autoOf(node: BaseNode): boolean {
    return !this.#manual && this.graph.triggerOf(node) === "auto";
  }

  // ── one node after the other

  #enliven(node: BaseNode): void {
    if (!node.runnable) return this.#ports.mirror(node);
    if (node.kind === "choice") return this.#enlivenChoice(node);
    const feeds = Object.values(node.inputs).map((input) => this.#ports.feedOf(input));
    if (node.depth > 0) return this.#enlivenScattered(node, feeds);
    if (node.graph) return this.#enlivenGraph(node, node.graph, feeds);
    const about = { auto: this.autoOf(node), index: this.steps.size, home: this.home };
    const ins = readFrom(feeds);
    const step = stepOf(wiringOf(this, node, feeds, about), ins, heightAbove(ins, this.floor));
    this.#ports.hold(node, step.outs);
    this.steps.set(node, step);
    this.wave.mark(step);
  }

  #enlivenChoice(node: BaseNode): void {
    const ports = node.outPorts;
    const variants = node.above.map((variant) => ({
      step: this.steps.get(variant) as Asked,
      slots: ports.flatMap(({ name, depth }) => {
        const port = variant.outputs[name] as OutPort;
        return depth === 0 ? [this.slotOf(port)] : [this.slotOf(port), this.scattering.itemsOf(port)];
      }),
    }));
    const step = new ChoiceStep({ node, index: this.steps.size, wave: this.wave, home: this.home }, variants);
    const outs = ports.flatMap((port) => {
      const slot = new Slot(this.wave, step);
      return port.depth === 0 ? [slot] : [slot, this.scattering.chosen(port, step, variants)];
    });
    step.outs = outs;
    this.#ports.hold(
      node,
      outs.filter((slot) => !(slot instanceof Structure)),
    );
    this.steps.set(node, step);
    this.wave.mark(step);
  }

  #enlivenGraph(node: BaseNode, graph: Graph, feeds: readonly Feed[]): void {
    const home: Home = {};
    const inner = this.living(node, graph, feeds, home);
    this.inside.set(node, inner);
    const { outs } = inner;
    this.#ports.hold(node, outs);
    const about = { needs: readFrom(feeds), inside: () => inner.running };
    const step = new Whole({ node, index: this.steps.size, wave: this.wave, home: this.home }, outs, about);
    home.whole = step;
    this.steps.set(node, step);
  }

  /** A graph brought to life inside this one. */
  living(node: BaseNode, graph: Graph, feeds: readonly Feed[], home: Home, floor = this.floor): LivingGraph {
    const named = inputsOutside(graph);
    const fed = new Map(feeds.map((feed): [InPort, Given] => [named[feed.name] as InPort, feed]));
    const manual = this.#manual || !this.autoOf(node);
    const memories = this.memories.inside(node);
    return new LivingGraph(graph, this.wave, this.sheet, { given: fed, manual, memories, home, floor });
  }

  #enlivenScattered(node: BaseNode, feeds: readonly Feed[]): void {
    const { outs, step } = this.scattering.enliven(node, feeds, this.steps.size);
    this.#ports.hold(node, outs);
    this.steps.set(node, step);
  }
}
