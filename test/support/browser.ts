/**
 * A real Chromium: the system's when there is one, else the one that comes from npm, with its own libraries (x64 Linux), so
 * that nothing but `npm ci` is needed. `MILLRACE_CHROMIUM` chooses: `npm` for that one, or the path of a browser.
 */
import { accessSync, constants, existsSync } from "node:fs";
import { mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { type Browser, chromium } from "playwright-core";

interface Chromium {
  readonly path: string;
  readonly args: readonly string[];
  /** What its process needs besides what ours has. */
  readonly env: Readonly<Record<string, string>>;
}

const quiet = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];

/** `wish` is `npm` or the path of a browser. */
export async function openBrowser(wish = process.env.MILLRACE_CHROMIUM): Promise<Browser> {
  const { path, args, env } = await findChromium(wish);
  return chromium.launch({ executablePath: path, args: [...quiet, ...args], env: { ...ours(), ...env } });
}

async function findChromium(wish = ""): Promise<Chromium> {
  if (wish !== "" && wish !== "npm") return { path: wish, args: [], env: {} };
  const path = wish === "npm" ? undefined : systemChromium();
  return path === undefined ? npmChromium() : { path, args: [], env: {} };
}

function systemChromium(): string | undefined {
  const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "chrome.exe"];
  const folders = (process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  const onPath = folders.flatMap((folder) => names.map((name) => join(folder, name)));
  return [...onPath, ...usualPlaces()].find(executable);
}

function usualPlaces(): readonly string[] {
  if (process.platform === "darwin") {
    return ["Google Chrome", "Chromium", "Microsoft Edge"].map(
      (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
    );
  }
  if (process.platform !== "win32") return ["/opt/google/chrome/chrome", "/snap/bin/chromium"];
  const { ProgramFiles, "ProgramFiles(x86)": older, LOCALAPPDATA } = process.env;
  const roots = [ProgramFiles, older, LOCALAPPDATA].filter((root) => root !== undefined);
  return roots.flatMap((root) => [
    join(root, "Google", "Chrome", "Application", "chrome.exe"),
    join(root, "Microsoft", "Edge", "Application", "msedge.exe"),
  ]);
}

function executable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function npmChromium(): Promise<Chromium> {
  const folder = await unpacked();
  return {
    path: join(folder, "chromium"),
    args: ["--no-zygote", "--font-render-hinting=none"],
    env: { LD_LIBRARY_PATH: join(folder, "al2023", "lib"), FONTCONFIG_PATH: join(folder, "fonts") },
  };
}

/** Unpacked beside its place and moved there whole: of two test files that start at once neither sees half a browser. */
async function unpacked(): Promise<string> {
  const about = join(import.meta.dirname, "../../node_modules/@sparticuz/chromium/package.json");
  const { version } = JSON.parse(await readFile(about, "utf8")) as { version: string };
  const place = join(tmpdir(), `millrace-chromium-${version}-${process.getuid?.() ?? 0}`);
  if (existsSync(place)) return place;
  const beside = await mkdtemp(`${place}-`);
  await unpackInto(beside);
  await writeFile(join(beside, "fonts", "fonts.conf"), fontsIn(place));
  await rename(beside, place).catch(() => rm(beside, { recursive: true, force: true }));
  return place;
}

/** The package's own settings know other folders, and a browser without any font paints nothing, or ends. */
function fontsIn(place: string): string {
  return `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${join(place, "fonts")}</dir><cachedir>${join(place, "fonts-cache")}</cachedir></fontconfig>`;
}

/** The package unpacks into the temporary folder and tells everybody through the environment; both are put back as they were. */
async function unpackInto(folder: string): Promise<void> {
  const before = { ...process.env };
  // Without it the package leaves out its libraries and wants the system's.
  process.env.AWS_LAMBDA_JS_RUNTIME ??= "nodejs20.x";
  process.env.TMPDIR = folder;
  try {
    const { default: packed } = await import("@sparticuz/chromium");
    const path = await packed.executablePath();
    if (dirname(path) !== folder)
      throw new Error(`The browser was unpacked into ${dirname(path)}, not into ${folder}.`);
  } finally {
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
    Object.assign(process.env, before);
  }
}

function ours(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
