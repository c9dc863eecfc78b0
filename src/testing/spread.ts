/**
 * Scattering, said as plainly as can be: a scattered port is a list, scattered twice a list of lists, and an item that failed is
 * `none` in its place. To scatter is to read a list as items, to gather is to read items as a list; a node runs once per item, one after
 * the other.
 */
import { type BaseNode, baseOf } from "../engine/base-node.ts";
import type { OutPort } from "../engine/port.ts";

/** No value: what failed, or what waits for something that did. */
export const none: unique symbol = Symbol("none");
/** What nodes gave. */
export interface Flow {
  /** At an output of its own, item by item. */
  given(port: OutPort): unknown;
  /** Whether a node's items that failed are left out. */
  skips(node: BaseNode): boolean;
}

/** What flows from a port, own or derived, as lists nested `port.depth` deep. */
export function itemsOf(port: OutPort, flow: Flow): unknown {
  if (port.origin === undefined) return flow.given(port);
  const { of } = port.origin;
  const items = itemsOf(of, flow);
  if (port.origin.kind === "all")
    return eachOf(items, of.depth - 1, (list) => gathered(list, flow.skips(baseOf(of.node))));
  const { field } = port.origin;
  return eachOf(items, of.depth, (list) => (Array.isArray(list) ? list.map((item) => fieldOf(item, field)) : none));
}

/** What a port holds on a sheet: gathered, from the innermost list outwards. */
export function wholeOf(port: OutPort, flow: Flow): unknown {
  let whole = itemsOf(port, flow);
  for (let depth = port.depth - 1; depth >= 0; depth--) {
    whole = eachOf(whole, depth, (list) => gathered(list, flow.skips(baseOf(port.node))));
  }
  return whole;
}

/** One input: items nested `depth` deep, the same for all where it is not scattered. */
export interface Input {
  readonly name: string;
  readonly value: unknown;
  readonly depth: number;
}
type Row = Readonly<Record<string, unknown>>;

/** Runs something once per item of its inputs, zipped; gives each output as lists nested as deep. Without a list there are no items. */
export async function spread(
  inputs: readonly Input[],
  outputs: readonly string[],
  run: (inputs: Row, item: readonly number[]) => Promise<Row | undefined>,
  item: readonly number[] = [],
): Promise<Row> {
  const nothing = Object.fromEntries(outputs.map((name) => [name, none]));
  const lists = inputs.filter(({ depth }) => depth > 0).map(({ value }) => value);
  if (lists.includes(none)) return nothing;
  const scattered = lists as readonly (readonly unknown[])[];
  const [first] = scattered;
  if (first === undefined) {
    const row = await run(Object.fromEntries(inputs.map(({ name, value }) => [name, value])), item);
    return { ...nothing, ...row };
  }
  if (scattered.some((list) => list.length !== first.length)) return nothing;
  const rows: Row[] = [];
  for (const i of first.keys()) {
    const inner = inputs.map((input) =>
      input.depth > 0 ? { ...input, value: (input.value as readonly unknown[])[i], depth: input.depth - 1 } : input,
    );
    rows.push(await spread(inner, outputs, run, [...item, i]));
  }
  return Object.fromEntries(outputs.map((name) => [name, rows.map((row) => row[name])]));
}

/** Does something with whatever stands `depth` lists deep. */
function eachOf(value: unknown, depth: number, make: (value: unknown) => unknown): unknown {
  if (value === none) return none;
  return depth === 0 ? make(value) : (value as readonly unknown[]).map((item) => eachOf(item, depth - 1, make));
}

function gathered(list: unknown, skip: boolean): unknown {
  const items = list as readonly unknown[];
  if (!items.includes(none)) return items;
  return skip ? items.filter((item) => item !== none) : none;
}

function fieldOf(item: unknown, field: string | undefined): unknown {
  const value = field === undefined ? item : (item as Row | null | undefined)?.[field];
  return value === undefined ? none : value;
}
