/** Kills a process at a random moment, again and again, and compares what it finds with what it had acknowledged. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { build } from "vite";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");

/** The process's program in one file, so that it starts in no time. */
export async function programOf(entry: string): Promise<string> {
  const outDir = await mkdtemp(join(tmpdir(), "millrace-kill-"));
  await build({
    root,
    configFile: false,
    logLevel: "error",
    ssr: { noExternal: true },
    resolve: { conditions: ["millrace-source"] },
    build: {
      ssr: join(root, entry),
      outDir,
      emptyOutDir: false,
      minify: false,
      target: "node20",
      rollupOptions: { output: { entryFileNames: "app.mjs" } },
    },
  });
  return join(outDir, "app.mjs");
}

export interface Opened {
  readonly n: number;
  readonly double: number;
  readonly fields: readonly number[];
  readonly known: readonly number[];
  readonly picture: number | null | undefined;
  readonly notices: readonly string[];
  /** Milliseconds of a processor that it took to get there. */
  readonly worked: number;
}

/** One life of the process. */
export class Life {
  readonly process: ChildProcess;
  tried = 0;
  saved = 0;
  readonly opened: Promise<{ readonly found: Opened; readonly after: number }>;
  readonly ended: Promise<void>;
  errors = "";
  readonly #onSaved: (() => void)[] = [];

  constructor(program: string, ...args: string[]) {
    const began = performance.now();
    this.process = spawn(process.execPath, [program, ...args], { stdio: ["ignore", "pipe", "pipe"] });
    this.process.stderr?.on("data", (data) => {
      this.errors += data;
    });
    this.ended = new Promise((resolve) => this.process.on("close", () => resolve()));
    this.opened = new Promise((resolve, reject) => {
      createInterface({ input: this.process.stdout! }).on("line", (line) => {
        const [word = "", rest = ""] = [line.slice(0, line.indexOf(" ")), line.slice(line.indexOf(" ") + 1)];
        if (word === "opened") resolve({ found: JSON.parse(rest), after: performance.now() - began });
        if (word === "try") this.tried = Number(rest);
        if (word !== "saved") return;
        this.saved = Number(rest);
        for (const tell of this.#onSaved.splice(0)) tell();
      });
      void this.ended.then(() => reject(new Error(`It ended before it had opened: ${this.errors}`)));
    });
  }

  nextSaved(): Promise<void> {
    return new Promise((resolve) => this.#onSaved.push(resolve));
  }

  /** At once; what it had said by then is heard. */
  async kill(): Promise<void> {
    this.process.kill("SIGKILL");
    await this.ended;
  }
}
