/**
 * A real Gradio, of the version that requirements.txt pins, in a virtual environment under a folder that git ignores: made on first
 * use, and anew when the pin changes. Where Python or its registry is missing, it says why in one line.
 */
import { execFile } from "node:child_process";
import { copyFile, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

const here = import.meta.dirname;
const folder = join(here, "../../../.venv/gradio");
const pins = join(here, "requirements.txt");
const run = promisify(execFile);

/** The Python that has it; or why there is none. */
export async function pythonWithGradio(): Promise<{ readonly python: string } | { readonly why: string }> {
  const python = join(folder, process.platform === "win32" ? "Scripts/python.exe" : "bin/python");
  if (await fresh()) return { python };
  try {
    await rm(folder, { recursive: true, force: true });
    await run("python3", ["-m", "venv", folder], { timeout: 120_000 });
    const pip = [
      "-m",
      "pip",
      "install",
      "--disable-pip-version-check",
      "--quiet",
      "--retries",
      "1",
      "--requirement",
      pins,
    ];
    await run(python, pip, { timeout: 500_000 });
    await copyFile(pins, join(folder, "installed.txt"));
    return { python };
  } catch (error) {
    return { why: lastLine(error) };
  }
}

async function fresh(): Promise<boolean> {
  const installed = await readFile(join(folder, "installed.txt"), "utf8").catch(() => undefined);
  return installed !== undefined && installed === (await readFile(pins, "utf8"));
}

function lastLine(error: unknown): string {
  const { stderr, message } = error as { readonly stderr?: string; readonly message: string };
  const lines = (stderr || message).trim().split("\n");
  return lines.at(-1)?.slice(0, 200) ?? "it could not be installed";
}

/** Makes it ready: `npm run gradio:install`. */
if (process.argv[1] === import.meta.filename) {
  const found = await pythonWithGradio();
  if ("why" in found) throw new Error(`There is no Gradio here: ${found.why}`);
  console.log(found.python);
}
