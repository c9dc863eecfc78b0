/** `millrace sheets`: what is kept in the data folder, without starting any app. */
import { openAsBlob } from "node:fs";
import { writeFile } from "node:fs/promises";
import type { Command } from "commander";
import { dataDirOf } from "../persist/data-dir.ts";
import { empty, type FolderLine, linesOf, putIn, takeOut } from "../persist/whole-folder.ts";

interface Where {
  readonly dataDir?: string;
}

/** Adds the commands; each asks where the data is. */
export function addSheets(program: Command, where: () => Where): void {
  const folder = () => dataDirOf(where().dataDir);
  const sheets = program
    .command("sheets")
    .description("lists the saved sheets: id, size, when, graph, user, name")
    .action(async () => {
      const lines = await linesOf(folder());
      console.log(lines.length === 0 ? `No sheets in ${folder()}.` : tableOf(lines));
    });
  sheets
    .command("export")
    .description("writes one sheet, with all its runs and files, to one file")
    .argument("<id>", "the sheet, or the first letters of its id")
    .argument("[file]", "where to (default: the sheet's id with .millrace)")
    .action(async (id: string, file = `${id}.millrace`) => {
      const bytes = Buffer.from(await (await takeOut(folder(), id)).arrayBuffer());
      await writeFile(file, bytes, { mode: 0o600, flag: "wx" });
      console.log(`${file}: ${sizeIn(bytes.length)}`);
    });
  sheets
    .command("import")
    .description("adds a sheet that was exported")
    .argument("<file>")
    .action(async (file: string) => {
      const { id, name } = await putIn(folder(), await openAsBlob(file));
      console.log(`${name}: ${id}`);
    });
}

/** Deletes all sheets, or those of one graph, and says so. */
export async function deleteSheets(where: Where, key?: string): Promise<void> {
  const folder = dataDirOf(where.dataDir);
  const gone = await empty(folder, key);
  const whose = key === undefined ? "" : ` of ${key}`;
  console.log(`Deleted ${gone} ${gone === 1 ? "sheet" : "sheets"}${whose} from ${folder}.`);
}

function tableOf(lines: readonly FolderLine[]): string {
  const cells = lines.map(({ id, name, key, user, updated, size }) => [
    id,
    sizeIn(size),
    updated.toISOString().slice(0, 16).replace("T", " "),
    key,
    user,
    name,
  ]);
  const widths = (cells[0] ?? []).map((_, i) => Math.max(...cells.map((row) => (row[i] ?? "").length)));
  return cells
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

export function sizeIn(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  let [size, unit] = [bytes, 0];
  while (size >= 1000 && unit < units.length - 1) [size, unit] = [size / 1000, unit + 1];
  return `${unit === 0 || size >= 100 ? Math.round(size) : size.toFixed(1)} ${units[unit]}`;
}
