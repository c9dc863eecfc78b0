/**
 * Seeds every mutant in a copy of the project and runs the tests that must find it: one after the other, until one fails. Prints a
 * table, and fails if a mutant lives. Words given to it choose among the mutants: `npm run mutants -- zips "frees a place"`.
 */
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { mutants } from "./mutants.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const words = process.argv.slice(2);
const chosen = mutants.filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)));
const copy = mkdtempSync(join(tmpdir(), "millrace-mutants-"));
let killed = 0;
let unsound = 0;

// The first failure will do: a mutant's stories need not be made small.
const setup = `import * as fc from "fast-check";
fc.configureGlobal({ ...fc.readConfigureGlobal(), endOnFailure: true });
`;
const config = `import { defineConfig } from "vitest/config";
export default defineConfig({
  resolve: { conditions: ["millrace-source"] },
  ssr: { resolve: { conditions: ["millrace-source"] } },
  test: { setupFiles: ["./setup.ts"], testTimeout: 120_000, maxWorkers: 1, bail: 1 },
});
`;

try {
  for (const name of ["src", "test", "package.json", "tsconfig.base.json", "tsconfig.json"])
    cpSync(join(root, name), join(copy, name), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
  writeFileSync(join(copy, "setup.ts"), setup);
  writeFileSync(join(copy, "vitest.config.ts"), config);
  for (const file of new Set(chosen.flatMap(({ killers }) => killers))) {
    const failing = found(file);
    if (failing === undefined) continue;
    unsound++;
    console.log(`${file} fails though nothing is seeded: ${failing}`);
  }
  for (const mutant of chosen) {
    const path = join(copy, mutant.file);
    const sound = readFileSync(path, "utf8");
    if (!sound.includes(mutant.find)) {
      console.log(`${mutant.name}: the place to seed it is not in ${mutant.file} any more`);
      continue;
    }
    writeFileSync(
      path,
      sound.replace(mutant.find, () => mutant.put),
    );
    const killer = mutant.killers.map((file) => ({ file, by: found(file) })).find(({ by }) => by);
    writeFileSync(path, sound);
    if (killer) killed++;
    console.log(`| ${mutant.name} | ${killer ? `${killer.by} (${killer.file.replace("test/", "")})` : "LIVES"} |`);
  }
} finally {
  rmSync(copy, { recursive: true, force: true });
}
console.log(`${killed} of ${chosen.length} killed`);
process.exitCode = killed === chosen.length && unsound === 0 ? 0 : 1;

/** The test of a file that fails, or that it never ends. A file that cannot even be read has tested nothing. */
function found(file: string): string | undefined {
  const run = spawnSync("npx", ["vitest", "run", file, "--reporter=json"], {
    cwd: copy,
    encoding: "utf8",
    timeout: 300_000,
  });
  if (run.status === 0) return undefined;
  const failed = /"fullName":"((?:[^"\\]|\\.)*)","status":"failed"/.exec(run.stdout);
  if (failed === null && run.signal === null) throw new Error(`${file} cannot be read:\n${run.stdout}${run.stderr}`);
  return failed?.[1]?.trim() ?? "it does not come to an end";
}
