/** Law W4 as a function: where a sheet differs from what evaluating its graph from scratch gives. */
import * as fc from "fast-check";
import { type AnyPort, type InPort, OutPort, pathOf } from "../engine/port.ts";
import type { Sheet } from "../engine/sheet.ts";
import { fromScratch } from "./evaluate.ts";
import { same } from "./same.ts";
import { portsOf, snapshotOf } from "./snapshot.ts";
import { none } from "./spread.ts";
import { told } from "./told.ts";

/** Where a sheet differs from what evaluating its graph from scratch gives. */
export interface Difference {
  readonly port: AnyPort<unknown>;
  readonly expected: unknown;
  readonly actual: unknown;
}

/**
 * Law W4: `[]` once the sheet is settled. Compares every port that is ready; what is stale, pending or failed claims nothing.
 * It calls your functions, so they must give the same for the same inputs; one that does not is what it finds.
 *
 * @example
 * await sheet.settled();
 * expect((await differences(sheet)).map(String)).toEqual([]);
 */
export async function differences(sheet: Sheet): Promise<readonly Difference[]> {
  const held = snapshotOf(sheet);
  const scratch = await fromScratch(sheet.graph, held);
  return portsOf(sheet.graph).flatMap((port) => {
    const now = held.signal(port);
    const expected = scratch.value(port);
    if (now.kind !== "ready" || !comparable(sheet, port) || (expected !== none && same(expected, now.value))) return [];
    const found = {
      port: port as unknown as AnyPort<unknown>,
      expected: expected === none ? undefined : expected,
      actual: now.value,
    };
    return [told(found, () => inWords(found))];
  });
}

/** A callable shows what it gave last, be it to a run that was superseded; an input given a list's fields shows the list. */
export function comparable({ graph }: Sheet, port: InPort | OutPort): boolean {
  if (port instanceof OutPort) return true;
  const source = graph.sourceOf(port);
  return source.kind !== "callable" && !(source.kind === "edge" && source.from.origin);
}

function inWords({ port, expected, actual }: Difference): string {
  const right = expected === undefined ? "it holds nothing" : `it is ${fc.stringify(expected)}`;
  return `${pathOf(port)} holds ${fc.stringify(actual)}; from scratch ${right}`;
}
