#!/usr/bin/env node
/** `millrace app.ts`: loads an app's file, launches its graph and says where. */
import { readFileSync } from "node:fs";
import { Command, InvalidArgumentError } from "commander";
import * as library from "./index.ts";
import { AppFileError, graphOf, loadApp } from "./server/app-file.ts";
import { type LaunchOptions, launch, launched, type Server } from "./server/launch.ts";

interface Flags {
  readonly host?: string;
  readonly port?: number;
  readonly open?: boolean;
  readonly dataDir?: string;
}

const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
  version: string;
};

const program = new Command("millrace")
  .description("Runs the graph of an app on a living canvas in your browser.")
  .argument("<app>", "the app's file, .ts or .js, that exports a Graph")
  .option("--host <address>", "address to listen on (default: GRADIO_SERVER_NAME, else 127.0.0.1)")
  .option("--port <number>", "port to listen on (default: GRADIO_SERVER_PORT, else 7860 or the next free one)", portOf)
  .option("--open", "open the browser (default: on a terminal)")
  .option("--no-open", "do not open the browser")
  .option("--data-dir <folder>", "where data is kept (default: MILLRACE_DATA_DIR, else the platform's data folder)")
  .version(version)
  .action(run);

try {
  await program.parseAsync();
} catch (error) {
  console.error(error instanceof AppFileError || launchMistake(error) ? error.message : error);
  process.exit(1);
}

async function run(path: string, flags: Flags): Promise<void> {
  const app = await loadApp(path, library);
  // A file that launches its graph itself has done so while it was loaded.
  if (launched()) return;
  const options: LaunchOptions = { ...flags };
  const server = await launch(graphOf(path, app.exports), options);
  if (process.stdin.isTTY && process.stdout.isTTY) freshLinks(server);
}

/** Every link works once: Enter asks for another. */
function freshLinks(server: Server): void {
  console.log("Press Enter for a fresh link, Ctrl+C to stop.");
  process.stdin.on("data", () => console.log(server.url));
}

function portOf(text: string): number {
  const port = Number(text);
  if (text.trim() !== "" && Number.isInteger(port) && port >= 0 && port <= 65535) return port;
  throw new InvalidArgumentError("A port is a whole number from 0 to 65535.");
}

/** What the server says of an address that it cannot have is for people; anything else keeps its stack. */
function launchMistake(error: unknown): error is Error {
  return (
    error instanceof Error && /^(Ports? |A port |This machine |Cannot listen |The data folder )/.test(error.message)
  );
}
