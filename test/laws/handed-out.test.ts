/**
 * A sheet that hardly anybody looks at fills its signals anew instead of making others. What somebody holds, though, stays
 * as it was: here signals are taken at random moments and looked at again after every later change.
 */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { FnNode, Graph, InputNode, type Port, type Signal, ui } from "../../src/index.ts";
import { plays } from "../support/played.ts";

type Move =
  | { readonly do: "set"; readonly source: number; readonly value: number }
  | { readonly do: "both"; readonly value: number }
  | { readonly do: "take" | "signals" | "values" | "again" | "cancel"; readonly node: number };

interface Plan {
  /** By node: what it reads (0 and 1 are the sources, the nodes follow), what it divides by, whether it makes a list. */
  readonly nodes: readonly { readonly from: readonly number[]; readonly by: number; readonly list: boolean }[];
  readonly moves: readonly Move[];
}

const plans: fc.Arbitrary<Plan> = fc.record({
  nodes: fc.array(
    fc.record({
      from: fc.uniqueArray(fc.nat(50), { minLength: 1, maxLength: 3 }),
      by: fc.integer({ min: 1, max: 3 }),
      list: fc.boolean(),
    }),
    { minLength: 1, maxLength: 12 },
  ),
  moves: fc.array(
    fc.oneof(
      { weight: 6, arbitrary: fc.record({ do: fc.constant("set"), source: fc.nat(1), value: fc.nat(4) }) },
      { weight: 1, arbitrary: fc.record({ do: fc.constant("both"), value: fc.nat(4) }) },
      {
        weight: 2,
        arbitrary: fc.record({
          do: fc.constantFrom("take", "signals", "values", "again", "cancel"),
          node: fc.nat(50),
        }),
      },
    ) as fc.Arbitrary<Move>,
    { minLength: 1, maxLength: 40 },
  ),
});

type Value = number | readonly number[];

function worked(inputs: readonly Value[], by: number, list: boolean): Value {
  const sum = inputs.flat().reduce((all, one) => all + one, 0);
  return list ? [Math.floor(sum / by) % 7, by] : Math.floor(sum / by) % 7;
}

test("[W4, W6] a signal that somebody holds never changes, and every port is right on a sheet that hardly anybody looks at", async () => {
  await plays(fc.asyncProperty(plans, fc.boolean(), play));
});

/** Only a sheet that remembers no runs fills signals anew. */
async function play({ nodes, moves }: Plan, remembers: boolean): Promise<void> {
  const sources = new InputNode({
    name: "s",
    ports: { x: ui.json<Value>({ value: 0 }), y: ui.json<Value>({ value: 0 }) },
  });
  const ports: Port<Value>[] = [sources.outputs.x, sources.outputs.y];
  const made = nodes.map(({ from, by, list }, i) => {
    const inputs = Object.fromEntries(from.map((one, k) => [`i${k}`, ports[one % ports.length]]));
    const fn = (given: Record<string, Value>) => worked(Object.values(given), by, list);
    const node = new FnNode(fn as never, { name: `n${i}`, inputs: inputs as never, outputs: { v: null } });
    ports.push((node.outputs as unknown as { v: Port<Value> }).v);
    return node;
  });
  const sheet = new Graph({ name: "Unwatched", nodes: [sources, ...made] }).sheet(
    remembers ? {} : { memory: { runs: 0 } },
  );
  const held: { readonly signal: Signal<Value>; readonly text: string }[] = [];
  const hold = (signal: Signal<Value>) => held.push({ signal, text: JSON.stringify([signal.kind, last(signal)]) });
  const heard: { readonly port: number; values: Value[] }[] = [];
  const now = [0, 0];

  for (const move of moves) {
    if (move.do === "set" || move.do === "both") {
      const { value } = move;
      const which = move.do === "both" ? [0, 1] : [move.source];
      for (const source of which) now[source] = value;
      sheet.batch(() => {
        for (const source of which) sheet.set(source === 0 ? sources.inputs.x : sources.inputs.y, value);
      });
    } else {
      const at = move.node % ports.length;
      const port = ports[at] as Port<Value>;
      if (move.do === "take") hold(sheet.signal(port));
      else if (move.do === "signals") sheet.signal$(port).subscribe(hold);
      else if (move.do === "values") {
        const one = { port: at, values: [] as Value[] };
        heard.push(one);
        sheet.value$(port).subscribe((value) => one.values.push(value));
      } else if (move.do === "again") void sheet.run(port.node as never, { again: true });
      else sheet.cancel(port.node as never);
    }
    const right: Value[] = [...now];
    for (const { from, by, list } of nodes)
      right.push(
        worked(
          from.map((one) => right[one % right.length] as Value),
          by,
          list,
        ),
      );
    expect(ports.map((port) => sheet.value(port))).toEqual(right);
    for (const { signal, text } of held) expect(JSON.stringify([signal.kind, last(signal)])).toBe(text);
    for (const { port, values } of heard) expect(values.at(-1)).toEqual(right[port]);
  }
  sheet.close();
  await null;
}

function last(signal: Signal<Value>): unknown {
  return signal.kind === "ready" ? [signal.value, signal.run] : "last" in signal ? signal.last : null;
}
