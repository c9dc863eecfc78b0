/**
 * Ports: where values enter and leave a node. A port belongs to a definition and holds nothing; on a sheet each has a
 * signal of its own. An input is fed by a component, an edge, a constant or a callable. `each` and `all` derive ports that
 * take lists apart and put them together again (S1); how deep a port is scattered is in its type and in its `depth`.
 */
import { type Component, Shape, shapeOf } from "./component.ts";
import { GraphError } from "./graph-error.ts";
import { isA } from "./is-a.ts";
import type { AnyNode } from "./node.ts";

declare const heldBy: unique symbol;
declare const itemOf: unique symbol;

/** Any port; `T` is what it holds on a sheet (for a scattered port: the whole list). */
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

/** Any output of a node: plain, scattered or nested. */
export interface OutputPort<out T> extends AnyPort<T> {
  readonly side: "out";
  readonly depth: Depth;
}

/** An output of a node. Given as an input it is a plain edge. */
export interface Port<out T> extends OutputPort<T> {
  readonly depth: 0;
  /**
   * Scatter: the node given this runs once per item; its outputs are scattered too.
   *
   * @example
   * const speech = new FnNode(speak, { inputs: { line: script.outputs.lines.each() }, outputs: { audio: ui.audio() } });
   */
  each<E>(this: Port<readonly E[]>): ScatteredPort<E>;
  /** Scatter one field of each item. */
  each<E, K extends keyof E>(this: Port<readonly E[]>, field: K): ScatteredPort<E[K]>;
}
/** An output that is one `T` per item. Given as an input it goes on item by item; several of them zip (equal lengths, else `bad-input`). */
export interface ScatteredPort<out T> extends OutputPort<T[]> {
  readonly depth: 1;
  readonly [itemOf]: T;
  /**
   * Gather: back to one list, in order.
   *
   * @example
   * const podcast = new FnNode(join, { inputs: { clips: speech.outputs.audio.all() }, outputs: { audio: ui.audio() } });
   */
  all(): Port<T[]>;
  /** Scatter again: each item is itself a list. */
  each<E>(this: ScatteredPort<readonly E[]>): NestedPort<E, 2>;
  each<E, K extends keyof E>(this: ScatteredPort<readonly E[]>, field: K): NestedPort<E[K], 2>;
}
/** An output scattered `Depth` times; `all()` gathers one level. Mixed with shallower inputs, those repeat for each inner item. */
export interface NestedPort<out T, Depth extends 2 | 3> extends OutputPort<Depth extends 3 ? T[][][] : T[][]> {
  readonly depth: Depth;
  readonly [itemOf]: T;
  all(): Depth extends 3 ? NestedPort<T[], 2> : ScatteredPort<T[]>;
  each<E>(this: NestedPort<readonly E[], 2>): NestedPort<E, 3>;
  each<E, K extends keyof E>(this: NestedPort<readonly E[], 2>, field: K): NestedPort<E[K], 3>;
}

/** What an input that wants `T` may be given: a component (shown), a port (an edge), a callable (called once per run, recorded), or a constant (hidden). */
export type Input<T> = T | Component<T> | Port<T> | ScatteredPort<T> | NestedPort<T, 2 | 3> | (() => T | Promise<T>);

/** The `outputs` option: a component per port; `null` is hidden but connectable. */
export type Outputs = Readonly<Record<string, Component<unknown> | null>>;

/** The value an `inputs` entry gives. Exported (with the next two) only so that a generic function of yours can be named in a `.d.ts`. */
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
export type PortAt<T, D> = 3 extends D
  ? NestedPort<T, 3>
  : 2 extends D
    ? NestedPort<T, 2>
    : 1 extends D
      ? ScatteredPort<T>
      : Port<T>;

/** What a port holds on a sheet. */
export type Held<P> = P extends AnyPort<infer T> ? T : never;
/** What one run of a node has at a port: an item where it is scattered. */
export type ItemOf<P> = P extends { readonly [itemOf]: infer T } ? T : Held<P>;

/** How often a port is scattered. */
export type Depth = 0 | 1 | 2 | 3;

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

/** How a port was derived from another: its lists taken apart (or one field of their items), or its items put together. */
export type Origin =
  | { readonly kind: "each"; readonly of: OutPort; readonly field: string | undefined }
  | { readonly kind: "all"; readonly of: OutPort };

/** The output port behind `OutputPort`: a node's own output, or one derived from it by `each` and `all`. */
export class OutPort {
  readonly side = "out";
  readonly node: AnyNode;
  readonly name: string;
  readonly component: Component<unknown> | null;
  readonly depth: Depth;
  /** `undefined` for a node's own output. */
  readonly origin: Origin | undefined;
  /** Asked twice for the same, a port gives the same: two nodes given `list.each()` zip the very same items. */
  #derived: Map<string, OutPort> | undefined;

  constructor(
    node: AnyNode,
    name: string,
    component: Component<unknown> | null,
    depth: Depth = 0,
    origin: Origin | undefined = undefined,
  ) {
    this.node = node;
    this.name = name;
    this.component = component;
    this.depth = depth;
    this.origin = origin;
  }

  /** `undefined` when its component takes the value, else what was expected, in words. */
  refuses(value: unknown): string | undefined {
    return this.component ? shapeOf(this.component).refuses(value) : undefined;
  }

  /** The node's own output that this one is, or is derived from. */
  get root(): OutPort {
    let port: OutPort = this;
    while (port.origin) port = port.origin.of;
    return port;
  }

  each(field?: string | number): OutPort {
    if (field !== undefined && typeof field !== "string" && typeof field !== "number") {
      throw this.#refused(`each(field) takes the name of a field, e.g. ${this.name}.each("text"), or nothing.`);
    }
    if (this.depth === 3) {
      throw this.#refused(
        `${pathOf(this)} is scattered three times already, and deeper it does not go: gather first, e.g. ${this.name}.all().each().`,
      );
    }
    const key = field === undefined ? undefined : String(field);
    if (this.component) this.#refuseEach(shapeOf(this.component), key);
    const depth = (this.depth + 1) as Depth;
    return this.#once(key === undefined ? "each" : `each ${key}`, depth, { kind: "each", of: this, field: key });
  }

  all(): OutPort {
    if (this.depth === 0) {
      throw this.#refused(
        `${pathOf(this)} is not scattered, so there is nothing to gather: give the port itself, without .all().`,
      );
    }
    return this.#once("all", (this.depth - 1) as Depth, { kind: "all", of: this });
  }

  /** A component that takes no list, or knows its rows' fields, says so while wiring. */
  #refuseEach(shape: Shape, field: string | undefined): void {
    const taken = shape.refuses([]);
    if (taken !== undefined) {
      throw this.#refused(
        `${pathOf(this)} takes ${taken} and no list, so there is nothing to scatter: give the port itself, without .each().`,
      );
    }
    if (shape.fields === undefined || field === undefined || Object.hasOwn(shape.fields, field)) return;
    const known = Object.keys(shape.fields);
    const what = `The rows of ${pathOf(this)} have no field '${field}'.`;
    throw new GraphError("unknown-port", what, { node: this.node.name, port: this.name, known, meant: field });
  }

  #once(key: string, depth: Depth, origin: Origin): OutPort {
    this.#derived ??= new Map();
    const known = this.#derived.get(key) ?? new OutPort(this.node, this.name, null, depth, origin);
    this.#derived.set(key, known);
    return known;
  }

  #refused(message: string): GraphError {
    return new GraphError("wrong-type", message, { node: this.node.name, port: this.name });
  }
}

/** The source that an `inputs` entry means. */
export function sourceOf(given: unknown): Source {
  if (isA(given, Shape)) return { kind: "component", component: given as unknown as Component<unknown> };
  if (isA(given, OutPort)) return { kind: "edge", from: given };
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
