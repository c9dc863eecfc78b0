/**
 * A node tried alone: a graph of this one node, in which nothing feeds an input but the values given, or else its component's own
 * value or example. Of a scattered node one item is tried. Nothing that the node is part of takes notice.
 */

import { BaseNode } from "../engine/base-node.ts";
import { type Component, Shape, shapeOf } from "../engine/component.ts";
import { cancelled, FailureError } from "../engine/failure.ts";
import { Graph } from "../engine/graph.ts";
import { GraphError } from "../engine/graph-error.ts";
import type { Node } from "../engine/node.ts";
import type { NodeOptions } from "../engine/node-options.ts";
import { InPort, OutPort, type Outputs, type Source } from "../engine/port.ts";

export type Values = Readonly<Record<string, unknown>>;

/** A node with the definition of another, fed with these values and with its own callables. */
export class LoneNode extends BaseNode {
  readonly kind: Node["kind"];
  readonly about: string;
  readonly start: BaseNode["start"];
  override readonly takesContext: boolean;
  override readonly convert: BaseNode["convert"];
  override readonly graph: BaseNode["graph"];

  constructor(node: BaseNode, inputs: Values) {
    const fed = Object.values(node.inputs).map(({ name, source }): [string, unknown] => [
      name,
      source.kind === "callable" && !Object.hasOwn(inputs, name) ? source.call : constant(inputs[name]),
    ]);
    super({ given: node.name, otherwise: node.name }, Object.fromEntries(fed), componentsOf(node), optionsOf(node));
    this.kind = node.kind;
    this.about = node.about;
    this.start = node.start;
    this.takesContext = node.takesContext;
    this.convert = node.convert;
    this.graph = node.graph;
  }
}

/** What a node is tried with, but for its callables. @throws GraphError for a value that no input takes, or where no example is known */
export async function exampleInputs(node: BaseNode, values: Values): Promise<Record<string, unknown>> {
  const known = Object.keys(node.inputs);
  const unknown = Object.keys(values).find((name) => !known.includes(name));
  if (unknown !== undefined) {
    const what = `'${node.name}' is tried with a value for '${unknown}', and it has no such input.`;
    throw new GraphError("unknown-input", what, { node: node.name, port: unknown, known, meant: unknown });
  }
  const inputs: Record<string, unknown> = {};
  for (const port of Object.values(node.inputs)) {
    const given = values[port.name];
    if (given !== undefined) inputs[port.name] = checked(port, given);
    else if (port.source.kind !== "callable") inputs[port.name] = await exampleFor(port, port.source);
  }
  return inputs;
}

/** Runs a node that nothing feeds. @throws FailureError */
export async function runAlone(node: BaseNode): Promise<Values> {
  const lone = node as unknown as Node;
  const sheet = new Graph({ name: node.name, nodes: [lone], persistKey: false }).sheet();
  try {
    const end = await sheet.run(lone);
    switch (end.kind) {
      case "ready":
        return end.outputs;
      case "failed":
        throw new FailureError(end.failure);
      case "cancelled":
        throw new FailureError(cancelled("person"));
      case "refused":
        throw new GraphError("missing-input", `'${node.name}' cannot be tried: ${end.why}`, { node: node.name });
      default:
        return end satisfies never;
    }
  } finally {
    sheet.close();
  }
}

async function exampleFor({ node, name }: InPort, source: Exclude<Source, { kind: "callable" }>): Promise<unknown> {
  if (source.kind === "constant") return source.value;
  if (source.kind === "component") return exampleOf(source.component);
  const example = await itemAt(source.from);
  if (example !== undefined) return example;
  const what = `'${node.name}' cannot be tried without a value for '${name}': what feeds it shows no example. Give one: test({ ${name}: ... }).`;
  throw new GraphError("missing-input", what, { node: node.name, port: name });
}

/** What one run has at a port: a derived port takes its example from what it is derived from. */
async function itemAt({ component, origin }: OutPort): Promise<unknown> {
  if (origin === undefined) return component ? exampleOf(component) : undefined;
  const above = await itemAt(origin.of);
  if (above === undefined) return undefined;
  if (origin.kind === "all") return [above];
  const item: unknown = Array.isArray(above) ? above[0] : undefined;
  return origin.field === undefined ? item : (item as Values | undefined)?.[origin.field];
}

function exampleOf(component: Component<unknown>): unknown {
  const { initial, example } = shapeOf(component);
  return initial ?? example();
}

function checked({ source, node, name }: InPort, value: unknown): unknown {
  const expected = source.kind === "component" ? shapeOf(source.component).refusesSet(value) : undefined;
  if (expected === undefined) return value;
  throw new GraphError("wrong-type", `'${name}' of '${node.name}' must be ${expected}.`, {
    node: node.name,
    port: name,
  });
}

/** A value that would pass for something else is wrapped. */
function constant(value: unknown): unknown {
  const passes = [Shape, OutPort, InPort, BaseNode].some((kind) => value instanceof kind);
  return passes || typeof value === "function" ? () => value : value;
}

function componentsOf({ outputs }: BaseNode): Outputs {
  return Object.fromEntries(Object.entries(outputs).map(([name, { component }]) => [name, component]));
}

/** Tried alone a node runs once, when asked. */
function optionsOf({ timeout, retries, remember, lane, fallback }: BaseNode): NodeOptions & { fallback?: unknown } {
  return {
    trigger: "manual",
    remember,
    ...(timeout !== undefined && { timeout }),
    ...(retries !== undefined && { retries }),
    ...(lane !== undefined && { lane }),
    ...(fallback !== undefined && { fallback: fallback.value }),
  };
}
