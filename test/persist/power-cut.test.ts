/**
 * The power goes after every step of whatever is written, and comes back in many ways: what was acknowledged is there, or what
 * was about to be, and nothing else.
 */
import { afterAll, describe, expect, test } from "vitest";
import { FileRef, FnNode, Graph, type Sheet, ui } from "../../src/index.ts";
import { SafeFile } from "../../src/persist/safe-file.ts";
import { type SavedSheets, sheetsOf } from "../../src/persist/sheets.ts";
import { historyOf, shownOn } from "../support/persist-lives.ts";
import { chanceOf, SimDisk } from "../support/persist-sim-disk.ts";

/** How often the power goes at each step. */
const cuts = Number(process.env.MILLRACE_CUTS ?? 6);
const table = new Map<string, number>();

afterAll(() => {
  const total = [...table.values()].reduce((sum, count) => sum + count, 0);
  const rows = [...table].map(([name, count]) => `  ${name}: ${count}`);
  console.log(`${total} states after a power cut, each before or after:\n${rows.join("\n")}`);
});

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
  return { shout, show, graph: new Graph({ name: "Cut", nodes: [shout, show] }) };
}

/** What a person would see of all sheets, files with their bytes; a sheet that begins anew does so at another time. */
async function seen(sheets: SavedSheets): Promise<string> {
  const entries = [...(await sheets.list())].sort((a, b) => (a.name < b.name ? -1 : 1));
  const all: unknown[] = [];
  for (const { id, name } of entries) all.push([name, await seenOn(await sheets.open(id))]);
  return JSON.stringify(all, (key, value) => (key === "startedAt" || key === "duration" ? undefined : value));
}

async function seenOn(sheet: Sheet): Promise<unknown> {
  const shown = shownOn(sheet);
  const files: unknown[] = [];
  for (const signal of Object.values(shown)) {
    const { value } = signal as { value?: unknown };
    if (value instanceof FileRef) files.push(Buffer.from(await value.bytes()).toString("base64"));
  }
  return [shown, historyOf(sheet), files];
}

interface Cut {
  readonly disk: SimDisk;
  /** The states that may be found, and the step at which it happened. */
  readonly from: number;
  readonly step: string;
}

/** Plays a story on a disk whose power goes at each step; `acted` tells that a state begins, `acked` that it is on disk. */
async function play(name: string, tidy: { bytes: number; saves: number }, story: (stage: Stage) => Promise<void>) {
  const disk = new SimDisk();
  let ahead = 0;
  const chance = chanceOf(name.length * 7919 + cuts);
  const states: string[] = [];
  const found: Cut[] = [];
  let acked = 0;
  const { graph, ...nodes } = app();
  const about = { disk, lock: false, tidy, now: () => Date.now() + ahead };
  const sheets = await sheetsOf(graph, {}, about);
  const stage: Stage = {
    ...nodes,
    sheets,
    disk,
    later: (ms) => {
      ahead += ms;
    },
    async begin() {
      for (const sheet of await sheets.list()) await (await sheets.open(sheet.id)).saved();
      states.push(await seen(sheets));
    },
    async act(edit) {
      states.push("");
      await edit();
      for (const sheet of await sheets.list()) await (await sheets.open(sheet.id)).saved();
      states[states.length - 1] = await seen(sheets);
      acked = states.length - 1;
    },
  };
  disk.onStep = (what, path) => {
    if (states.length === 0) return;
    for (let i = 0; i < cuts; i++)
      found.push({
        disk: disk.afterPowerCut(chance),
        from: acked,
        step: `${what} ${path}`,
      });
  };
  await story(stage);
  disk.onStep = () => undefined;
  await sheets.close();
  // A state is known only once it was acted: a step within may already have written it.
  for (const cut of found) {
    const allowed = states.slice(cut.from, Math.min(cut.from + 2, states.length));
    const again = await sheetsOf(app().graph, {}, { disk: cut.disk, lock: false });
    const notices: string[] = [];
    again.notices$.subscribe(({ message }) => notices.push(message));
    const now = await seen(again);
    if (!allowed.includes(now)) expect(now, `after ${cut.step}`).toBe(allowed[0]);
    expect(notices, `after ${cut.step}`).toEqual([]);
    await again.close();
  }
  table.set(name, found.length);
  return found.map(({ step }) => step);
}

interface Stage extends Omit<ReturnType<typeof app>, "graph"> {
  readonly sheets: SavedSheets;
  readonly disk: SimDisk;
  /** The clock goes on. */
  later(ms: number): void;
  /** From here on the power may go. */
  begin(): Promise<void>;
  act(edit: () => unknown): Promise<void>;
}

const never = { bytes: Number.POSITIVE_INFINITY, saves: Number.POSITIVE_INFINITY };

describe("[D2] the power goes", () => {
  test("while edits and runs are saved", async () => {
    await play("save", never, async ({ sheets, begin, act, shout, show }) => {
      const sheet = await sheets.create({ name: "One" });
      await begin();
      for (let i = 0; i < 12; i++) {
        await act(() => sheet.set(shout.inputs.text, `word ${i}`));
        if (i % 4 === 0) {
          const picture = await FileRef.fromBytes(new Uint8Array(5000).fill(i), { type: "image/png" });
          await act(() => sheet.set(show.inputs.picture, picture));
        }
      }
    });
  });

  test("while a log is written anew and all is put in order", async () => {
    const steps = await play("compact", { bytes: 1000, saves: 3 }, async ({ sheets, begin, act, shout }) => {
      const sheet = await sheets.create({ name: "One" });
      await begin();
      for (let i = 0; i < 16; i++) await act(() => sheet.set(shout.inputs.text, `word ${i}`));
    });
    expect(steps.filter((step) => /^rename .*runs\.jsonl$/.test(step)).length).toBeGreaterThan(cuts);
  });

  test("while sheets are named, copied, taken along, reset and deleted", async () => {
    await play("menu, export and import", never, async ({ sheets, begin, act, shout, show }) => {
      const one = await sheets.create({ name: "One" });
      one.set(shout.inputs.text, "first");
      one.set(show.inputs.picture, await FileRef.fromBytes(new Uint8Array(5000).fill(1), { type: "image/png" }));
      await begin();
      await act(() => sheets.rename(one.id, "Another"));
      await act(async () => {
        await sheets.duplicate(one.id, { name: "Copy" });
      });
      const file = await sheets.export(one.id);
      await act(async () => {
        await sheets.import(file);
      });
      const copy = (await sheets.list()).find(({ name }) => name === "Copy");
      await act(() => sheets.reset(copy!.id));
      await act(() => sheets.delete(copy!.id));
    });
  });

  test("while what nothing leads to is collected, and old runs go because there is too much", async () => {
    const steps = await play("collect", never, async ({ sheets, begin, act, later, show }) => {
      const [one, other] = [await sheets.create({ name: "One" }), await sheets.create({ name: "Other" })];
      for (let i = 1; i <= 3; i++) {
        const picture = await FileRef.fromBytes(new Uint8Array(5000).fill(i), { type: "image/png" });
        one.set(show.inputs.picture, picture);
        await one.saved();
        if (i > 1) other.set(show.inputs.picture, picture);
      }
      await begin();
      await act(() => sheets.reset(one.id));
      later(7_200_000);
      await act(() => sheets.collect());
    });
    // The picture that the other sheet never had is gone.
    expect(steps.filter((step) => step.startsWith("remove /data/blobs/")).length).toBe(cuts);
  });

  test("while a file of an older version is brought up to date", async () => {
    const chance = chanceOf(42);
    const disk = new SimDisk();
    await disk.makeFolder("/data");
    await disk.syncFolder("/");
    type Old = { readonly words: string };
    type New = { readonly words: readonly string[] };
    const notify = () => undefined;
    const old = new SafeFile<Old>(disk, "/data/x.json", {
      version: 1,
      fits: (data): data is Old => data !== null,
      notify,
    });
    await old.write({ words: "a b" });
    const newer = (on: SimDisk) =>
      new SafeFile<New>(on, "/data/x.json", {
        version: 2,
        migrations: { 1: (data) => ({ words: (data as Old).words.split(" ") }) },
        fits: (data): data is New => Array.isArray((data as New).words),
        notify,
      });
    const states: SimDisk[] = [];
    disk.onStep = () => {
      for (let i = 0; i < 4 * cuts; i++) states.push(disk.afterPowerCut(chance));
    };
    const file = newer(disk);
    expect(await file.read()).toEqual({ words: ["a", "b"] });
    await file.write({ words: ["a", "b", "c"] });
    for (const state of states) {
      const found = (await newer(state).read())?.words.join(" ");
      expect(["a b", "a b c"]).toContain(found);
    }
    expect(disk.files().has("/data/x.json.v1")).toBe(true);
    table.set("migrate", states.length);
  });
});
