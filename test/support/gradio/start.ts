/** Starts the app in app.py: `npm run gradio [PORT]` for a person, and for tests as many as they want. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as later } from "node:timers/promises";
import { pythonWithGradio } from "./environment.ts";

/** A running app. */
export interface StartedApp {
  readonly process: ChildProcess;
  /** Where it keeps what it is given and makes. */
  readonly files: string;
  stop(): void;
}

/** Resolves once it answers. @throws Error when it ends before that */
export async function startApp(python: string, ports: readonly number[]): Promise<StartedApp> {
  const files = mkdtempSync(join(tmpdir(), "millrace-gradio-"));
  // A file, not a pipe: the app outlives the test file that started it, and must be able to go on writing.
  const log = join(files, "log");
  const out = openSync(log, "a");
  const env = { ...process.env, GRADIO_TEMP_DIR: files, PYTHONUNBUFFERED: "1", HF_TOKEN: "" };
  const args = [join(import.meta.dirname, "app.py"), ...ports.map(String)];
  const app = spawn(python, args, { env, stdio: ["ignore", out, out], detached: true });
  closeSync(out);
  const stop = () => {
    app.kill("SIGKILL");
    rmSync(files, { recursive: true, force: true });
  };
  while (!readFileSync(log, "utf8").includes("ready\n")) {
    if (app.exitCode !== null) throw new Error(`The Gradio app ended: ${readFileSync(log, "utf8").slice(-2000)}`);
    await later(50);
  }
  return { process: app, files, stop };
}

if (process.argv[1] === import.meta.filename) {
  const port = Number(process.argv[2] ?? 7870);
  const found = await pythonWithGradio();
  if ("why" in found) throw new Error(`There is no Gradio here: ${found.why}`);
  const app = await startApp(found.python, [port, port + 1]);
  console.log(`Everything: http://127.0.0.1:${port}\nBehind a login (miller, grist): http://127.0.0.1:${port + 1}`);
  process.on("SIGINT", app.stop).on("SIGTERM", app.stop);
  await once(app.process, "exit");
}
