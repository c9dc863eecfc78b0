/**
 * A real server: the built command line started as a process of its own, on a free port, with a data folder of its own. It can
 * be killed without a word and started again in the same place, and an app that listens can be told what its steps do.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Answer, Command } from "../../src/protocol/command.ts";
import type { View } from "../../src/protocol.ts";

const root = join(import.meta.dirname, "..", "..");
const cli = join(root, "dist", "cli.js");

/** What lets a browser in. */
export interface Pass {
  readonly name: string;
  readonly value: string;
}

/** Serves an app's file; paths are seen from the package's root. */
export async function openHouse(app: string): Promise<House> {
  if (!existsSync(cli)) throw new Error("There is no dist/cli.js: run 'npm run build' first.");
  const house = new House(join(root, app), await mkdtemp(join(tmpdir(), "millrace-house-")));
  await house.start();
  return house;
}

export class House {
  readonly #app: string;
  /** The data folder. */
  readonly folder: string;
  /** All that the server said. */
  said = "";
  /** Where it listens, without a token. */
  origin = "";
  /** The link it printed: it opens the door once. */
  link = "";
  #pass: Pass | undefined;
  #process: ChildProcess | undefined;
  readonly #heard: unknown[] = [];
  readonly #listening = new Set<() => void>();

  constructor(app: string, folder: string) {
    this.#app = app;
    this.folder = folder;
  }

  /** Starts the server, at the same address as before when it ran before. */
  async start(): Promise<void> {
    const port = this.origin === "" ? "0" : new URL(this.origin).port;
    const options = ["--port", port, "--no-open", "--data-dir", this.folder];
    const server = spawn(process.execPath, [cli, this.#app, ...options], {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    this.#process = server;
    this.#heard.length = 0;
    const from = this.said.length;
    for (const stream of [server.stdout, server.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => {
        this.said += text;
        this.#wake();
      });
    }
    server.on("message", (word) => {
      this.#heard.push(word);
      this.#wake();
    });
    const orphan = () => server.kill("SIGKILL");
    process.once("exit", orphan);
    server.on("exit", () => {
      process.off("exit", orphan);
      this.#wake();
    });
    this.link = await this.#until(() => / runs at (\S+)/.exec(this.said.slice(from))?.[1], "a link");
    this.origin = new URL(this.link).origin;
  }

  /** A cookie of this server, won by its link. It outlives the process. */
  async pass(): Promise<Pass> {
    if (this.#pass) return this.#pass;
    const answer = await fetch(this.link, { redirect: "manual" });
    const [, name, value] = /^([^=]+)=([^;]+)/.exec(answer.headers.get("set-cookie") ?? "") ?? [];
    if (!name || !value) throw new Error(`The link was answered ${answer.status} and gave no cookie.`);
    this.#pass = { name, value };
    return this.#pass;
  }

  /** The sheet as the server would show it now. */
  async view(): Promise<View> {
    const { name, value } = await this.pass();
    const answer = await fetch(`${this.origin}/api/sheets/${await this.sheet()}`, {
      headers: { cookie: `${name}=${value}` },
    });
    return ((await answer.json()) as { view: View }).view;
  }

  /** The id of the first sheet. */
  async sheet(): Promise<string> {
    const [first] = await this.sheets();
    if (!first) throw new Error("There is no sheet.");
    return first.id;
  }

  /** All sheets, as the menu lists them. */
  async sheets(): Promise<readonly { readonly id: string; readonly name: string }[]> {
    const { name, value } = await this.pass();
    const answer = await fetch(`${this.origin}/api/sheets`, { headers: { cookie: `${name}=${value}` } });
    return ((await answer.json()) as { sheets: { id: string; name: string }[] }).sheets;
  }

  /** Asks what another browser would ask. */
  async command(command: Command): Promise<Answer> {
    const { name, value } = await this.pass();
    const headers = { cookie: `${name}=${value}`, "content-type": "application/json", "x-millrace": "1" };
    const body = JSON.stringify(command);
    const answer = await fetch(`${this.origin}/api/sheets/${await this.sheet()}/commands`, {
      method: "POST",
      headers,
      body,
    });
    return (await answer.json()) as Answer;
  }

  /** Tells the app's steps what to do. */
  tell(word: object): void {
    this.#process?.send(word);
  }

  /** Waits for a word of the app that has all of these, and takes it: the next wait is for another. */
  async hears(wanted: Readonly<Record<string, unknown>>): Promise<Readonly<Record<string, unknown>>> {
    return this.#until(() => {
      const at = this.#heard.findIndex((word) =>
        Object.entries(wanted).every(([key, value]) => (word as Record<string, unknown>)[key] === value),
      );
      return at < 0 ? undefined : (this.#heard.splice(at, 1)[0] as Record<string, unknown>);
    }, JSON.stringify(wanted));
  }

  /** Ends the process as a power cut would. */
  async kill(): Promise<void> {
    await this.#end("SIGKILL");
  }

  async close(): Promise<void> {
    await this.#end("SIGTERM");
    await rm(this.folder, { recursive: true, force: true });
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const server = this.#process;
    this.#process = undefined;
    if (!server || server.exitCode !== null || server.signalCode !== null) return;
    const exit = once(server, "exit");
    server.kill(signal);
    await exit;
  }

  async #until<T>(look: () => T | undefined, what: string): Promise<T> {
    for (;;) {
      const seen = look();
      if (seen !== undefined) return seen;
      const server = this.#process;
      if (!server || server.exitCode !== null)
        throw new Error(`The server ended before it gave ${what}:\n${this.said}`);
      await new Promise<void>((resolve) => this.#listening.add(resolve));
    }
  }

  #wake(): void {
    for (const resolve of this.#listening) resolve();
    this.#listening.clear();
  }
}
