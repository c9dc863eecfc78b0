/**
 * Live numbers: a graph in code alone, without a server. It changes some inputs and prints what recomputes, and what does not.
 *
 * In this repository: `node --conditions=millrace-source --import tsx examples/02-live-numbers/app.ts`
 *
 *     flow, drop -> Power -> Kilowatts -> Flour -> Report
 *                                      -> Lamps -/
 */
import { setImmediate as later } from "node:timers/promises";
import { FnNode, Graph, InputNode, ui } from "millrace";

const stream = new InputNode({
  name: "Stream",
  ports: { flow: ui.number({ label: "Litres a second", value: 400 }), drop: ui.number({ label: "Metres", value: 3 }) },
});
const power = new FnNode(({ flow, drop }) => flow * drop * 9.81, {
  name: "Power",
  inputs: { flow: stream.outputs.flow, drop: stream.outputs.drop },
  outputs: { watts: ui.number() },
});
const kilowatts = new FnNode(({ watts }) => Math.round(watts / 1000), {
  name: "Kilowatts",
  inputs: { watts: power.outputs.watts },
  outputs: { kilowatts: ui.number() },
});
const flour = new FnNode(({ kilowatts }) => kilowatts * 30, {
  name: "Flour",
  inputs: { kilowatts: kilowatts.outputs.kilowatts },
  outputs: { kilograms: ui.number() },
});
const lamps = new FnNode(
  async ({ kilowatts }) => {
    await later(); // a node may take its time: Report waits for it, and never sees an old and a new number together
    return kilowatts * 100;
  },
  { name: "Lamps", inputs: { kilowatts: kilowatts.outputs.kilowatts }, outputs: { count: ui.number() } },
);
const report = new FnNode(({ kilograms, count }) => `${kilograms} kg of flour an hour, or ${count} lamps`, {
  name: "Report",
  inputs: { kilograms: flour.outputs.kilograms, count: lamps.outputs.count },
  outputs: { text: ui.textbox() },
});

const sheet = new Graph({ name: "Live numbers", nodes: [report] }).sheet();

await step("The sheet opens: Lamps is still at work", () => {
  // Everything that happens, as it happens: here, which node runs.
  sheet.events$.subscribe((event) => {
    if (event.kind === "run-started") console.log(`  runs    ${event.run.node}`);
  });
  // Every signal of a port, the present one first: the value, and how far to believe it.
  sheet.signal$(lamps.outputs.count).subscribe((signal) => console.log(`  Lamps   ${signal.kind}`));
  // Values alone, and only when they have changed.
  sheet.value$(report.outputs.text).subscribe((text) => console.log(`  Report  ${text}`));
});
await step("More water: everything below runs, each node once", () => sheet.set(stream.inputs.flow, 500));
await step("A little more: as many kilowatts as before, so nothing below them runs", () =>
  sheet.set(stream.inputs.flow, 505),
);
await step("The same again: nothing at all", () => sheet.set(stream.inputs.flow, 505));
await step("Two edits as one change: still each node once", () =>
  sheet.batch(() => {
    sheet.set(stream.inputs.flow, 300);
    sheet.set(stream.inputs.drop, 4.5);
  }),
);
sheet.close();

async function step(title: string, edit: () => void): Promise<void> {
  console.log(title);
  edit();
  await sheet.settled();
}
