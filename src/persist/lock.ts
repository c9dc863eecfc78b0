/**
 * One process per data folder. The lock is a file that says who holds it, touched while it is held. The lock of a process
 * that is no more is taken over at once where that can be known, and otherwise when it has not been touched for a while; two
 * that take over at the same time cannot both succeed, for a name can be linked once.
 */
import { randomBytes } from "node:crypto";
import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { codeOf, type Disk } from "./disk.ts";

/** Who a process is, as others can check it. */
export interface Holder {
  readonly pid: number;
  /** When it began, as its machine counts: a number of a process is given again. */
  readonly began: string;
  /** The machine, its present run, and the space that its process numbers count in. */
  readonly machine: string;
  readonly token: string;
  /** For people. */
  readonly host: string;
  readonly since: string;
}

export class FolderInUseError extends Error {
  override readonly name = "FolderInUseError";
  readonly holder: Holder | undefined;

  constructor(folder: string, holder: Holder | undefined) {
    const who = holder ? `process ${holder.pid} on ${holder.host}, since ${holder.since}` : "another process";
    super(
      `The data folder ${folder} is in use by ${who}. Stop that one, or keep the data of this one elsewhere: --data-dir ./data, MILLRACE_DATA_DIR=./data, or { dataDir: "./data" } in code.`,
    );
    this.holder = holder;
  }
}

export interface Lock {
  /** True when whoever held it before did not give it back. */
  readonly stale: boolean;
  release(): Promise<void>;
}

/** Milliseconds between two touches, and without any until a lock counts as left behind. */
const beat = 2_000;
const silence = 10_000;

/** @throws FolderInUseError when another process holds it */
export async function lockFolder(
  disk: Disk,
  folder: string,
  { now = Date.now, wait = later }: { now?: () => number; wait?: (ms: number) => Promise<void> } = {},
): Promise<Lock> {
  const path = join(folder, "lock");
  const self = holderHere(now());
  const mine = `${path}.${self.token}`;
  await write(disk, mine, JSON.stringify(self));
  try {
    for (let attempt = 0; attempt < 100; attempt++) {
      if (await linked(disk, mine, path)) return held(disk, path, self, false);
      const holder = await holderOf(disk, path);
      if (holder === "none") continue;
      if (!(await gone(disk, path, holder, wait))) throw new FolderInUseError(folder, holder);
      if (await takenOver({ disk, path, mine, wait }, holder)) return held(disk, path, self, true);
    }
    throw new FolderInUseError(folder, undefined);
  } finally {
    await disk.remove(mine);
  }
}

function held(disk: Disk, path: string, self: Holder, stale: boolean): Lock {
  const timer = setInterval(() => void disk.touch(path).catch(() => undefined), beat);
  timer.unref();
  return {
    stale,
    async release() {
      clearInterval(timer);
      const holder = await holderOf(disk, path);
      if (typeof holder === "object" && holder.token === self.token) await disk.remove(path);
    },
  };
}

/** Puts the lock under our name; false when there is one. */
async function linked(disk: Disk, mine: string, path: string): Promise<boolean> {
  try {
    await disk.link(mine, path);
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    // A file system without links: there a new file has to do.
    if (!["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS"].includes(codeOf(error))) throw error;
  }
  try {
    await write(disk, path, Buffer.from((await disk.read(mine)) ?? []).toString());
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
}

/**
 * Puts our name in the place of one that was left behind. Only who has passed a gate, which is a lock in turn, may do so, and
 * looks again there: so nobody takes away what another has taken over in the meantime. The lock is never gone in between: who
 * found none would think that its last holder had given it back.
 */
async function takenOver(
  { disk, path, mine, wait }: { disk: Disk; path: string; mine: string; wait: (ms: number) => Promise<void> },
  left: Holder | undefined,
): Promise<boolean> {
  const gate = `${path}.gate`;
  if (!(await linked(disk, mine, gate))) {
    await wait(beat / 100);
    const inside = await holderOf(disk, gate);
    if (typeof inside === "object" && inside.machine === machine() && !runs(inside.pid, inside.began))
      await disk.remove(gate);
    return false;
  }
  try {
    const now = await holderOf(disk, path);
    if (now === "none" || now?.token !== left?.token) return false;
    await disk.rename(mine, path);
    return true;
  } finally {
    await disk.remove(gate);
  }
}

/** `undefined` for a lock that does not say whose it is. */
async function holderOf(disk: Disk, path: string): Promise<Holder | undefined | "none"> {
  const bytes = await disk.read(path).catch(() => new Uint8Array());
  if (bytes === undefined) return "none";
  try {
    const holder = JSON.parse(Buffer.from(bytes).toString()) as Holder;
    return typeof holder.pid === "number" && typeof holder.token === "string" ? holder : undefined;
  } catch {
    return undefined;
  }
}

async function gone(
  disk: Disk,
  path: string,
  holder: Holder | undefined,
  wait: (ms: number) => Promise<void>,
): Promise<boolean> {
  if (holder?.machine === machine()) return !runs(holder.pid, holder.began);
  // Elsewhere nobody can look: whoever lives touches it.
  const before = (await disk.look(path))?.modified;
  for (let waited = 0; waited < silence; waited += beat / 4) {
    await wait(beat / 4);
    const now = (await disk.look(path))?.modified;
    if (now === undefined) return true;
    if (now !== before) return false;
  }
  return true;
}

function runs(pid: number, began: string): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (codeOf(error) !== "EPERM") return false;
  }
  const there = beganAt(pid);
  return there === "" || began === "" || there === began;
}

function holderHere(now: number): Holder {
  return {
    pid: process.pid,
    began: beganAt(process.pid),
    machine: machine(),
    token: randomBytes(8).toString("hex"),
    host: hostname(),
    since: new Date(now).toISOString(),
  };
}

/** When a process began; "" where that cannot be known. */
function beganAt(pid: number): string {
  return quietly(() => readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ")[19] ?? "");
}

function machine(): string {
  const boot = quietly(() => readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim());
  return [hostname(), boot, quietly(() => readlinkSync("/proc/self/ns/pid"))].join(" ");
}

function quietly(look: () => string): string {
  try {
    return look();
  } catch {
    return "";
  }
}

async function write(disk: Disk, path: string, text: string): Promise<void> {
  const file = await disk.open(path, "new");
  try {
    await file.append(Buffer.from(text));
    await file.sync();
  } finally {
    await file.close();
  }
}

function later(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
