/**
 * What was known last of each app, on disk under the Hugging Face cache folder, so that a mistake shows while a graph is wired and
 * before anything is asked of anybody. It is only ever a memory: what does not fit is forgotten with the next look at the app.
 */
import { hubFolder } from "../remote-token.ts";
import type { Api } from "./api.ts";

export interface CachedApi {
  readonly source: string;
  readonly api: Api;
  /** Milliseconds since it was looked at. */
  readonly age: number;
}

/** One file for each app, and inside it which revision it is of. */
export function fileOf(source: string): string {
  const { join } = process.getBuiltinModule("node:path");
  const { createHash } = process.getBuiltinModule("node:crypto");
  const words = source
    .replace(/^https?:\/\//, "")
    .replace(/[^\w.-]+/g, "--")
    .slice(0, 80);
  const digest = createHash("sha256").update(source).digest("hex").slice(0, 12);
  return join(hubFolder(), "millrace", "apps", `${words}--${digest}.json`);
}

/** At once: a graph is wired without waiting. */
export function cachedApi(source: string, now = Date.now()): CachedApi | undefined {
  const { readFileSync, statSync } = process.getBuiltinModule("node:fs");
  try {
    const path = fileOf(source);
    const kept = JSON.parse(readFileSync(path, "utf8")) as { readonly source: string; readonly api: Api };
    if (kept.source !== source || !Array.isArray(kept.api.endpoints)) return undefined;
    return { ...kept, age: now - statSync(path).mtimeMs };
  } catch {
    return undefined;
  }
}

/** Best effort: an app is called just as well when nothing can be kept. */
export async function keepApi(source: string, api: Api): Promise<void> {
  const { mkdir, rename, writeFile } = process.getBuiltinModule("node:fs").promises;
  const { dirname } = process.getBuiltinModule("node:path");
  const path = fileOf(source);
  const unfinished = `${path}.${process.pid}.${Math.random().toString(36).slice(2)}`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(unfinished, JSON.stringify({ source, api }), { mode: 0o600 });
    await rename(unfinished, path);
  } catch {
    // The next process asks the app itself.
  }
}

/** Forgets an app, so that the next process asks it anew. */
export function forgetApi(source: string): void {
  const { rmSync } = process.getBuiltinModule("node:fs");
  try {
    rmSync(fileOf(source), { force: true });
  } catch {
    // It is read-only then, and will be found wrong again.
  }
}
