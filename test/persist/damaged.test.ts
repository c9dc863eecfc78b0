/** Folders damaged in every way: opened from what is left with a visible notice, the damaged bytes put aside unchanged, never wiped, never a crash. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { FileRef, FnNode, Graph, type Sheet, ui } from "../../src/index.ts";
import { NewerFileError, type Notice } from "../../src/persist/notice.ts";
import { sealed, unsealed } from "../../src/persist/safe-file.ts";
import { sheetsOf } from "../../src/persist/sheets.ts";
import { chanceOf, SimDisk } from "../support/persist-sim-disk.ts";

function app() {
  const shout = new FnNode(({ text }: { text: string }) => text.toUpperCase(), {
    name: "Shout",
    inputs: { text: ui.textbox({ value: "" }) },
    outputs: { loud: ui.textbox() },
  });
  const show = new FnNode(({ picture }: { picture: FileRef }) => picture, {
    name: "Show",
    inputs: { picture: ui.image() },
    outputs: { picture: ui.image() },
  });
  return { shout, show, graph: new Graph({ name: "Damaged", nodes: [shout, show] }) };
}

let files: ReadonlyMap<string, Uint8Array>;
const table = new Map<string, { folders: number; restored: number; refused: number }>();

beforeAll(async () => {
  const disk = new SimDisk();
  for (let life = 0; life < 2; life++) {
    const { graph, shout, show } = app();
    const sheets = await sheetsOf(graph, {}, { disk, lock: false });
    const [entry] = await sheets.list();
    const sheet = entry ? await sheets.open(entry.id) : await sheets.create({ name: "One" });
    for (let i = 0; i < 5; i++) {
      sheet.set(shout.inputs.text, `life ${life} word ${i} `.repeat(i === 3 ? 500 : 1));
      await sheet.saved();
    }
    sheet.set(show.inputs.picture, await FileRef.fromBytes(new Uint8Array(6000).fill(life), { type: "image/png" }));
    await sheets.close();
  }
  files = disk.files();
});

afterAll(() => {
  const rows = [...table].map(
    ([kind, { folders, restored, refused }]) =>
      `  ${kind}: ${folders} folders, ${restored} with a notice, ${refused} refused`,
  );
  console.log(`Damaged folders, none wiped, none crashed:\n${rows.join("\n")}`);
});

type Damage = (bytes: Uint8Array, chance: () => number) => Uint8Array | "missing" | "folder";

const damages: Readonly<Record<string, Damage>> = {
  empty: () => new Uint8Array(),
  cut: (bytes, chance) => bytes.slice(0, Math.floor(chance() * bytes.length)),
  "flipped bits": (bytes, chance) => {
    const copy = Uint8Array.from(bytes);
    for (let i = 0; i < 3; i++) copy[Math.floor(chance() * copy.length)]! ^= 1 << Math.floor(chance() * 8);
    return copy;
  },
  "a run of NULs": (bytes, chance) => {
    const from = Math.floor(chance() * bytes.length);
    return Uint8Array.from(bytes).fill(0, from, from + 1 + Math.floor(chance() * 200));
  },
  "NULs alone": (bytes) => new Uint8Array(bytes.length),
  "wrong types": (bytes, chance) => {
    const found = unsealed(new TextDecoder().decode(bytes));
    if (!found) return new TextEncoder().encode('{"sheets":7}\n');
    const data = { ...(found.data as object) } as Record<string, unknown>;
    const keys = Object.keys(data);
    const key = keys[Math.floor(chance() * keys.length)] ?? "";
    const wrong = [null, 7, "x", [1], { a: { kind: "source" } }];
    data[key] = wrong[Math.floor(chance() * wrong.length)];
    return new TextEncoder().encode(sealed(data, found.version));
  },
  "a byte order mark": (bytes) => Uint8Array.from([0xef, 0xbb, 0xbf, ...bytes]),
  "another version": (bytes) => {
    const found = unsealed(new TextDecoder().decode(bytes));
    return found ? new TextEncoder().encode(sealed(found.data, 99)) : new TextEncoder().encode("00000000 {}\n");
  },
  missing: () => "missing",
  "a folder in its place": () => "folder",
};

const kinds = Object.keys(damages);

test.each(kinds)("[D3] thirty folders with %s", async (kind) => {
  const counts = { folders: 0, restored: 0, refused: 0 };
  for (let i = 0; i < 30; i++) {
    const chance = chanceOf(kinds.indexOf(kind) * 1000 + i * 17 + 1);
    const names = [...files.keys()].filter((path) => !path.includes("/blobs/") || i % 3 === 0);
    const path = names[i % names.length] as string;
    const disk = await folderOf(files);
    const damaged = damages[kind]!(files.get(path) as Uint8Array, chance);
    await disk.remove(path);
    if (damaged === "folder") await disk.makeFolder(path);
    else if (damaged !== "missing") disk.put(path, damaged);
    const outcome = await opened(disk);
    counts.folders++;
    if (outcome.notices.length > 0) counts.restored++;
    if (outcome.refused) counts.refused++;
    const about = `${kind} ${path}: ${outcome.notices.map(({ message }) => message).join(" ")}`;
    // Of JSON such a mark takes nothing away: it is read as if it were not there.
    const harmless = kind === "a byte order mark" && !path.endsWith("runs.jsonl") && !path.includes("/blobs/");
    const changed =
      !harmless && damaged !== "missing" && !(damaged instanceof Uint8Array && same(damaged, files.get(path)));
    // A log that ends early may just as well have been stopped in the middle of a line.
    const early = damaged instanceof Uint8Array && (kind === "cut" || kind === "empty");
    const matters = !path.endsWith(".bak") && !early;
    if (changed && matters && !path.includes("/blobs/") && !outcome.refused)
      expect(outcome.notices.length, about).toBeGreaterThan(0);
    // What a stop leaves at the end of a log is cut off, and a backup gives way to the next; all else is somewhere, byte for byte.
    if (damaged instanceof Uint8Array && changed && !path.endsWith(".bak") && !(early && path.endsWith("runs.jsonl")))
      expect(
        [...disk.files().values()].some((bytes) => same(bytes, damaged)),
        about,
      ).toBe(true);
    if (outcome.refused) expect(same(disk.files().get(path), damaged as Uint8Array), about).toBe(true);
    if (outcome.sheet === undefined) expect(outcome.refused, about).toBe(true);
  }
  table.set(kind, counts);
});

interface Outcome {
  readonly notices: readonly Notice[];
  readonly refused: boolean;
  readonly sheet: Sheet | undefined;
}

/** Opens all there is, reads every file, changes something, and opens again. */
async function opened(disk: SimDisk): Promise<Outcome> {
  const notices: Notice[] = [];
  try {
    const first = app();
    const sheets = await sheetsOf(first.graph, {}, { disk, lock: false });
    sheets.notices$.subscribe((notice) => notices.push(notice));
    const [entry] = await sheets.list();
    if (entry === undefined) return { notices, refused: false, sheet: undefined };
    const sheet = await sheets.open(entry.id);
    await sheet
      .value(first.show.outputs.picture)
      ?.bytes()
      .catch((error: Error) => expect(error.message).toMatch(/missing or damaged/));
    sheet.set(first.shout.inputs.text, "after");
    await sheets.close();
    const second = app();
    const again = await sheetsOf(second.graph, {}, { disk, lock: false });
    const sheetAgain = await again.open(entry.id);
    expect(sheetAgain.value(second.shout.outputs.loud)).toBe("AFTER");
    // What was said once is not said again.
    const later: Notice[] = [];
    again.notices$.subscribe((notice) => later.push(notice));
    expect(later.map(({ message }) => message).filter((message) => !message.startsWith("A stored file"))).toEqual([]);
    await again.close();
    return { notices, refused: false, sheet };
  } catch (error) {
    if (error instanceof NewerFileError) return { notices, refused: true, sheet: undefined };
    throw error;
  }
}

async function folderOf(all: ReadonlyMap<string, Uint8Array>): Promise<SimDisk> {
  const disk = new SimDisk();
  for (const [path, bytes] of all) {
    await disk.makeFolder(path.slice(0, path.lastIndexOf("/")));
    disk.put(path, bytes);
  }
  return disk;
}

function same(one: Uint8Array | undefined, other: Uint8Array | undefined): boolean {
  return one !== undefined && other !== undefined && Buffer.from(one).equals(Buffer.from(other));
}
