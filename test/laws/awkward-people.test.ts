/** The laws under awkward people: subscribers that do everything at once, two sheets of one graph, batches that throw. */
import { config } from "rxjs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { FnNode, Graph, type Result, type Sheet, ui } from "../../src/index.ts";
import { held, ledger } from "../../src/testing.ts";
import { reports, turn } from "../support/turn.ts";

let sheet: Sheet;
let thrown: unknown[];
beforeEach(() => {
  thrown = [];
  config.onUnhandledError = (error) => thrown.push(error);
});
afterEach(() => {
  sheet.close();
  config.onUnhandledError = null;
});

type N = { n: number };
const one = () => ui.number({ value: 1 });

/** `x -> f`, opened. */
function single(work: (inputs: N) => Result<number>, trigger: "auto" | "manual" = "auto") {
  const f = new FnNode(work, { name: "f", trigger, inputs: { n: one() }, outputs: { out: ui.number() } });
  sheet = new Graph({ name: "Single", nodes: [f] }).sheet();
  return { f, x: f.inputs.n, out: f.outputs.out };
}

describe("a subscriber", () => {
  test("[W10, R4] may run, cancel and batch; each is a change after this one", async () => {
    const work = held<N, number>();
    const f = new FnNode(work.fn, {
      name: "f",
      trigger: "manual",
      inputs: { n: one() },
      outputs: { out: ui.number() },
    });
    sheet = new Graph({ name: "Busy", nodes: [f] }).sheet();
    const ends: Promise<unknown>[] = [];
    sheet.signal$(f.inputs.n).subscribe((signal) => {
      if (signal.kind !== "ready" || signal.value === 1) return;
      ends.push(sheet.run(f));
      if (signal.value === 3) sheet.cancel(f);
    });
    sheet.set(f.inputs.n, 2);
    expect(work.count).toBe(1);
    sheet.set(f.inputs.n, 3);
    expect(await Promise.all(ends)).toEqual([{ kind: "cancelled" }, { kind: "cancelled" }]);
    expect(sheet.signal(f.outputs.out).kind).toBe("stale");
  });

  test("[W1, W10] may close the sheet in the middle of being told", async () => {
    const { x, out } = single(({ n }) => n);
    const heard: unknown[] = [];
    sheet.value$(out).subscribe({ next: (n) => n === 2 && sheet.close(), complete: () => heard.push("first") });
    sheet.value$(out).subscribe({ next: (n) => heard.push(n), complete: () => heard.push("second") });
    sheet.set(x, 2);
    expect(heard[0]).toBe(1);
    expect(heard).toEqual(expect.arrayContaining(["first", "second"]));
    await reports();
    expect(thrown).toEqual([]);
  });

  test("[W10] may come and go while it is told", () => {
    const { x, out } = single(({ n }) => n);
    const heard: string[] = [];
    const late = () => sheet.value$(out).subscribe((n) => heard.push(`late ${n}`));
    const first = sheet.value$(out).subscribe((n) => {
      if (n !== 2) return;
      first.unsubscribe();
      late();
    });
    sheet.set(x, 2);
    sheet.set(x, 3);
    expect(heard).toEqual(["late 2", "late 3"]);
  });

  test("[W10] of the events may set, and an endless chain of those is stopped too", async () => {
    const { x, out } = single(({ n }) => n + 1);
    sheet.events$.subscribe((event) => {
      if (event.kind === "signal" && event.port === out && event.signal.kind === "ready")
        sheet.set(x, event.signal.value as number);
    });
    sheet.set(x, 2);
    await reports();
    expect(thrown.length).toBeGreaterThan(0);
    expect(thrown[0]).toMatchObject({ code: "inside-wave" });
    expect(sheet.value(out)).toBeLessThan(200);
  });
});

describe("two sheets of one graph", () => {
  test("[W3] know nothing of each other", async () => {
    const { f, x, out } = single(({ n }) => n * 2);
    const other = sheet.graph.sheet();
    sheet.set(x, 2);
    expect(other.value(out)).toBe(2);
    other.set(x, 3);
    expect(sheet.value(out)).toBe(4);
    other.close();
    expect(await sheet.run(f)).toMatchObject({ kind: "ready", outputs: { out: 4 } });
  });
});

describe("a batch that throws", () => {
  test("[W7] keeps the edits made before, as one change", () => {
    const { x, out } = single(({ n }) => n * 2);
    const ran = ledger(sheet);
    expect(() =>
      sheet.batch(() => {
        sheet.set(x, 2);
        sheet.set(x, 3);
        throw new Error("half way");
      }),
    ).toThrow("half way");
    expect(sheet.value(out)).toBe(6);
    expect(ran.take()).toEqual(["f"]);
    sheet.set(x, 4);
    expect(sheet.value(out)).toBe(8);
  });

  test("[W7] batches inside batches are one change", async () => {
    const { x, out, f } = single(({ n }) => n * 2, "manual");
    const ran = ledger(sheet);
    const end = sheet.batch(() => {
      const asked = sheet.run(f);
      sheet.batch(() => sheet.set(x, 5));
      sheet.set(x, 6);
      return asked;
    });
    expect(await end).toMatchObject({ kind: "ready", outputs: { out: 12 } });
    expect(ran.take()).toEqual(["f"]);
    expect(sheet.value(out)).toBe(12);
    await turn();
  });
});
