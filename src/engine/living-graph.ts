/**
 * A graph's slots and steps, made when its sheet opens: a slot for every port, a step for every node that runs. Ports that
 * hold the same thing share a slot: an input fed by an edge is its output's, inputs fed by one component are one, a port of an
 * InputNode is input and output at once, and a graph inside a graph shows the slots of its inside.
 */

import { noSuchPort } from "./askable.ts";
import { type Asked, type Home, heightAbove } from "./asked.ts";
import { type BaseNode, baseOf } from "./base-node.ts";
import { ChoiceStep } from "./choice-step.ts";
import { type Component, shapeOf } from "./component.ts";
import { handedOut } from "./equal.ts";
import type { Graph } from "./graph.ts";
import { Memories } from "./memories.ts";
import { type AnyPort, InPort, OutPort, type Source } from "./port.ts";
import { Scattering } from "./scattering.ts";
import { given } from "./signal.ts";
import { Slot } from "./slot.ts";
import { type Feed, readFrom, stepOf, wiringOf } from "./step-of.ts";
import type { Wave } from "./wave.ts";
import { Whole } from "./whole.ts";
import type { SheetFacts } from "./wiring.ts";

/** What feeds an input of a graph inside a graph: the outer graph's slot, or what it gives instead of one. */
export type Given = Exclude<Source, { kind: "edge" | "component" }> | { readonly kind: "slot"; readonly slot: Slot };

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
  readonly #given: ReadonlyMap<InPort, Given>;
  readonly #manual: boolean;
  readonly #slots = new Map<InPort | OutPort, Slot>();
  readonly #shared = new Map<Component<unknown>, Slot>();
  readonly #scattering: Scattering;

  /** `given`: what feeds its named inputs, for a graph inside another; `manual`: nothing in it runs by itself. */
  constructor(
    graph: Graph,
    wave: Wave,
    sheet: SheetFacts,
    given: ReadonlyMap<InPort, Given> = new Map(),
    manual = false,
    memories = new Memories(),
    home?: Home,
    floor = 0,
  ) {
    this.graph = graph;
    this.floor = floor;
    this.wave = wave;
    this.sheet = sheet;
    this.#given = given;
    this.#manual = manual;
    this.memories = memories;
    this.home = home;
    this.#scattering = new Scattering(this);
    for (const node of graph.nodes) this.#enliven(baseOf(node));
  }

  /** The nodes that it lives inside of, by name. */
  get path(): readonly string[] {
    return this.memories.path;
  }

  /** Hears whether anybody listens to the sheet's events. */
  listen(observed: boolean): void {
    for (const slot of new Set(this.#slots.values())) slot.listen(observed);
    for (const inner of this.inside.values()) inner.listen(observed);
  }

  /** The slot of a port. @throws GraphError `unknown-port` for a port of another graph */
  slotOf(port: unknown): Slot {
    const slot = this.#find(port);
    if (slot) return slot;
    throw noSuchPort(this, port);
  }

  /** An input fed by an edge holds what the output above holds; a derived port is the list that it was derived from. */
  #find(port: unknown): Slot | undefined {
    const slot = this.#slots.get(port as InPort);
    if (slot) return slot;
    if (port instanceof OutPort && port.origin) return this.#find(port.root);
    if (!(port instanceof InPort) || !this.graph.has(baseOf(port.node))) return undefined;
    const source = this.graph.sourceOf(port);
    return source.kind === "edge" ? this.#find(source.from) : undefined;
  }

  /** A graph alive inside, by the node that it is; of a scattered node by the item too. */
  insideOf(node: BaseNode, item?: number): LivingGraph | undefined {
    return item === undefined ? this.inside.get(node) : this.#scattering.insideOf(node, item);
  }

  /** The node of this graph in which another graph is alive, however deep. */
  nodeAround(other: object): BaseNode | undefined {
    const within = ([, inner]: readonly [BaseNode, LivingGraph]) =>
      inner === other || inner.nodeAround(other) !== undefined;
    return [...this.inside, ...this.#scattering.inside].find(within)?.[0];
  }

  /** True for an input that is fed from outside of this graph. */
  fedFromOutside(input: unknown): boolean {
    return this.#given.has(input as InPort);
  }

  /** The step of a node, here or in a graph inside. */
  stepOf(node: BaseNode): Asked | undefined {
    const step = this.steps.get(node);
    if (step) return step;
    for (const inner of this.inside.values()) {
      const found = inner.stepOf(node);
      if (found) return found;
    }
    return undefined;
  }

  /** Every port that has a slot of its own here, or shares one. */
  get slots(): ReadonlyMap<InPort | OutPort, Slot> {
    return this.#slots;
  }

  /** The slots of the items of a scattered port. */
  get scattering(): Scattering {
    return this.#scattering;
  }

  /** Gives a source a value. */
  fill(slot: Slot, value: unknown): void {
    slot.next(given(handedOut(value)));
  }

  /** All steps that run, those of items and of graphs inside too. */
  get running(): readonly Asked[] {
    return [...this.steps.values()].flatMap((step) => (step instanceof Whole ? [...step.inside] : [step]));
  }

  /** Ends all that lives in it, and gives back what may have read a slot outside. */
  retire(): ReadonlySet<Asked> {
    const inner = [...this.inside.values()].flatMap((graph) => [...graph.retire()]);
    const gone = new Set([...inner, ...this.running, ...this.steps.values(), ...this.#scattering.scatters]);
    for (const one of gone) one.retire();
    return gone;
  }

  close(): void {
    for (const step of this.steps.values()) step.unsubscribe();
    for (const inner of this.inside.values()) inner.close();
    for (const slot of new Set(this.#slots.values())) slot.close();
  }

  /** Whether a node runs by itself here. */
  autoOf(node: BaseNode): boolean {
    return !this.#manual && this.graph.triggerOf(node) === "auto";
  }

  // ── one node after the other

  #enliven(node: BaseNode): void {
    if (!node.runnable) return this.#mirror(node);
    if (node.kind === "choice") return this.#enlivenChoice(node);
    const feeds = Object.values(node.inputs).map((input) => this.#feedOf(input));
    if (node.depth > 0) return this.#enlivenScattered(node, feeds);
    if (node.graph) return this.#enlivenGraph(node, node.graph, feeds);
    const about = {
      auto: this.autoOf(node),
      index: this.steps.size,
      home: this.home,
    };
    const ins = readFrom(feeds);
    const step = stepOf(wiringOf(this, node, feeds, about), ins, heightAbove(ins, this.floor));
    this.#hold(node, step.outs);
    this.steps.set(node, step);
    this.wave.mark(step);
  }

  /** An InputNode's outputs are its inputs. */
  #mirror(node: BaseNode): void {
    for (const input of Object.values(node.inputs)) this.#feedOf(input);
    for (const port of node.outPorts) this.#slots.set(port, this.slotOf(node.inputs[port.name]));
  }

  #enlivenChoice(node: BaseNode): void {
    const ports = node.outPorts;
    const variants = node.above.map((variant) => ({
      step: this.steps.get(variant) as Asked,
      slots: ports.flatMap(({ name, depth }) => {
        const port = variant.outputs[name] as OutPort;
        return depth === 0 ? [this.slotOf(port)] : [this.slotOf(port), this.#scattering.itemsOf(port)];
      }),
    }));
    const step = new ChoiceStep({ node, index: this.steps.size, wave: this.wave, home: this.home }, variants);
    const outs = ports.flatMap((port) => {
      const slot = new Slot(this.wave, step);
      return port.depth === 0 ? [slot] : [slot, this.#scattering.chosen(port, step, variants)];
    });
    step.outs = outs;
    this.#hold(
      node,
      outs.filter((slot) => !this.#scattering.structures.has(slot)),
    );
    this.steps.set(node, step);
    this.wave.mark(step);
  }

  #enlivenGraph(node: BaseNode, graph: Graph, feeds: readonly Feed[]): void {
    const home: Home = {};
    const inner = this.living(node, graph, feeds, home);
    this.inside.set(node, inner);
    const outs = innerOuts(inner, graph);
    this.#hold(node, outs);
    const about = { needs: readFrom(feeds), inside: () => inner.running };
    home.whole = new Whole({ node, index: this.steps.size, wave: this.wave, home: this.home }, outs, about);
    this.steps.set(node, home.whole);
  }

  /** A graph brought to life inside this one. */
  living(node: BaseNode, graph: Graph, feeds: readonly Feed[], home: Home, floor = this.floor): LivingGraph {
    const named = graph.inputs as unknown as Readonly<Record<string, InPort>>;
    const fed = new Map(feeds.map((feed): [InPort, Given] => [named[feed.name] as InPort, feed]));
    const manual = this.#manual || !this.autoOf(node);
    return new LivingGraph(graph, this.wave, this.sheet, fed, manual, this.memories.inside(node), home, floor);
  }

  #enlivenScattered(node: BaseNode, feeds: readonly Feed[]): void {
    const { outs, step } = this.#scattering.enliven(node, feeds, this.steps.size);
    this.#hold(node, outs);
    this.steps.set(node, step);
  }

  /** What an input is fed by; where that is a slot, how often it is scattered. */
  #feedOf(input: InPort): Feed {
    const { name } = input;
    const fed = this.#given.get(input);
    if (fed?.kind === "slot") {
      this.#slots.set(input, fed.slot);
      return { kind: "slot", name, slot: fed.slot, depth: 0 };
    }
    const source = fed ?? this.graph.sourceOf(input);
    if (source.kind === "edge") {
      const { from } = source;
      if (from.depth > 0) return { kind: "slot", name, slot: this.#scattering.itemsOf(from), depth: from.depth };
      return { kind: "slot", name, slot: from.origin ? this.#scattering.listOf(from) : this.slotOf(from), depth: 0 };
    }
    const present = source.kind === "component" ? this.#shared.get(source.component) : undefined;
    const slot = this.#holdOne(input, present ?? new Slot(this.wave, undefined));
    if (source.kind === "constant") {
      this.fill(slot, source.value);
      return { kind: "constant", name, value: source.value };
    }
    if (source.kind === "callable") return { kind: "callable", name, call: source.call, slot };
    if (!present) {
      this.#shared.set(source.component, slot);
      const { initial } = shapeOf(source.component);
      if (initial !== undefined) this.fill(slot, initial);
    }
    return { kind: "slot", name, slot, depth: 0 };
  }

  #hold(node: BaseNode, slots: readonly Slot[]): void {
    node.outPorts.forEach((port, i) => {
      this.#holdOne(port, slots[i] as Slot);
    });
  }

  #holdOne(port: InPort | OutPort, slot: Slot): Slot {
    const shown = port as unknown as AnyPort<unknown>;
    if (slot.port === undefined) slot.port = shown;
    else slot.alsoPorts = [...slot.alsoPorts, shown];
    this.#slots.set(port, slot);
    return slot;
  }
}

/** The slots of the outputs that a graph names. */
export function innerOuts(inner: LivingGraph, graph: Graph): readonly Slot[] {
  return Object.values(graph.outputs).map((port) => inner.slotOf(port));
}
