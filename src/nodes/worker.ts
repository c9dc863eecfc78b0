/**
 * `FnNode.inWorker`: a function whose work is done in a thread, away from the event loop. Its parameters are read from the
 * function itself, as any node's are; that its file exists is seen while wiring, that the file exports it on the first run.
 * Threads need Node: they are loaded on the first run, so that this file also loads in a page.
 */
import { GraphError } from "../engine/graph-error.ts";
import type { RunContext } from "../engine/run.ts";
import { noThreads } from "./no-threads.ts";
import { onNode } from "./on-node.ts";

type Inputs = Readonly<Record<string, unknown>>;
type Work = (inputs: Inputs, context: RunContext) => unknown;

const example = 'FnNode.inWorker(grind, new URL("./grind.ts", import.meta.url), { ... })';

/** What calls `fn` in a thread. @throws GraphError for a function without a name, or a module that is no file */
export function inWorker(fn: Work, module: URL, options: { readonly outputs: object }): Work {
  if (typeof fn !== "function" || fn.name === "") {
    const what = typeof fn === "function" ? "a function without a name" : "no function";
    throw new GraphError(
      "wrong-type",
      `FnNode.inWorker is given ${what}; it takes one that a module exports: ${example}.`,
    );
  }
  checkModule(fn.name, module);
  // What Vite calls a function that is exported as default and has no name.
  const name = fn.name === "__vite_ssr_export_default__" ? "default" : fn.name;
  const place = { module: module.href, name };
  return async function* (inputs, context) {
    errands ??= loaded();
    const { errand } = await errands;
    return yield* errand({ ...place, outputs: Object.keys(options.outputs) }, inputs, context);
  };
}

/** Kept, for a loader of TypeScript is asked anew for each `import`. */
let errands: Promise<typeof import("./worker-errand.ts")> | undefined;

/** Not by name: what bundles this file for a page would take along threads that no page has. */
function loaded(): Promise<typeof import("./worker-errand.ts")> {
  const here = import.meta.url;
  return import(/* @vite-ignore */ new URL(`./worker-errand${here.slice(here.lastIndexOf("."))}`, here).href);
}

function checkModule(name: string, module: unknown): void {
  if (!(module instanceof URL) || module.protocol !== "file:") {
    const given = module instanceof URL ? module.href : typeof module;
    throw new GraphError(
      "wrong-type",
      `FnNode.inWorker needs the URL of the file that exports '${name}', and is given ${given}: ${example}.`,
    );
  }
  const fs = onNode("node:fs", noThreads);
  const { fileURLToPath } = onNode("node:url", noThreads);
  const { basename, dirname, extname } = onNode("node:path", noThreads);
  const file = fileURLToPath(module);
  if (fs.existsSync(file) && fs.statSync(file).isFile()) return;
  const folder = dirname(file);
  const beside = fs.existsSync(folder) ? fs.readdirSync(folder).filter((other) => modules.has(extname(other))) : [];
  throw new GraphError("wrong-type", `There is no file ${file}, from which '${name}' is to run in a thread.`, {
    known: beside,
    meant: basename(file),
  });
}

const modules: ReadonlySet<string> = new Set([".js", ".mjs", ".cjs", ".ts", ".mts", ".cts", ".jsx", ".tsx"]);
