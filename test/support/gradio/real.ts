/**
 * The real Gradio app for tests: started by the first test file that wants one, shared by all files of the run, ended after the
 * last (see stop-apps.ts). Where it can't be had, one line says why, and with MILLRACE_REQUIRE_GRADIO set that is an error.
 */
import { randomInt } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as later } from "node:timers/promises";
import { pythonWithGradio } from "./environment.ts";
import { startApp } from "./start.ts";

/** Where the two apps answer. */
export interface RealGradio {
  readonly url: string;
  /** Asks for the login of `miller`, `grist`. */
  readonly guarded: string;
  readonly python: string;
}

/** `undefined` where there is none: then tests that need it are skipped. */
export async function realGradio(): Promise<RealGradio | undefined> {
  const folder = process.env.MILLRACE_TEST_APPS;
  if (folder === undefined)
    throw new Error("MILLRACE_TEST_APPS is not set: test/support/gradio/stop-apps.ts belongs in globalSetup.");
  const told = join(folder, "gradio.json");
  if (first(join(folder, "gradio.lock"))) tell(told, await started());
  for (const until = Date.now() + 700_000; ; ) {
    const answer = answerIn(told);
    if (answer === undefined && Date.now() > until) throw new Error("Nobody has started the Gradio app.");
    if (answer === undefined) await later(100);
    else if ("url" in answer) return answer;
    else if (process.env.MILLRACE_REQUIRE_GRADIO) throw new Error(`There is no Gradio here: ${answer.why}`);
    else return undefined;
  }
}

type Answer = (RealGradio & { readonly pid: number; readonly files: string }) | { readonly why: string };

async function started(): Promise<Answer> {
  const found = await pythonWithGradio();
  if ("why" in found) {
    console.warn(`Skipped: the tests against a real Gradio, because ${found.why}`);
    return found;
  }
  const ports = [await freePort(), await freePort()] as const;
  const app = await startApp(found.python, ports).catch((error: Error) => ({ why: error.message }));
  if ("why" in app) {
    console.warn(`Skipped: the tests against a real Gradio, because ${app.why}`);
    return app;
  }
  app.process.unref();
  const [url, guarded] = ports.map((port) => `http://127.0.0.1:${port}`) as [string, string];
  return { url, guarded, python: found.python, files: app.files, pid: app.process.pid as number };
}

/**
 * A port that nobody has now, nor is given by chance while an app takes its seconds to start: those that are handed out to servers
 * which ask for any, and to whoever connects, lie above.
 */
export async function freePort(): Promise<number> {
  const server = createServer();
  for (;;) {
    const port = randomInt(20_000, 32_000);
    const free = await new Promise<boolean>((known) => {
      server.once("error", () => known(false));
      server.listen(port, "127.0.0.1", () => known(true));
    });
    if (!free) continue;
    await new Promise((closed) => server.close(closed));
    return port;
  }
}

function first(lock: string): boolean {
  try {
    mkdirSync(lock);
    return true;
  } catch {
    return false;
  }
}

/** All at once, so that nobody reads half of it. */
function tell(path: string, answer: Answer): void {
  writeFileSync(`${path}.part`, JSON.stringify(answer));
  renameSync(`${path}.part`, path);
}

function answerIn(path: string): Answer | undefined {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Answer;
  } catch {
    return undefined;
  }
}
