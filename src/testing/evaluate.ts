/**
 * The naive evaluator: calls every function once, in order, from what a sheet's inputs hold now. No memory, no cut-off, no order
 * to get wrong; it is never optimised, and shares nothing with the engine but the definition of the graph. What it gives is
 * what W4 means by "from scratch".
 */

import { type BaseNode, baseOf } from "../engine/base-node.ts";
import type { Graph } from "../engine/graph.ts";
import { GatheredSignal, type ItemSignals } from "../engine/items.ts";
import { type AnyPort, InPort, type OutPort } from "../engine/port.ts";
import type { Sheet } from "../engine/sheet.ts";
import { nameOutside } from "../engine/shown-ports.ts";
import type { Signal } from "../engine/signal.ts";
import { called } from "./called.ts";
import { readyOf, type Snapshot, snapshotOf } from "./snapshot.ts";
import { type Flow, type Input, itemsOf, none, spread, wholeOf } from "./spread.ts";
import { outputsOf, type Values } from "./work.ts";

/**
 * The naive evaluator: runs every function once, in order, from the sheet's inputs, choices and pins; no memory, never optimised.
 * A port that has no value from scratch, because an input is empty or a function fails, gives `undefined`.
 *
 * @example
 * const scratch = await evaluate(sheet);
 * expect(sheet.value(shout.outputs.line)).toEqual(scratch.value(shout.outputs.line));
 */
export async function evaluate(sheet: Sheet): Promise<{ value<T>(port: AnyPort<T>): T | undefined }> {
  const scratch = await fromScratch(sheet.graph, snapshotOf(sheet));
  return {
    value: <T>(port: AnyPort<T>) => {
      const value = scratch.value(port as unknown as InPort | OutPort);
      return value === none ? undefined : (value as T);
    },
  };
}

/** Given to a graph inside: this input is asked of a callable. */
const asks: unique symbol = Symbol("asks");

/** A graph from scratch. `fed`: what a graph inside another is given, by the names of its inputs. */
export async function fromScratch(graph: Graph, held: Snapshot, fed: Values = {}): Promise<Scratch> {
  const scratch = new Scratch(graph, held, fed);
  for (const node of graph.nodes.map(baseOf)) await scratch.take(node);
  return scratch;
}

/** What every port of a graph holds, `none` where it holds nothing. */
export class Scratch implements Flow {
  readonly #graph: Graph;
  readonly #held: Snapshot;
  readonly #fed: Values;
  readonly #outputs = new Map<OutPort, unknown>();

  constructor(graph: Graph, held: Snapshot, fed: Values) {
    this.#graph = graph;
    this.#held = held;
    this.#fed = fed;
  }

  value(port: InPort | OutPort): unknown {
    if (!(port instanceof InPort)) return wholeOf(port, this);
    const source = this.#sourceOf(port);
    if (source.kind === "edge") return wholeOf(source.from, this);
    return source.kind === "callable" ? none : source.kind === "component" ? this.#ready(port) : source.value;
  }

  given(port: OutPort): unknown {
    return this.#outputs.has(port) ? this.#outputs.get(port) : none;
  }

  /** A choice leaves out what its selected variant leaves out. */
  skips(node: BaseNode): boolean {
    const variant = node.above[this.#held.chosen(node)];
    return variant ? this.skips(variant) : node.onItemError === "skip";
  }

  /** Takes in a node: all that it reads is here already. */
  async take(node: BaseNode): Promise<void> {
    const given = await this.#givenBy(node);
    for (const port of Object.values(node.outputs)) {
      const now = port.depth === 0 ? this.#held.signal(port) : this.#held.items(port);
      this.#outputs.set(port, laidOver(given[port.name], now));
    }
  }

  /** What a node gives, by output, item by item. */
  async #givenBy(node: BaseNode): Promise<Values> {
    const ports = Object.values(node.outputs);
    const each = (give: (port: OutPort) => unknown) => Object.fromEntries(ports.map((port) => [port.name, give(port)]));
    if (!node.runnable) return each(({ name }) => this.value(node.inputs[name] as InPort));
    // A person's answer cannot be computed: what was answered counts.
    if (node.answer) return each((port) => this.#ready(port));
    const variant = node.above[this.#held.chosen(node)];
    if (variant) return each(({ name }) => this.given(variant.outputs[name] as OutPort));
    const callables = Object.values(node.inputs).filter((port) => this.#sourceOf(port).kind === "callable");
    const inputs = Object.values(node.inputs).filter((port) => !callables.includes(port));
    const names = ports.map(({ name }) => name);
    return spread(
      inputs.map((port) => this.#input(port)),
      names,
      async (row, item) => {
        if (node.graph) return this.#inside(node, node.graph, { ...row, ...asking(callables) }, item);
        const whole = { ...row, ...called(node, callables, row, item, this.#held) };
        return Object.values(whole).includes(none) ? undefined : outputsOf(node, whole, item);
      },
    );
  }

  /** A graph inside is evaluated as one of its own. */
  async #inside(node: BaseNode, graph: Graph, row: Values, item: readonly number[]): Promise<Values> {
    const outputs = Object.entries(graph.outputs as unknown as Readonly<Record<string, OutPort>>);
    const scratch = await fromScratch(graph, this.#held.inside(node, item), row);
    return Object.fromEntries(outputs.map(([name, port]) => [name, scratch.value(port)]));
  }

  #input(port: InPort): Input {
    const source = this.#sourceOf(port);
    if (source.kind !== "edge") return { name: port.name, value: this.value(port), depth: 0 };
    return { name: port.name, value: itemsOf(source.from, this), depth: source.from.depth };
  }

  #sourceOf(port: InPort): ReturnType<Graph["sourceOf"]> {
    const name = nameOutside(this.#graph, port);
    if (name === undefined || !Object.hasOwn(this.#fed, name)) return this.#graph.sourceOf(port);
    const value = this.#fed[name];
    return value === asks ? { kind: "callable", call: () => none } : { kind: "constant", value };
  }

  #ready(port: InPort | OutPort): unknown {
    return readyOf(this.#held.signal(port));
  }
}

/** What a person put over an output counts, be it over one of its items; a list that was put together of such is made anew. */
function laidOver(given: unknown, now: Signal<unknown> | ItemSignals | undefined): unknown {
  if (isList(now)) {
    const items = isList(given) && given.length === now.length ? given : undefined;
    return items ? items.map((item, i) => laidOver(item, now[i])) : given;
  }
  return now?.kind === "ready" && now.pinned && !(now instanceof GatheredSignal) ? now.value : given;
}

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

function asking(callables: readonly InPort[]): Values {
  return Object.fromEntries(callables.map(({ name }) => [name, asks]));
}
