/**
 * The slot of every port of a living graph. Ports that hold the same thing share one: an input fed by an edge is its output's,
 * inputs fed by one component are one, a port of an InputNode is input and output at once, and what feeds an input of a graph
 * inside a graph is the outer one's, with all that the same component feeds there.
 */
import { type BaseNode, baseOf } from "./base-node.ts";
import { type Component, shapeOf } from "./component.ts";
import { handedOut } from "./equal.ts";
import type { LivingGraph } from "./living-graph.ts";
import { type AnyPort, InPort, OutPort, type Source } from "./port.ts";
import { inputsOutside, nameOutside } from "./shown-ports.ts";
import { given } from "./signal.ts";
import { Slot } from "./slot.ts";
import type { Feed } from "./step-of.ts";

/** What feeds an input of a graph inside a graph: the outer graph's slot, or what it gives instead of one. */
export type Given = Exclude<Source, { kind: "edge" | "component" }> | { readonly kind: "slot"; readonly slot: Slot };

export class PortSlots {
  readonly #living: LivingGraph;
  readonly #given: ReadonlyMap<InPort, Given>;
  readonly #slots = new Map<InPort | OutPort, Slot>();
  readonly #shared = new Map<Component<unknown>, Slot>();

  constructor(living: LivingGraph, given: ReadonlyMap<InPort, Given>) {
    this.#living = living;
    this.#given = given;
  }

  /** Every port that has a slot of its own here, or shares one. */
  get byPort(): ReadonlyMap<InPort | OutPort, Slot> {
    return this.#slots;
  }

  /** Each slot once. */
  get all(): ReadonlySet<Slot> {
    return new Set(this.#slots.values());
  }

  /** An input fed by an edge holds what the output above holds; a derived port is the list that it was derived from. */
  find(port: unknown): Slot | undefined {
    const slot = this.#slots.get(port as InPort);
    if (slot) return slot;
    if (port instanceof OutPort && port.origin) return this.find(port.root);
    const { graph } = this.#living;
    if (!(port instanceof InPort) || !graph.has(baseOf(port.node))) return undefined;
    const source = graph.sourceOf(port);
    return source.kind === "edge" ? this.find(source.from) : undefined;
  }

  /** True for an input that is fed from outside of this graph. */
  fedFromOutside(input: unknown): boolean {
    return input instanceof InPort && this.#givenTo(input) !== undefined;
  }

  /** What an input is fed by; where that is a slot, how often it is scattered. */
  feedOf(input: InPort): Feed {
    const { name } = input;
    const fed = this.#givenTo(input);
    if (fed?.kind === "slot") {
      this.#slots.set(input, fed.slot);
      return { kind: "slot", name, slot: fed.slot, depth: 0 };
    }
    const source = fed ?? this.#living.graph.sourceOf(input);
    switch (source.kind) {
      case "edge":
        return this.#edge(name, source.from);
      case "component":
        return { kind: "slot", name, slot: this.#source(input, source.component), depth: 0 };
      case "constant":
        fill(this.#own(input), source.value);
        return { kind: "constant", name, value: source.value };
      case "callable":
        return { kind: "callable", name, call: source.call, slot: this.#own(input) };
      default:
        return source satisfies never;
    }
  }

  /** A node's outputs hold these. */
  hold(node: BaseNode, slots: readonly Slot[]): void {
    node.outPorts.forEach((port, i) => {
      this.#holdOne(port, slots[i] as Slot);
    });
  }

  /** A node's outputs are its inputs. */
  mirror(node: BaseNode): void {
    for (const input of Object.values(node.inputs)) this.feedOf(input);
    for (const port of node.outPorts) this.#slots.set(port, this.#living.slotOf(node.inputs[port.name]));
  }

  /** What feeds an input from outside. */
  #givenTo(input: InPort): Given | undefined {
    if (this.#given.size === 0) return undefined;
    const { graph } = this.#living;
    const name = nameOutside(graph, input);
    return name === undefined ? undefined : this.#given.get(inputsOutside(graph)[name] as InPort);
  }

  #edge(name: string, from: OutPort): Feed {
    const { scattering } = this.#living;
    if (from.depth > 0) return { kind: "slot", name, slot: scattering.itemsOf(from), depth: from.depth };
    return { kind: "slot", name, slot: from.origin ? scattering.listOf(from) : this.#living.slotOf(from), depth: 0 };
  }

  /** The one slot of all inputs that a component feeds. */
  #source(input: InPort, component: Component<unknown>): Slot {
    const present = this.#shared.get(component);
    if (present) return this.#holdOne(input, present);
    const slot = this.#own(input);
    this.#shared.set(component, slot);
    const { initial } = shapeOf(component);
    if (initial !== undefined) fill(slot, initial);
    return slot;
  }

  #own(input: InPort): Slot {
    return this.#holdOne(input, new Slot(this.#living.wave, undefined));
  }

  #holdOne(port: InPort | OutPort, slot: Slot): Slot {
    const shown = port as unknown as AnyPort<unknown>;
    if (slot.port === undefined) slot.port = shown;
    else slot.alsoPorts = [...slot.alsoPorts, shown];
    this.#slots.set(port, slot);
    return slot;
  }
}

/** Gives a source a value. */
export function fill(slot: Slot, value: unknown): void {
  slot.next(given(handedOut(value)));
}
