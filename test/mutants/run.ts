/** Seeds every mutant in a copy of the project and runs the tests that must find it. Prints a table, and fails if one lives. */
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { mutants } from "./mutants.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const copy = mkdtempSync(join(tmpdir(), "millrace-mutants-"));
let alive = 0;

try {
  for (const name of ["src", "test", "package.json", "tsconfig.base.json", "tsconfig.json", "vitest.config.ts"])
    cpSync(join(root, name), join(copy, name), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
  for (const mutant of mutants) {
    const path = join(copy, mutant.file);
    const sound = readFileSync(path, "utf8");
    if (!sound.includes(mutant.find)) {
      alive++;
      console.log(`${mutant.name}: the place to seed it is not in ${mutant.file} any more`);
      continue;
    }
    writeFileSync(
      path,
      sound.replace(mutant.find, () => mutant.put),
    );
    const killer = mutant.killers.find((file) => fails(file));
    writeFileSync(path, sound);
    if (killer === undefined) alive++;
    console.log(`${mutant.name.padEnd(44)}${killer === undefined ? "LIVES" : `killed by ${killer}`}`);
  }
} finally {
  rmSync(copy, { recursive: true, force: true });
}
console.log(`${mutants.length - alive} of ${mutants.length} killed`);
process.exitCode = alive === 0 ? 0 : 1;

function fails(file: string): boolean {
  const run = spawnSync("npx", ["vitest", "run", file], {
    cwd: copy,
    env: { ...process.env, MILLRACE_SEQUENCES: process.env.MILLRACE_SEQUENCES ?? "1000" },
    timeout: 300_000,
  });
  return run.status !== 0;
}
