/**
 * Loads the file of an app, TypeScript or JavaScript, through Vite. Inside it `millrace` is this very package, the instance
 * that will serve it: two instances would not know each other's nodes. What is wrong with a file is said so that its author
 * can mend it.
 */
import { existsSync, statSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { stripVTControlCharacters } from "node:util";
import type { Plugin } from "vite";
import { described } from "../engine/failure.ts";
import { Graph } from "../engine/graph.ts";

export type Exports = Readonly<Record<string, unknown>>;

export interface AppFile {
  readonly exports: Exports;
  /** Lets go of the loader: after that the app imports nothing more. */
  close(): Promise<void>;
}

/** What is wrong with an app's file, in words for its author. */
export class AppFileError extends Error {
  override readonly name = "AppFileError";
}

/** @throws AppFileError */
export async function loadApp(path: string, library: Exports): Promise<AppFile> {
  const file = resolve(path);
  if (!existsSync(file) || !statSync(file).isFile()) {
    throw new AppFileError(`There is no file ${path} (looked for ${file}).`);
  }
  // Heavy, and of no use to those who only launch a graph from their own program.
  const { createServer, createServerModuleRunner } = await import("vite");
  const vite = await createServer({
    configFile: false,
    root: dirname(file),
    logLevel: "silent",
    server: { middlewareMode: true, ws: false, watch: null },
    appType: "custom",
    optimizeDeps: { noDiscovery: true },
    plugins: [thisPackage(library)],
  });
  // Its own runner and not `ssrLoadModule`, whose stacks name lines of the compiled text.
  const runner = createServerModuleRunner(vite.environments.ssr, {
    hmr: false,
    sourcemapInterceptor: "prepareStackTrace",
  });
  try {
    return { exports: await runner.import(file), close: () => vite.close() };
  } catch (error) {
    await vite.close();
    throw new AppFileError(loadWords(path, error));
  }
}

/** The graph that an app's file gives. @throws AppFileError */
export function graphOf(path: string, exports: Exports): Graph {
  const { default: main, graph } = exports;
  if (main instanceof Graph) return main;
  if (graph instanceof Graph) return graph;
  const graphs = Object.entries(exports).filter(([, value]) => value instanceof Graph);
  if (graphs.length === 1) return graphs[0]?.[1] as Graph;
  throw new AppFileError(
    `${exportWords(path, exports, graphs.length)}\nWrite: export default new Graph({ name: "My graph", nodes: [...] });`,
  );
}

function exportWords(path: string, exports: Exports, graphs: number): string {
  const named = Object.entries(exports).map(
    ([name, value]) => `${name} (${value instanceof Graph ? "a graph" : described(value)})`,
  );
  if (graphs > 1) return `${path} exports ${graphs} graphs and none as default: ${named.join(", ")}.`;
  if (named.length === 0) return `${path} exports nothing, and no graph was launched in it.`;
  return `${path} exports no graph: ${named.join(", ")}.`;
}

const inside = "\0millrace";
const handed = Symbol.for("millrace.library");

/** Gives an app this package's own exports. */
function thisPackage(library: Exports): Plugin {
  Reflect.set(globalThis, handed, library);
  const names = Object.keys(library).filter((name) => name !== "default");
  return {
    name: "millrace",
    enforce: "pre",
    resolveId: (id) => (id === "millrace" ? inside : undefined),
    load: (id) =>
      id === inside
        ? `const library = globalThis[Symbol.for("millrace.library")];\nexport const { ${names.join(", ")} } = library;`
        : undefined,
  };
}

/** Why a file could not be loaded: a mistake in its text with the lines around it, or what it threw and where. */
function loadWords(path: string, error: unknown): string {
  const { message, frame, loc, stack } = Object(error) as {
    message?: string;
    frame?: string;
    loc?: { file?: string; line: number; column: number };
    stack?: string;
  };
  if (message === undefined) return `${path} threw ${described(error)} while it was loaded.`;
  if (loc) {
    const place = `${loc.file ? relative(process.cwd(), loc.file) : path}:${loc.line}:${loc.column}`;
    return [`${place}: ${message.trim()}`, ...(frame && !message.includes(frame.trim()) ? [frame] : [])].join("\n");
  }
  const words = message.replace(/^Transform failed with \d+ errors?:\s*/, "");
  if (words !== message) return stripVTControlCharacters(words).trim();
  const own = (stack ?? "")
    .split("\n")
    .filter(
      (line) =>
        /^\s+at /.test(line) && !/node:|node_modules|[\\/]dist[\\/]|[\\/]src[\\/](engine|nodes|server)[\\/]/.test(line),
    );
  return [`${path} could not be loaded: ${message}`, ...own.slice(0, 3)].join("\n");
}
