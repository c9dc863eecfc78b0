/** Values tried on a sheet: nodes that take and give one, and how a canvas is shown it. */
import { Graph, type Node, type OutputPort, type Sheet, type Signal, ui } from "../../src/index.ts";
import type { ValueView } from "../../src/protocol/port.ts";
import type { View } from "../../src/protocol.ts";
import { Files } from "../../src/server/files.ts";
import { LiveView } from "../../src/server/live-view.ts";
import { plainFn } from "../nodes/plain.ts";
import { FakeClock } from "../server/fake-clock.ts";

let sheet: Sheet | undefined;
/** Closes the sheet that is open. */
export function close(): void {
  sheet?.close();
}

/** Throws, whatever it is asked. */
export const angry = (): never => {
  throw new Error("look away");
};
/** The traps of a Proxy that throws on everything. */
export const traps = Object.fromEntries(Reflect.ownKeys(Reflect).map((trap) => [trap, angry]));

export const out = { out: ui.json() };
export const inWords = (signal: Signal<unknown>): string =>
  signal.kind === "failed" ? `fails: \`${signal.failure.reason}\`` : signal.kind;

/** Opens a sheet, asks something of it, and closes it. */
export function on<T>(nodes: readonly Node[], ask: (sheet: Sheet) => T): T {
  sheet?.close();
  sheet = new Graph({ name: "Awkward", nodes }).sheet();
  return ask(sheet);
}

/** Notes what it is given as `v`. */
export function takerOf(given: unknown): { readonly node: Node; readonly got: unknown[] } {
  const got: unknown[] = [];
  const taker = ({ v }: { v: unknown }): number => got.push(v);
  return { node: plainFn(taker, { inputs: { v: given }, outputs: out }), got };
}
export function giverOf(value: unknown): Node {
  const giver = (): unknown => value;
  return plainFn(giver, { outputs: out });
}
export const port = (node: Node): OutputPort<unknown> => node.outputs.out as OutputPort<unknown>;
export const reached = (got: readonly unknown[], value: unknown): string =>
  got.length === 1 && Object.is(got[0], value) ? "taken" : got.length === 1 ? "called" : "nothing";

/** The first output of a card as a canvas gets it. */
export function shownOn(
  sheet: Sheet,
  card: string,
  side: "inputs" | "outputs" = "outputs",
): ValueView | null | undefined {
  const view = new LiveView(sheet, { id: "one", name: "One" }, new Files(), new FakeClock());
  const wire = JSON.parse(JSON.stringify(view.view())) as View;
  view.close();
  return wire.cards[card]?.[side][0]?.value;
}
