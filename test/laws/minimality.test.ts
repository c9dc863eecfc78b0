/** W3, W5 and W6 exactly: on synchronous graphs the list of what runs is known in advance, and it is that list, no more and no less. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { graphs, type Traced } from "../support/graphs.ts";
import { inputsOf, traced } from "../support/naive.ts";
import { plays } from "../support/played.ts";
import { World } from "../support/world.ts";

const none = () => undefined;

/** What each node remembers: the inputs of its last outputs or of all that it ever gave, and those of a failure after which it rests. */
interface Memory {
  readonly good: Set<string>;
  tried: string | undefined;
}

/** The nodes that have to run for what the sources hold now: those whose inputs are all there and differ from what they know. */
function due(world: World, memories: readonly Memory[], remembering: boolean): readonly string[] {
  const told = world.naive();
  return world.wired.plan.nodes.flatMap((plan, node) => {
    const inputs = inputsOf(world.wired, node, world.values, told, none);
    const memory = memories[node];
    if (plan.kind === "input" || !memory || inputs.some((input) => input.kind !== "value")) return [];
    // Whether a node without outputs failed, no port tells.
    if (mute(world, node)) return [];
    const seen = JSON.stringify(inputs);
    if (memory.good.has(seen)) {
      memory.tried = undefined;
      return [];
    }
    if (seen === memory.tried) return [];
    const failed = told[node]?.[0]?.kind === "failed";
    memory.tried = failed ? seen : undefined;
    if (failed) return [world.name(node)];
    if (!remembering) memory.good.clear();
    memory.good.add(seen);
    return [world.name(node)];
  });
}

function mute(world: World, node: number): boolean {
  const plan = world.wired.plan.nodes[node];
  return plan?.kind === "fn" && plan.outs.length === 0 && plan.fails !== null;
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
    const plan = graphs({ manners: ["now"], manual: false, callables: false });
    await plays(
      fc.property(plan, changes, (graph, edits) => {
        const world = new World(graph);
        const memories = world.nodes.map((): Memory => ({ good: new Set(), tried: undefined }));
        const ran = () =>
          world.starts
            .splice(0)
            .filter(({ node }) => !mute(world, node))
            .map((start) => world.name(start.node))
            .sort();
        const first = due(world, memories, remembering);
        const sheet = world.open((graph) => graph.sheet({ memory: { runs: remembering ? 1000 : 0 } }));
        if (watched) sheet.events$.subscribe();
        expect(ran()).toEqual([...first].sort());
        for (const edit of edits) {
          sheet.batch(() => {
            for (const [at, n] of edit) {
              const source = at % world.values.length;
              const port = world.sourcePorts[source]?.[0];
              if (!port) continue;
              world.put(source, n);
              sheet.set(port, traced(world.wired.sources[source]!.name, n) as Traced);
            }
          });
          expect(ran()).toEqual([...due(world, memories, remembering)].sort());
        }
        sheet.close();
      }),
      { share: 1 / 4 },
    );
  },
);
