/** Every order of completion, chosen and shrunk by fast-check's scheduler: real promises, real microtasks, edits anywhere between them. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { apply, edits } from "../../src/testing.ts";
import { plays } from "../support/played.ts";
import { worlds } from "../support/stories.ts";
import { turn } from "../support/turn.ts";
import { Witness } from "../support/witness.ts";

test("[W3, W4, R2] in every order of completion, no run mixes ages and all ends as evaluating from scratch does", async () => {
  const asynchronous = worlds({ maxNodes: 12, manners: ["later", "later", "now"], manual: false, empties: false });
  const drawn = asynchronous.chain((world) =>
    fc.record({ world: fc.constant(world), sets: edits(world.graph, { max: 8, only: ["set"] }) }),
  );
  const property = fc.asyncProperty(fc.scheduler(), drawn, async (scheduler, { world, sets }) => {
    const witness = new Witness(world);
    const looks = world.onStart;
    world.onStart = (start) => {
      looks(start);
      void scheduler.schedule(Promise.resolve(), world.name(start.node)).then(() => start.advance?.());
    };
    const sheet = world.open();
    for (let port = 0; port < witness.ports; port++) witness.watch(port);
    void scheduler.scheduleSequence(
      sets.map((edit) => ({
        label: String(edit),
        builder: async () => {
          world.epoch++;
          world.edits++;
          world.notes(edit);
          await apply(sheet, edit);
          witness.look();
        },
      })),
    );
    for (let idle = false; !idle; idle = scheduler.count() === 0) {
      await scheduler.waitIdle();
      await turn();
    }
    await sheet.settled();
    witness.lookSettled();
    await world.lookAtClaims();
    witness.closing();
    sheet.close();
    expect(witness.faults).toEqual([]);
  });
  await plays(property, { share: 1 / 2 });
});
