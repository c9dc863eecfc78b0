/**
 * A graph's slots and steps, made when its sheet opens: a slot for every port, a step for every node that runs. Ports that
 * hold the same thing share a slot: an input fed by an edge is its output's, inputs fed by one component are one, and a
 * port of an InputNode is input and output at once.
 */
import { type Component, shapeOf } from "./component.ts";
import { handedOut } from "./equal.ts";
import { described } from "./failure.ts";
import type { Graph } from "./graph.ts";
import { GraphError } from "./graph-error.ts";
import { assemblyOf } from "./inputs.ts";
import { NodeMemory } from "./memory.ts";
import { type BaseNode, baseOf } from "./node.ts";
import { Outputs, outletOf } from "./outputs.ts";
import { type AnyPort, InPort, type OutPort, pathOf, type Source } from "./port.ts";
import { given } from "./signal.ts";
import { Slot } from "./slot.ts";
import { Step } from "./step.ts";
import type { Wave } from "./wave.ts";
import { type Callable, Wiring } from "./wiring.ts";

export class LivingGraph {
  /** By node, each after those it depends on. */
  readonly steps = new Map<BaseNode, Step>();
  readonly #graph: Graph;
  readonly #wave: Wave;
  readonly #sheet: Wiring["sheet"];
  readonly #slots = new Map<InPort | OutPort, Slot>();
  readonly #shared = new Map<Component<unknown>, Slot>();

  constructor(graph: Graph, wave: Wave, sheet: Wiring["sheet"]) {
    this.#graph = graph;
    this.#wave = wave;
    this.#sheet = sheet;
    for (const node of graph.nodes) this.#enliven(baseOf(node));
    wave.onListen = (observed) => {
      for (const slot of this.#slots.values()) slot.listen(observed);
    };
  }

  /** The slot of a port. @throws GraphError `unknown-port` for a port of another graph */
  slotOf(port: unknown): Slot {
    const slot = this.#slots.get(port as InPort) ?? this.#fedSlotOf(port);
    if (slot) return slot;
    throw new GraphError("unknown-port", `The sheet of '${this.#graph.name}' has no such port: ${portName(port)}.`, {
      known: [...this.#slots.keys()].slice(0, 50).map(pathOf),
    });
  }

  /** An input fed by an edge holds what the output above holds. */
  #fedSlotOf(port: unknown): Slot | undefined {
    if (!(port instanceof InPort) || !this.#graph.has(baseOf(port.node))) return undefined;
    const source = this.#graph.sourceOf(port);
    return source.kind === "edge" ? this.#slots.get(source.from) : undefined;
  }

  /** Gives a source a value. */
  fill(slot: Slot, value: unknown): void {
    const signal = given(handedOut(value));
    slot.next(signal);
  }

  close(): void {
    for (const step of this.steps.values()) step.unsubscribe();
    for (const slot of new Set(this.#slots.values())) slot.close();
  }

  #enliven(node: BaseNode): void {
    const inputs = Object.values(node.inputs).map((input) => ({
      input,
      source: this.#graph.sourceOf(input),
      slot: this.#open(input),
    }));
    if (!node.runnable) return this.#mirror(node);
    const read = inputs.filter(({ source }) => source.kind === "edge" || source.kind === "component");
    const constants = constantsOf(inputs);
    const wiring = new Wiring({
      node,
      index: this.steps.size,
      wave: this.#wave,
      sheet: this.#sheet,
      memory: new NodeMemory(),
      auto: this.#graph.triggerOf(node) === "auto",
      ins: read.map(({ slot }) => slot),
      assembly: assemblyOf(
        read.map(({ input }) => input.name),
        Object.keys(constants),
      ),
      constants,
      callables: callablesOf(inputs),
    });
    const step = new Step(wiring);
    const outlets = Object.values(node.outputs).map((port) =>
      outletOf(port, this.#hold(port, new Slot(this.#wave, step))),
    );
    step.feed(new Outputs(outlets, this.#sheet.id));
    this.steps.set(node, step);
    for (const slot of new Set(wiring.ins)) slot.subscribe(step);
    this.#wave.mark(step);
  }

  /** An InputNode's outputs are its inputs. */
  #mirror(node: BaseNode): void {
    for (const port of Object.values(node.outputs)) this.#slots.set(port, this.slotOf(node.inputs[port.name]));
  }

  /** The slot that an input reads. */
  #open(input: InPort): Slot {
    const source = this.#graph.sourceOf(input);
    if (source.kind === "edge") return this.slotOf(source.from);
    const present = source.kind === "component" ? this.#shared.get(source.component) : undefined;
    const slot = this.#hold(input, present ?? new Slot(this.#wave, undefined));
    if (source.kind === "constant") this.fill(slot, source.value);
    if (source.kind === "component" && !present) {
      this.#shared.set(source.component, slot);
      const { initial } = shapeOf(source.component);
      if (initial !== undefined) this.fill(slot, initial);
    }
    return slot;
  }

  #hold(port: InPort | OutPort, slot: Slot): Slot {
    const shown = port as unknown as AnyPort<unknown>;
    if (slot.port === undefined) slot.port = shown;
    else slot.alsoPorts = [...slot.alsoPorts, shown];
    this.#slots.set(port, slot);
    return slot;
  }
}

interface Wired {
  readonly input: InPort;
  readonly source: Source;
  readonly slot: Slot;
}

function constantsOf(inputs: readonly Wired[]): Readonly<Record<string, unknown>> {
  const constants = inputs.flatMap(({ input, source }) =>
    source.kind === "constant" ? [[input.name, source.value]] : [],
  );
  return constants.length === 0 ? noConstants : Object.fromEntries(constants);
}

function callablesOf(inputs: readonly Wired[]): readonly Callable[] {
  const callables = inputs.flatMap(({ input, source, slot }) =>
    source.kind === "callable" ? [{ name: input.name, call: source.call, slot }] : [],
  );
  return callables.length === 0 ? noCallables : callables;
}

const noConstants = Object.freeze({});
const noCallables: readonly Callable[] = [];

function portName(port: unknown): string {
  const known = port as { node?: { name?: unknown }; name?: unknown } | undefined;
  return typeof known?.node?.name === "string" ? `${known.node.name}.${String(known.name)}` : described(port);
}
