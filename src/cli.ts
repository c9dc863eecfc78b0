#!/usr/bin/env node
/** `millrace app.ts`: loads an app's file, launches its graph and says where. */
import { readFileSync } from "node:fs";
import { Command, InvalidArgumentError } from "commander";
import { addSheets, deleteSheets } from "./cli/sheets.ts";
import * as library from "./index.ts";
import { AppFileError, graphOf, loadApp } from "./server/app-file.ts";
import { type LaunchOptions, launch, launched, type Server } from "./server/launch.ts";

interface Flags {
  readonly host?: string;
  readonly port?: number;
  readonly open?: boolean;
  readonly dataDir?: string;
  readonly deleteSheets?: boolean;
}

const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
  version: string;
};

const program = new Command("millrace")
  .description("Runs the graph of an app on a living canvas in your browser.")
  .argument("[app]", "the app's file, .ts or .js, that exports a Graph")
  .option("--host <address>", "address to listen on (default: GRADIO_SERVER_NAME, else 127.0.0.1)")
  .option("--port <number>", "port to listen on (default: GRADIO_SERVER_PORT, else 7860 or the next free one)", portOf)
  .option("--open", "open the browser (default: on a terminal)")
  .option("--no-open", "do not open the browser")
  .option("--data-dir <folder>", "where data is kept (default: MILLRACE_DATA_DIR, else the platform's data folder)")
  .option("--delete-sheets", "delete all saved sheets, those of the app alone where one is given, and stop")
  .version(version)
  .action(run);
addSheets(program, () => program.opts<Flags>());

try {
  await program.parseAsync();
} catch (error) {
  console.error(error instanceof AppFileError || launchMistake(error) || storageMistake(error) ? error.message : error);
  process.exit(1);
}

async function run(path: string | undefined, flags: Flags): Promise<void> {
  if (path === undefined && flags.deleteSheets) return deleteSheets(flags);
  if (path === undefined) return program.help({ error: true });
  const app = await loadApp(path, library);
  // A file that launches its graph itself has done so while it was loaded.
  if (launched()) return;
  if (flags.deleteSheets) return deleteSheets(flags, keyOf(graphOf(path, app.exports)));
  const options: LaunchOptions = { ...flags };
  const server = await launch(graphOf(path, app.exports), options);
  if (process.stdin.isTTY && process.stdout.isTTY) freshLinks(server);
}

function keyOf({ persistKey }: { readonly persistKey: string | false }): string {
  if (persistKey !== false) return persistKey;
  throw new AppFileError("This graph has persistKey: false, so it has no saved sheets.");
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

/** So is what storage says of a folder or a file that it cannot use. */
function storageMistake(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  return (
    ["FolderInUseError", "NewerFileError"].includes(error.name) ||
    /^(There is no sheet |Nothing of the sheet |This is no exported |This exported |EEXIST|ENOENT|EACCES)/.test(
      error.message,
    )
  );
}
