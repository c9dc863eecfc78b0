/** Before a run of the tests: a folder in which its files tell each other of apps that they share. After it: those apps are ended. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export default function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), "millrace-apps-"));
  process.env.MILLRACE_TEST_APPS = folder;
  // What is remembered of apps is no business of whoever runs the tests, and their token none of the tests'.
  process.env.HF_HOME = join(folder, "huggingface");
  return () => {
    try {
      const told = JSON.parse(readFileSync(join(folder, "gradio.json"), "utf8")) as { pid?: number; files?: string };
      if (told.pid !== undefined) process.kill(told.pid, "SIGKILL");
      if (told.files !== undefined) rmSync(told.files, { recursive: true, force: true });
    } catch {
      // Nobody wanted one.
    }
    rmSync(folder, { recursive: true, force: true });
  };
}
