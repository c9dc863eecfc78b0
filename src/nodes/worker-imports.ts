/**
 * Finds a module's function in a thread. Node imports the module itself, if it can; TypeScript that it cannot read comes
 * translated by Vite from a thread that all share, so that a thread begun anew after a stop pays little for it.
 */
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import type { MessagePort } from "node:worker_threads";
import type { ModuleRunner, ModuleRunnerTransport } from "vite/module-runner";
import { FailureError } from "../engine/failure.ts";
import { nearest } from "../engine/graph-error.ts";
import type { RunContext } from "../engine/run.ts";
import type { ThreadEnd } from "./worker-context.ts";
import type { Asked, Translated } from "./worker-modules.ts";
import type { Place } from "./worker-talk.ts";

type Work = (inputs: unknown, context: RunContext) => unknown;
type Exports = Readonly<Record<string, unknown>>;

/** @throws FailureError when the module exports no such function */
export async function exported({ module, name }: Place, end: ThreadEnd): Promise<Work> {
  const exports = known.get(module) ?? (await imported(module, end));
  known.set(module, exports);
  const functions = Object.entries(exports).filter(([, value]) => typeof value === "function") as [string, Work][];
  // Under another name, or as default, it is still the function that calls itself so.
  const found = functions.find(([key]) => key === name) ?? functions.find(([, value]) => value.name === name);
  if (found) return found[1];
  throw new FailureError(noFunction(fileURLToPath(module), name, functions));
}

function noFunction(file: string, name: string, functions: readonly [string, Work][]) {
  const known = functions.map(([key]) => key);
  const meant = nearest(name, known);
  const message = `${file} exports no function '${name}'. There is: ${known.map((key) => `'${key}'`).join(", ") || "none"}.`;
  const advice = `${meant ? `Did you mean '${meant}'? ` : ""}Export it there: export function ${name}(inputs, run) { ... }`;
  return { reason: "threw", error: new Error(message), message, advice } as const;
}

/** Kept here too: a loader of TypeScript is asked anew for each `import`, which costs more than most messages. */
const known = new Map<string, Exports>();

async function imported(module: string, end: ThreadEnd): Promise<Exports> {
  try {
    return (await import(/* @vite-ignore */ module)) as Exports;
  } catch (error) {
    if (!foreign.has((error as { code?: unknown } | null)?.code)) throw error;
  }
  runner ??= await runnerBy(end);
  return runner.import(fileURLToPath(module));
}

/** How Node says that it does not read what it was given. What it does not find may be there for Vite: an import without an ending. */
const foreign: ReadonlySet<unknown> = new Set([
  "ERR_MODULE_NOT_FOUND",
  "ERR_UNSUPPORTED_DIR_IMPORT",
  "ERR_UNKNOWN_FILE_EXTENSION",
  "ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX",
  "ERR_UNSUPPORTED_NODE_MODULES_TYPE_STRIPPING",
]);

/** One for the thread's life: it remembers what it has imported. */
let runner: ModuleRunner | undefined;

async function runnerBy(end: ThreadEnd): Promise<ModuleRunner> {
  const word = await end.ask({ kind: "translate" });
  if (word.kind !== "translator") throw new Error("Nothing translates modules here.");
  const { ModuleRunner, ESModulesEvaluator, createNodeImportMeta } = await import("vite/module-runner");
  return new ModuleRunner(
    {
      hmr: false,
      sourcemapInterceptor: "prepareStackTrace",
      createImportMeta: createNodeImportMeta,
      transport: { invoke: translationBy(word.port) },
    },
    new ESModulesEvaluator(),
  );
}

/** Asks Vite over a port, which keeps neither side alive. */
function translationBy(port: MessagePort): NonNullable<ModuleRunnerTransport["invoke"]> {
  const waiting = new Map<number, (answer: Translated["answer"]) => void>();
  let count = 0;
  port.on("message", ({ id, answer }: Translated) => {
    waiting.get(id)?.(answer);
    waiting.delete(id);
  });
  const over = { error: { message: "What translates TypeScript has ended." } };
  let closed = false;
  port.on("close", () => {
    closed = true;
    // The next errand asks for another.
    runner = undefined;
    for (const answer of waiting.values()) answer(over);
  });
  port.unref();
  return (payload) => {
    if (isMillrace(payload)) return Promise.resolve({ result: { externalize: millrace, type: "module" } });
    if (closed) return Promise.resolve(over);
    return new Promise((resolve) => {
      const id = ++count;
      waiting.set(id, resolve);
      port.postMessage({ id, payload } satisfies Asked);
    });
  };
}

/** This package itself, as Node has imported it here: a second copy would not know a `FileRef` of ours. */
const millrace = new URL(`../index${extname(import.meta.url)}`, import.meta.url).href;

function isMillrace(payload: Parameters<NonNullable<ModuleRunnerTransport["invoke"]>>[0]): boolean {
  const { name, data } = (payload as { data?: { name?: string; data?: readonly unknown[] } }).data ?? {};
  return name === "fetchModule" && /^(\/@id\/__x00__|\0)millrace$/.test(String(data?.[0]));
}
