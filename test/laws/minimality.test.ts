/** W3, W5 and W6 exactly: on synchronous graphs the list of what runs is known in advance, and it is that list, no more and no less. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { InputPort } from "../../src/index.ts";
import { plays } from "../support/played.ts";
import type { Right } from "../support/scratch.ts";
import { worlds } from "../support/stories.ts";
import type { World } from "../support/world.ts";

/** What each node remembers: the inputs of its last outputs or of all that it ever gave, and those of a failure after which it rests. */
interface Memory {
  readonly good: Set<string>;
  tried: string | undefined;
}

/** The nodes that have to run for what the sources hold now: those whose inputs are all there and differ from what they know. */
function due(world: World, right: Right, memories: readonly Memory[], remembering: boolean): readonly string[] {
  return world.nodes.flatMap(({ kind }, node) => {
    const inputs = right.ins(node);
    const memory = memories[node];
    if (kind === "input" || !memory || inputs.some((input) => input.kind !== "value")) return [];
    // Whether a node without outputs failed, no port tells.
    if (mute(world, node)) return [];
    const seen = JSON.stringify(inputs);
    if (memory.good.has(seen)) {
      memory.tried = undefined;
      return [];
    }
    if (seen === memory.tried) return [];
    const failed = world.outs(node).some((port) => right.out(port).kind === "failed");
    memory.tried = failed ? seen : undefined;
    if (failed) return [world.name(node)];
    if (!remembering) memory.good.clear();
    memory.good.add(seen);
    return [world.name(node)];
  });
}

function mute(world: World, node: number): boolean {
  return world.nodes[node]?.kind === "fn" && world.outs(node).length === 0;
}

const changes = fc.array(
  fc.array(fc.tuple(fc.nat({ max: 39 }), fc.nat({ max: 3 })), { minLength: 1, maxLength: 3, size: "max" }),
  {
    maxLength: 12,
    size: "max",
  },
);

test.each([
  ["watched", true, false],
  ["unwatched", false, false],
  ["watched, with a memory", true, true],
  ["unwatched, with a memory", false, true],
])(
  "[W5, W6, R1] a change of a synchronous graph runs exactly what it must, once each, %s",
  async (_, watched, remembering) => {
    await plays(
      fc.asyncProperty(worlds({ manners: ["now"], manual: false, callables: false }), changes, async (world, edits) => {
        const memories = world.nodes.map((): Memory => ({ good: new Set(), tried: undefined }));
        const ran = () =>
          world.starts
            .splice(0)
            .filter(({ node }) => !mute(world, node))
            .map((start) => world.name(start.node))
            .sort();
        const sheet = world.open((graph) => graph.sheet({ memory: { runs: remembering ? 1000 : 0 } }));
        if (watched) sheet.events$.subscribe();
        expect(ran()).toEqual([...due(world, await world.right(), memories, remembering)].sort());
        for (const edit of edits) {
          sheet.batch(() => {
            for (const [at, n] of edit) {
              const source = at % world.values.length;
              const port = world.wired.sources[source]?.ports[0] as unknown as InputPort<number> | undefined;
              if (!port) continue;
              world.put(source, n);
              sheet.set(port, n);
            }
          });
          expect(ran()).toEqual([...due(world, await world.right(), memories, remembering)].sort());
        }
        sheet.close();
      }),
      { share: 1 / 4 },
    );
  },
);
