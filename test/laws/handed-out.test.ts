/**
 * A sheet that hardly anybody looks at fills its signals anew instead of making others. What somebody holds, though, stays
 * as it was: here signals are taken at random moments and looked at again after every later change.
 */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Node, Port, Signal } from "../../src/index.ts";
import { apply, type Edit, edits } from "../../src/testing.ts";
import { plays } from "../support/played.ts";
import { worlds } from "../support/stories.ts";
import type { World } from "../support/world.ts";

/** What somebody does with a port, counted modulo as many as there are. */
interface Touch {
  readonly kind: "take" | "signals" | "values" | "again" | "cancel";
  readonly port: number;
}
interface Story {
  readonly world: World;
  readonly moves: readonly (Edit | Touch)[];
  /** Only a sheet that remembers no runs fills signals anew. */
  readonly remembers: boolean;
}

const touches: fc.Arbitrary<Touch> = fc.record({
  kind: fc.constantFrom("take", "signals", "values", "again", "cancel"),
  port: fc.nat(50),
});
const stories: fc.Arbitrary<Story> = worlds({
  maxNodes: 12,
  manners: ["now"],
  failures: false,
  manual: false,
  callables: false,
  empties: false,
}).chain((world) => {
  const set = edits(world.graph, { max: 2, only: ["set", "batch"] });
  const some = fc.oneof({ weight: 3, arbitrary: set }, { weight: 1, arbitrary: touches.map((touch) => [touch]) });
  const moves = fc.array(some as fc.Arbitrary<Story["moves"]>, { minLength: 1, maxLength: 40 });
  return fc.record({ world: fc.constant(world), moves: moves.map((all) => all.flat()), remembers: fc.boolean() });
});

test("[W4, W6] a signal that somebody holds never changes, and every port is right on a sheet that hardly anybody looks at", async () => {
  await plays(fc.asyncProperty(stories, play));
});

async function play({ world, moves, remembers }: Story): Promise<void> {
  const sheet = world.open((graph) => graph.sheet(remembers ? {} : { memory: { runs: 0 } }));
  const outs = world.nodes.flatMap((_, node) => world.outs(node));
  const ports = outs as unknown as readonly Port<unknown>[];
  const held: { readonly signal: Signal<unknown>; readonly text: string }[] = [];
  const hold = (signal: Signal<unknown>) => held.push({ signal, text: textOf(signal) });
  const heard: { readonly port: number; last: unknown }[] = [];

  for (const move of moves) {
    const at = "port" in move ? move.port % Math.max(1, ports.length) : 0;
    const port = ports[at];
    if (move.kind === "set" || move.kind === "batch") {
      world.notes(move);
      await apply(sheet, move);
    } else if (port && move.kind === "take") hold(sheet.signal(port));
    else if (port && move.kind === "signals") sheet.signal$(port).subscribe(hold);
    else if (port && move.kind === "values") {
      const one = { port: at, last: undefined as unknown };
      heard.push(one);
      sheet.value$(port).subscribe((value) => {
        one.last = value;
      });
    } else if (port && move.kind === "again") void sheet.run(port.node as Node, { again: true });
    else if (port) sheet.cancel(port.node as Node);
    const values = ports.map((one) => sheet.value(one));
    const right = await world.right();
    expect(values.map((value) => ({ kind: "value", value }))).toEqual(outs.map((one) => right.out(one)));
    for (const { signal, text } of held) expect(textOf(signal)).toBe(text);
    for (const { port, last } of heard) expect(last).toEqual(values[port]);
  }
  sheet.close();
}

function textOf(signal: Signal<unknown>): string {
  const { kind } = signal;
  const last = kind === "ready" ? [signal.value, signal.run] : "last" in signal ? signal.last : null;
  return JSON.stringify([kind, last]);
}
