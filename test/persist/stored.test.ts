/** Folders that past versions have written, opened by this one. A new version of what is on disk adds a folder here; none is ever changed. */
import { cp, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { sheetVersion } from "../../src/persist/schema.ts";
import { storedApp } from "../support/persist-stored-app.ts";

const stored = join(import.meta.dirname, "stored");

test("there is a folder of every version", async () => {
  const versions = Array.from({ length: sheetVersion }, (_, i) => `v${i + 1}`);
  expect((await readdir(stored)).sort()).toEqual(versions);
});

test.each(Array.from({ length: sheetVersion }, (_, i) => i + 1))(
  "[D2] a folder of version %i opens as it was left",
  async (version) => {
    const dataDir = await mkdtemp(join(tmpdir(), "millrace-stored-"));
    await cp(join(stored, `v${version}`), dataDir, { recursive: true });
    const app = storedApp();
    const sheets = await app.graph.sheets({ dataDir });
    const [entry] = await sheets.list();
    expect(entry?.name).toBe("Kept");
    const sheet = await sheets.open(entry!.id);
    expect(sheet.value(app.split.inputs.text)).toBe("mill bad race water");
    expect(sheet.value(app.voice.outputs.text)).toBe("MILL!RACE!WATER!");
    expect(sheet.signal(app.quiet.outputs.text)).toMatchObject({ kind: "ready", value: "quiet please", pinned: true });
    expect(sheet.signal(app.approve.outputs.output).kind).toBe("pending");
    expect(
      sheet
        .history(app.upper)
        .map(({ outcome }) => outcome)
        .filter((one) => one === "failed"),
    ).toHaveLength(1);
    expect(Buffer.from(await sheet.value(app.show.outputs.picture)!.bytes())).toEqual(Buffer.alloc(300, 7));
    expect(sheet.history(app.split)).toHaveLength(3);
    sheet.answer(app.approve, true);
    expect(sheet.value(app.approve.outputs.output)).toBe("MILL!RACE!WATER!");
    await sheets.close();
    const written = await readFile(join(dataDir, "sheets", entry!.id, "sheet.json"), "utf8");
    expect(written).toContain(`{"version":${sheetVersion},`);
    await rm(dataDir, { recursive: true });
  },
);
