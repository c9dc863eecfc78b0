/** Remembered revisions in a file of the data folder, each graph's by its name. A damaged file is set aside and said, never wiped. */
import type { RevisionStore, Revisions } from "./hub-revisions.ts";

type All = Readonly<Record<string, Revisions>>;

/** The revisions of one graph in the file at `path`. */
export function revisionFile(path: string, graph: string, say: (line: string) => void): RevisionStore {
  return {
    read: async () => (await readAll(path, say))[graph] ?? {},
    write: async (revisions) => writeAll(path, { ...(await readAll(path, say)), [graph]: revisions }),
  };
}

async function readAll(path: string, say: (line: string) => void): Promise<All> {
  const { readFile, rename } = process.getBuiltinModule("node:fs").promises;
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "{}";
    throw error;
  });
  const all = parsed(text);
  if (all) return all;
  const aside = `${path}.damaged-${Date.now()}`;
  await rename(path, aside);
  say(`The file of remembered revisions was damaged; it is set aside as ${aside}.`);
  return {};
}

function parsed(text: string): All | undefined {
  try {
    const all: unknown = JSON.parse(text);
    const graphs = typeof all === "object" && all !== null && !Array.isArray(all) ? Object.values(all) : [undefined];
    const sound = graphs.every((graph) => typeof graph === "object" && graph !== null);
    return sound ? (all as All) : undefined;
  } catch {
    return undefined;
  }
}

async function writeAll(path: string, all: All): Promise<void> {
  const { mkdir, open, rename } = process.getBuiltinModule("node:fs").promises;
  const { dirname } = process.getBuiltinModule("node:path");
  await mkdir(dirname(path), { recursive: true });
  const unfinished = `${path}.${process.pid}`;
  const file = await open(unfinished, "w", 0o600);
  try {
    await file.writeFile(`${JSON.stringify(all, null, 2)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(unfinished, path);
}
