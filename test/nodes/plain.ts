/** Nodes as plain JavaScript writes them, where no compiler looks: whatever is given goes in. */
import {
  FnNode,
  Graph,
  type Node,
  type OutputPort,
  type RunContext,
  type Sheet,
  type Signal,
} from "../../src/index.ts";

export type Work = (inputs: never, context: RunContext) => unknown;

/** An FnNode made without types. */
export function plainFn(work: unknown, options?: unknown): Node {
  return new (FnNode as unknown as new (work: unknown, options: unknown) => Node)(work, options);
}

/** One node alone on a sheet, and the port `out` of it. */
export interface Alone {
  readonly sheet: Sheet;
  readonly node: Node;
  readonly out: OutputPort<unknown>;
  /** What the port holds now. */
  now(): Signal<unknown>;
}

/** Opens a sheet with this one node; without `outputs` it has one hidden port, `out`. */
export function alone(work: unknown, options: object = {}): Alone {
  const node = plainFn(work, { name: "f", outputs: { out: null }, ...options });
  const sheet = new Graph({ name: "Alone", nodes: [node] }).sheet();
  const out = Object.values(node.outputs)[0] as OutputPort<unknown>;
  return { sheet, node, out, now: () => sheet.signal(out) };
}

/** What an action throws. */
export function thrownBy(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  throw new Error("It threw nothing.");
}

/** Something with a `then` of its own. */
export function withThen(then: PropertyDescriptor): object {
  // biome-ignore lint/suspicious/noThenProperty: promise-likes are what is tried
  return Object.defineProperty({}, "then", then);
}
