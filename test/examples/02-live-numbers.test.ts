/** The second example is its own documentation: what it prints is part of it, word for word. */
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

test("live numbers prints exactly what recomputes", async () => {
  const command = ["--conditions=millrace-source", "--import", "tsx", "examples/02-live-numbers/app.ts"];
  const { stdout, stderr } = await promisify(execFile)(process.execPath, command, { cwd: root });

  expect(stderr).toBe("");
  expect(stdout).toBe(`\
The sheet opens: Lamps is still at work
  Lamps   pending
  Lamps   ready
  runs    Report
  Report  360 kg of flour an hour, or 1200 lamps
More water: everything below runs, each node once
  runs    Power
  runs    Kilowatts
  runs    Flour
  runs    Lamps
  Lamps   pending
  Lamps   ready
  runs    Report
  Report  450 kg of flour an hour, or 1500 lamps
A little more: as many kilowatts as before, so nothing below them runs
  runs    Power
  runs    Kilowatts
The same again: nothing at all
Two edits as one change: still each node once
  runs    Power
  runs    Kilowatts
  runs    Flour
  runs    Lamps
  Lamps   pending
  Lamps   ready
  runs    Report
  Report  390 kg of flour an hour, or 1300 lamps
`);
});
