/**
 * The process that is killed: it starts the server of its graph, opens its one sheet, says what it found, and edits and runs as fast as it can until it is
 * killed. Lines on its standard output: `opened <json>`, `try <n>` before an edit, `saved <n>` once it was acknowledged.
 */
import { writeSync } from "node:fs";
import { Graph } from "../../src/engine/graph.ts";
import { FileRef } from "../../src/nodes/file-ref.ts";
import { FnNode } from "../../src/nodes/fn.ts";
import { InputNode } from "../../src/nodes/input.ts";
import { ui } from "../../src/nodes/ui.ts";
import { sheetsOf } from "../../src/persist/sheets.ts";
import { launch } from "../../src/server/launch.ts";

const [dataDir = "", manner = "steps"] = process.argv.slice(2);
const say = (line: string) => writeSync(1, `${line}\n`);

const fields = Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`f${i}`, ui.number({ value: 0 })]));
const form = new InputNode({ name: "Form", ports: fields });
const double = new FnNode(({ n }: { n: number }) => n * 2, {
  name: "Double",
  inputs: { n: ui.number({ value: 0 }) },
  outputs: { d: ui.number() },
});
const later = new FnNode(async ({ d }: { d: number }) => `later ${d}`, {
  name: "Later",
  inputs: { d: double.outputs.d },
  outputs: { text: ui.textbox() },
});
const show = new FnNode(({ picture }: { picture: FileRef }) => picture, {
  name: "Show",
  inputs: { picture: ui.image() },
  outputs: { picture: ui.image() },
});
const graph = new Graph({ name: "Killed", nodes: [form, later, show] });

const server = await launch(
  graph,
  { dataDir, port: 0, open: false },
  { env: {}, terminal: false, say: () => undefined },
);
const [entry] = await server.sheets.list();
const sheet = await server.sheets.open(entry?.id ?? "");
// The very same sheets, with what the canvas is told of them.
const sheets = await sheetsOf(graph, { dataDir });
const notices: string[] = [];
sheets.notices$.subscribe(({ message }) => notices.push(message));
const open = await sheets.openKept(sheet.id);

const n = sheet.value(double.inputs.n) ?? 0;
const picture = sheet.value(show.outputs.picture);
const bytes = picture && (await picture.bytes().catch(() => undefined));
say(
  `opened ${JSON.stringify({
    n,
    double: sheet.value(double.outputs.d),
    fields: Object.values(form.inputs).map((port) => sheet.value(port as never)),
    known: sheet
      .history(double)
      .slice(-50)
      .map(({ inputs }) => inputs.n),
    picture: picture ? bytes?.[0] : null,
    notices,
    worked: (process.cpuUsage().user + process.cpuUsage().system) / 1000,
  })}`,
);

if (manner === "fields") {
  // 50 edits in 10 fields within 400 ms, and nobody waits for any of them.
  for (let i = 1; i <= 50; i++) {
    sheet.set(Object.values(form.inputs)[i % 10] as never, i as never);
    await new Promise((resolve) => setTimeout(resolve, 7));
  }
  open.saving$.subscribe(({ kind }) => {
    if (kind === "saved") say("saved 50");
  });
} else {
  for (let next = n + 1; ; next++) {
    say(`try ${next}`);
    sheet.set(double.inputs.n, next);
    if (next % 10 === 0)
      sheet.set(
        show.inputs.picture,
        await FileRef.fromBytes(new Uint8Array(20_000).fill(next % 251), { type: "image/png" }),
      );
    if (next % 7 === 0) sheet.pin(later.outputs.text, `pinned ${next}`);
    if (next % 7 === 3) sheet.unpin(later.outputs.text);
    await sheet.saved();
    say(`saved ${next}`);
  }
}
