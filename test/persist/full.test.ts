/** A disk that is full, closed or gone in the middle: the sheet goes on in memory, says so, and is saved when it can be again. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { FnNode, Graph, ui } from "../../src/index.ts";
import type { Saving } from "../../src/persist/saver.ts";
import { sheetsOf } from "../../src/persist/sheets.ts";
import { failure, SimDisk } from "../support/persist-sim-disk.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function app() {
  const shout = new FnNode(({ text }: { text: string }) => text.toUpperCase(), {
    name: "Shout",
    inputs: { text: ui.textbox({ value: "" }) },
    outputs: { loud: ui.textbox() },
  });
  return { shout, graph: new Graph({ name: "Full", nodes: [shout] }) };
}

describe("a disk that refuses", () => {
  test.each([
    ["ENOSPC", "The disk is full."],
    ["EACCES", "The data folder may not be written to."],
    ["EROFS", "The disk is read-only."],
    ["EMFILE", "Too many files are open."],
    ["EIO", "EIO: simulated"],
  ])("[D1] with %s: the sheet goes on, says why, and is saved when it can be", async (code, words) => {
    const disk = new SimDisk();
    const { graph, shout } = app();
    const sheets = await sheetsOf(graph, {}, { disk, lock: false });
    const sheet = await sheets.create();
    const open = await sheets.openKept(sheet.id);
    await sheet.saved();
    const told: Saving[] = [];
    open.saving$.subscribe((saving) => told.push(saving));

    disk.onStep = (_, path) => {
      if (!path.includes("index")) throw failure(code, path);
    };
    sheet.set(shout.inputs.text, "water");
    await expect(sheet.saved()).rejects.toThrow(words);
    expect(open.saving).toMatchObject({ kind: "unsaved", why: expect.stringContaining(words) });
    sheet.set(shout.inputs.text, "wheel");
    expect(sheet.value(shout.outputs.loud)).toBe("WHEEL");
    await vi.advanceTimersByTimeAsync(5_000);
    expect(open.saving.kind).toBe("unsaved");

    disk.onStep = () => undefined;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(open.saving).toEqual({ kind: "saved" });
    expect(told.map(({ kind }) => kind)).toContain("unsaved");
    const after = app();
    const there = await sheetsOf(after.graph, {}, { disk: disk.afterPowerCut(() => 0.99), lock: false });
    const again = await there.open(sheet.id);
    expect(again.value(after.shout.outputs.loud)).toBe("WHEEL");
    expect(again.history(after.shout).map(({ inputs }) => inputs.text)).toEqual(["", "water", "wheel"]);
    await sheets.close();
  });

  test("[D1] that is full in the middle of a line: what was written of it is cut off before the next", async () => {
    const disk = new SimDisk();
    const { graph, shout } = app();
    const sheets = await sheetsOf(graph, {}, { disk, lock: false });
    const sheet = await sheets.create();
    await sheet.saved();
    for (let room = 0; room < 900; room += 90) {
      disk.room = room;
      sheet.set(shout.inputs.text, `word ${room}`);
      await sheet.saved().catch(() => undefined);
      disk.room = Number.POSITIVE_INFINITY;
      await sheet.saved();
    }
    const after = app();
    const there = await sheetsOf(after.graph, {}, { disk: disk.afterPowerCut(() => 0.99), lock: false });
    const notices: unknown[] = [];
    there.notices$.subscribe((notice) => notices.push(notice));
    expect((await there.open(sheet.id)).value(after.shout.outputs.loud)).toBe("WORD 810");
    expect(notices).toEqual([]);
    await sheets.close();
  });
});
