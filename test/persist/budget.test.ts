/** A data folder with a budget: what goes, in which order, and what never goes. */
import { expect, test } from "vitest";
import { FileRef, FnNode, Graph, ui } from "../../src/index.ts";
import { budgetOf, fit } from "../../src/persist/budget.ts";
import { DataFolder } from "../../src/persist/data-folder.ts";
import type { Notice } from "../../src/persist/notice.ts";
import { SavedSheets } from "../../src/persist/sheets.ts";
import { shownOn } from "../support/persist-lives.ts";
import { SimDisk } from "../support/persist-sim-disk.ts";

function app() {
  const show = new FnNode(({ picture }: { picture: FileRef }) => picture, {
    name: "Show",
    inputs: { picture: ui.image() },
    outputs: { picture: ui.image() },
  });
  return { show, graph: new Graph({ name: "Budget", nodes: [show] }) };
}

const picture = (fill: number) => FileRef.fromBytes(new Uint8Array(100_000).fill(fill), { type: "image/png" });

/** Two sheets, `Old` used before `New`, each of which has shown three pictures of its own. */
async function twoSheets() {
  const disk = new SimDisk();
  let now = Date.now();
  const folder = await DataFolder.open("/data", { disk, lock: false, now: () => now });
  const { graph, show } = app();
  const sheets = new SavedSheets(graph, folder, { key: "budget", user: "local" });
  const notices: Notice[] = [];
  folder.notices$.subscribe((notice) => notices.push(notice));
  for (const [i, name] of ["Old", "New"].entries()) {
    const sheet = await sheets.create({ name });
    for (let k = 1; k <= 3; k++) {
      sheet.set(show.inputs.picture, await picture(10 * i + k));
      await sheet.saved();
    }
    now += 1000;
    await (await sheets.openKept(sheet.id)).close();
  }
  now += 3_600_000;
  const stored = () => [...disk.files().keys()].filter((path) => path.startsWith("/data/blobs/")).length;
  const historyOf = async (name: string) => {
    const entry = (await sheets.list()).find((one) => one.name === name)!;
    const sheet = await sheets.open(entry.id);
    const found = { shown: shownOn(sheet), runs: sheet.history(show).length };
    await (await sheets.openKept(entry.id)).close();
    return found;
  };
  return { folder, sheets, stored, historyOf, notices, show };
}

test("within its budget nothing goes", async () => {
  const { folder, stored } = await twoSheets();
  expect(stored()).toBe(6);
  expect(await fit(folder, 1e9)).toBeGreaterThan(600_000);
  expect(stored()).toBe(6);
});

test("old runs go first where nobody has been for longest, and what is shown stays", async () => {
  const { folder, stored, historyOf, notices } = await twoSheets();
  const [old, young] = [await historyOf("Old"), await historyOf("New")];
  expect(await fit(folder, 450_000)).toBeLessThan(450_000);
  expect(stored()).toBe(4);
  expect(await historyOf("Old")).toEqual({ shown: old.shown, runs: 1 });
  expect(await historyOf("New")).toEqual(young);
  expect(notices).toEqual([]);
});

test("what is shown never goes, and people are told when that is too much", async () => {
  const { folder, stored, historyOf, notices } = await twoSheets();
  const [old, young] = [await historyOf("Old"), await historyOf("New")];
  await fit(folder, 1000);
  expect(stored()).toBe(2);
  expect(await historyOf("Old")).toEqual({ shown: old.shown, runs: 1 });
  expect(await historyOf("New")).toEqual({ shown: young.shown, runs: 1 });
  expect(notices).toMatchObject([{ kind: "full", message: expect.stringContaining("MILLRACE_STORAGE") }]);
});

test("an open sheet forgets the older half of what it does not show", async () => {
  const { folder, sheets, show, stored } = await twoSheets();
  const entry = (await sheets.list()).find(({ name }) => name === "Old")!;
  const sheet = await sheets.open(entry.id);
  const shown = shownOn(sheet);
  await fit(folder, 250_000);
  expect(shownOn(sheet)).toEqual(shown);
  expect(sheet.history(show).length).toBe(2);
  expect(stored()).toBe(3);
  await sheets.close();
});

test("the budget is said as a size", () => {
  expect([undefined, "500MB", "1.5 GB", "20000"].map((MILLRACE_STORAGE) => budgetOf({ MILLRACE_STORAGE }))).toEqual([
    20e9, 500e6, 1.5e9, 20_000,
  ]);
  expect(() => budgetOf({ MILLRACE_STORAGE: "lots" })).toThrow("500MB");
});
