/**
 * Ports: where values enter and leave a node. A port belongs to a definition and holds nothing; on a sheet each has a
 * signal of its own. An input is fed by a component, an edge, a constant or a callable.
 */
import { type Component, Shape } from "./component.ts";
import type { AnyNode } from "./node.ts";

declare const heldBy: unique symbol;
declare const itemOf: unique symbol;

/** Any port; `T` is what it holds on a sheet. */
export interface AnyPort<out T> {
  readonly node: AnyNode;
  readonly name: string;
  readonly component: Component<unknown> | null;
  readonly side: "in" | "out";
  readonly [heldBy]: T;
}
/** An input of a node. `sheet.set` it when a component shows it; `graph.connect` an output to it. */
export interface InputPort<out T> extends AnyPort<T> {
  readonly side: "in";
}
/** Any output of a node. */
export interface OutputPort<out T> extends AnyPort<T> {
  readonly side: "out";
  readonly depth: 0 | 1 | 2 | 3;
}
/** An output of a node. Given as an input it is a plain edge. */
export interface Port<out T> extends OutputPort<T> {
  readonly depth: 0;
}

/** What an input that wants `T` may be given: a component (shown), a port (an edge), a callable (called once per run, recorded), or a constant (hidden). */
export type Input<T> = T | Component<T> | Port<T> | (() => T | Promise<T>);

/** The `outputs` option: a component per port; `null` is hidden but connectable. */
export type Outputs = Readonly<Record<string, Component<unknown> | null>>;

/** The value an `inputs` entry gives. Exported (with the next two) only so that a generic helper of yours can be named in a `.d.ts`. */
export type InputValue<S> = S extends Component<infer T> | Port<infer T>
  ? T
  : S extends { readonly [itemOf]: infer T }
    ? T
    : S extends () => infer T
      ? Awaited<T>
      : S;
/** How deep a node with these `inputs` is scattered: 0..3, the deepest counts. */
export type DepthOf<I> = I[keyof I] extends infer S ? (S extends OutputPort<unknown> ? S["depth"] : 0) : 0;
/** The output port of a node at that depth. */
export type PortAt<T, _Depth> = Port<T>;

/** What feeds an input. */
export type Source =
  | { readonly kind: "component"; readonly component: Component<unknown> }
  | { readonly kind: "edge"; readonly from: OutPort }
  | { readonly kind: "constant"; readonly value: unknown }
  | { readonly kind: "callable"; readonly call: () => unknown };

/** The input port behind `InputPort`. */
export class InPort {
  readonly side = "in";
  readonly node: AnyNode;
  readonly name: string;
  readonly source: Source;

  constructor(node: AnyNode, name: string, source: Source) {
    this.node = node;
    this.name = name;
    this.source = source;
  }

  get component(): Component<unknown> | null {
    return this.source.kind === "component" ? this.source.component : null;
  }
}

/** The output port behind `OutputPort`. */
export class OutPort {
  readonly side = "out";
  readonly depth = 0;
  readonly node: AnyNode;
  readonly name: string;
  readonly component: Component<unknown> | null;

  constructor(node: AnyNode, name: string, component: Component<unknown> | null) {
    this.node = node;
    this.name = name;
    this.component = component;
  }
}

/** The source that an `inputs` entry means. */
export function sourceOf(given: unknown): Source {
  if (given instanceof Shape) return { kind: "component", component: given as unknown as Component<unknown> };
  if (given instanceof OutPort) return { kind: "edge", from: given };
  if (typeof given === "function") return { kind: "callable", call: given as () => unknown };
  return { kind: "constant", value: given };
}

/** `Node.port`, as messages and the canvas name a port. */
export function pathOf(port: { readonly node: { readonly name: string }; readonly name: string }): string {
  return `${port.node.name}.${port.name}`;
}

/** A name in words: `maxLength` and `max_length` read `Max length`. */
export function inWords(name: string): string {
  const words = name
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, "$1 $2")
    .replace(/[_-]+/g, " ")
    .trim()
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
