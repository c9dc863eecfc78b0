/**
 * A simulated disk that can lose its power at any moment. What was not synced may then be old, empty, any beginning of what
 * was written, or whole; each name that was made, moved or removed without a sync of its folder may or may not have been. It
 * can also refuse: every operation may be made to fail with an error of the system.
 */
import { basename, dirname } from "node:path";
import type { Disk, DiskFile, Entry } from "../../src/persist/disk.ts";

class Inode {
  /** What a power cut cannot take. */
  durable: Uint8Array = new Uint8Array();
  now: Uint8Array = new Uint8Array();
  modified = Date.now();
}
class Folder {
  readonly durable = new Map<string, Inode | Folder>();
  readonly now = new Map<string, Inode | Folder>();
  /** Changes since the last sync, in order. */
  pending: { readonly set?: readonly [string, Inode | Folder]; readonly gone?: string }[] = [];
}

type Chance = () => number;

export class SimDisk implements Disk {
  readonly #root: Folder;
  /** Called before every operation that changes something; what it throws, the operation throws. */
  onStep: (what: string, path: string) => void = () => undefined;
  /** Bytes that may still be written. */
  room = Number.POSITIVE_INFINITY;

  constructor(root = new Folder()) {
    this.#root = root;
  }

  async read(path: string): Promise<Uint8Array | undefined> {
    this.#step("read", path, false);
    const found = this.#find(path);
    if (found instanceof Folder) throw failure("EISDIR", path);
    return found && Uint8Array.from(found.now);
  }

  async open(path: string, how: "new" | "append"): Promise<DiskFile> {
    this.#step("open", path);
    const folder = this.#folder(dirname(path));
    const there = folder.now.get(basename(path));
    if (there instanceof Folder) throw failure("EISDIR", path);
    if (there && how === "new") throw failure("EEXIST", path);
    const inode = there ?? new Inode();
    if (!there) this.#set(folder, basename(path), inode);
    return {
      append: async (bytes) => {
        // A write is not one step: the power may go in the middle of it.
        const half = bytes.length >> 1;
        for (const part of half > 0 ? [bytes.subarray(0, half), bytes.subarray(half)] : [bytes]) {
          this.#step("write", path);
          const taken = Math.min(part.length, this.room);
          this.room -= taken;
          inode.now = Buffer.concat([inode.now, part.subarray(0, taken)]);
          inode.modified = Date.now();
          if (taken < part.length) throw failure("ENOSPC", path);
        }
      },
      truncate: async (size) => {
        this.#step("truncate", path);
        inode.now = inode.now.slice(0, size);
      },
      sync: async () => {
        this.#step("sync", path);
        inode.durable = inode.now;
      },
      close: async () => undefined,
    };
  }

  async rename(from: string, to: string): Promise<void> {
    this.#step("rename", to);
    const [source, target] = [this.#folder(dirname(from)), this.#folder(dirname(to))];
    const moved = source.now.get(basename(from));
    if (!moved) throw failure("ENOENT", from);
    target.now.set(basename(to), moved);
    source.now.delete(basename(from));
    if (source === target) target.pending.push({ set: [basename(to), moved], gone: basename(from) });
    else {
      target.pending.push({ set: [basename(to), moved] });
      source.pending.push({ gone: basename(from) });
    }
  }

  async link(from: string, to: string): Promise<void> {
    this.#step("link", to);
    const found = this.#find(from);
    if (!found) throw failure("ENOENT", from);
    const folder = this.#folder(dirname(to));
    if (folder.now.has(basename(to))) throw failure("EEXIST", to);
    this.#set(folder, basename(to), found);
  }

  async remove(path: string): Promise<void> {
    this.#step("remove", path);
    const folder = this.#find(dirname(path));
    if (!(folder instanceof Folder) || !folder.now.delete(basename(path))) return;
    folder.pending.push({ gone: basename(path) });
  }

  async makeFolder(path: string): Promise<void> {
    this.#step("makeFolder", path);
    let at = this.#root;
    for (const name of partsOf(path)) {
      const next = at.now.get(name);
      if (next instanceof Inode) throw failure("ENOTDIR", path);
      const folder = next ?? new Folder();
      if (!next) this.#set(at, name, folder);
      at = folder;
    }
  }

  async syncFolder(path: string): Promise<void> {
    this.#step("syncFolder", path);
    const folder = this.#folder(path);
    for (const change of folder.pending) apply(folder.durable, change);
    folder.pending = [];
  }

  async list(path: string): Promise<readonly string[]> {
    this.#step("list", path, false);
    const found = this.#find(path);
    return found instanceof Folder ? [...found.now.keys()] : [];
  }

  async look(path: string): Promise<Entry | undefined> {
    this.#step("look", path, false);
    const found = this.#find(path);
    if (!found) return undefined;
    if (found instanceof Folder) return { size: 0, modified: 0, folder: true };
    return { size: found.now.length, modified: found.modified, folder: false };
  }

  async touch(path: string): Promise<void> {
    const found = this.#find(path);
    if (found instanceof Inode) found.modified = Date.now();
  }

  /** What may be there when the power comes back. */
  afterPowerCut(chance: Chance): SimDisk {
    const inodes = new Map<Inode, Inode>();
    const copied = (inode: Inode): Inode => {
      const known = inodes.get(inode);
      if (known) return known;
      const copy = new Inode();
      copy.now = lost(inode, chance);
      copy.durable = copy.now;
      copy.modified = inode.modified;
      inodes.set(inode, copy);
      return copy;
    };
    const folderAfter = (folder: Folder): Folder => {
      const names = new Map(folder.durable);
      for (const change of folder.pending) if (chance() < 0.5) apply(names, change);
      const copy = new Folder();
      for (const [name, one] of names) {
        const after = one instanceof Folder ? folderAfter(one) : copied(one);
        copy.now.set(name, after);
        copy.durable.set(name, after);
      }
      return copy;
    };
    return new SimDisk(folderAfter(this.#root));
  }

  /** Every file, by path. */
  files(folder = this.#root, path = ""): ReadonlyMap<string, Uint8Array> {
    const found = new Map<string, Uint8Array>();
    for (const [name, one] of folder.now) {
      if (one instanceof Inode) found.set(`${path}/${name}`, one.now);
      else for (const [inner, bytes] of this.files(one, `${path}/${name}`)) found.set(inner, bytes);
    }
    return found;
  }

  /** Puts bytes where they are, past all that is asked. */
  put(path: string, bytes: Uint8Array): void {
    const inode = new Inode();
    inode.now = bytes;
    inode.durable = bytes;
    const folder = this.#folder(dirname(path));
    folder.now.set(basename(path), inode);
    folder.durable.set(basename(path), inode);
  }

  #step(what: string, path: string, changes = true): void {
    if (changes) this.onStep(what, path);
  }

  #set(folder: Folder, name: string, one: Inode | Folder): void {
    folder.now.set(name, one);
    folder.pending.push({ set: [name, one] });
  }

  #find(path: string): Inode | Folder | undefined {
    let at: Inode | Folder | undefined = this.#root;
    for (const name of partsOf(path)) {
      if (!(at instanceof Folder)) return undefined;
      at = at.now.get(name);
    }
    return at;
  }

  #folder(path: string): Folder {
    const found = this.#find(path);
    if (found instanceof Folder) return found;
    throw failure(found ? "ENOTDIR" : "ENOENT", path);
  }
}

function apply(names: Map<string, Inode | Folder>, { set, gone }: Folder["pending"][number]): void {
  if (set) names.set(set[0], set[1]);
  // A name that came back since is another's.
  if (gone !== undefined && (!set || names.get(gone) === set[1])) names.delete(gone);
}

function lost({ durable, now }: Inode, chance: Chance): Uint8Array {
  if (durable === now) return now;
  const dice = chance();
  // What was synced stays, whatever is written after it.
  if (durable.length > 0 && Buffer.from(now.slice(0, durable.length)).equals(durable))
    return dice < 0.3
      ? durable
      : dice < 0.6
        ? now
        : now.slice(0, durable.length + Math.floor(chance() * (now.length - durable.length + 1)));
  if (dice < 0.25) return durable;
  if (dice < 0.4) return new Uint8Array();
  if (dice < 0.7) return now.slice(0, Math.floor(chance() * (now.length + 1)));
  return now;
}

function partsOf(path: string): readonly string[] {
  return path.split("/").filter((part) => part !== "");
}

export function failure(code: string, path: string): Error {
  return Object.assign(new Error(`${code}: simulated, ${path}`), { code });
}

/** Numbers that come again with their seed. */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 2 ** 32;
  };
}
