/** R9 in random stories: sheets that share a lane, functions that end in any order, well or not, and heed their signals or not. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { trafficOf } from "../../src/engine/lane.ts";
import { Lane } from "../../src/index.ts";
import { Busy, type BusyMove, type BusyNode, busyMoves, busySheets } from "../support/busy.ts";
import { plays } from "../support/played.ts";
import { turn } from "../support/turn.ts";

async function play(limit: number, plans: readonly (readonly BusyNode[])[], moves: readonly BusyMove[]): Promise<void> {
  const lane = new Lane(limit);
  const traffic = trafficOf(lane);
  const busy = new Busy(plans, lane);
  const look = () => {
    expect(busy.most, "never more at work than the limit").toBeLessThanOrEqual(limit);
    expect(traffic.working, "a place is taken for each that really is at work, and for nobody else").toBe(
      busy.inLane.size,
    );
    const queued = busy.signals.filter((signal) => signal.kind === "pending" && signal.progress?.queue);
    expect(traffic.waiting, "who waits says so, and who says so waits").toBe(queued.length);
    if (traffic.waiting > 0) expect(traffic.working, "no place is free while somebody waits").toBe(limit);
  };
  await turn();
  look();
  for (const move of moves) {
    await busy.make(move);
    // Half of the moves come in the middle of what the last one set going.
    if (move.do !== "set") await turn();
    if (move.do !== "set") look();
  }
  for (let rounds = 0; rounds < 500; rounds++) {
    await busy.time.pass(1000);
    look();
    const [work] = busy.atWork;
    if (!work && busy.time.waits.length === 0) break;
    work?.end(rounds % 3 > 0);
  }
  expect([traffic.working, traffic.waiting, busy.atWork.length], "all comes to an end").toEqual([0, 0, 0]);
  expect(busy.signals.filter(({ kind }) => kind === "pending")).toEqual([]);
  await Promise.all(busy.sheets.map((sheet) => sheet.settled()));
  await turn();
  for (const { outcome } of busy.ends) expect(outcome, "every demand has ended").toBeDefined();
  for (const sheet of busy.sheets) sheet.close();
}

test("[R9, R4] a lane holds, nobody is forgotten, and every demand ends, in random stories", async () => {
  await plays(
    fc.asyncProperty(fc.integer({ min: 1, max: 3 }), busySheets, busyMoves, async (limit, plans, moves) => {
      await play(limit, plans, moves);
    }),
    { share: 2 / 5 },
  );
}, 600_000);
