/** A sheet from opening to closing: what is heard, in which order, and what is left when it is closed. */
import { afterEach, describe, expect, test } from "vitest";
import { FnNode, Graph, InputNode, type Sheet, type SheetEvent, ui } from "../../src/index.ts";
import { held } from "../../src/testing.ts";
import { thrownBy } from "../nodes/plain.ts";
import { turn } from "../support/turn.ts";

let sheet: Sheet;
afterEach(() => sheet.close());

type N = { n: number };
const one = () => ui.number({ value: 1 });

/** `x -> f`, f in the test's hand. */
function slow() {
  const work = held<N, number>();
  const f = new FnNode(work.fn, { name: "f", inputs: { n: one() }, outputs: { out: ui.number() } });
  sheet = new Graph({ name: "Slow", nodes: [f] }).sheet();
  return { f, work };
}

const told = (event: SheetEvent): string => {
  if (event.kind === "signal") return `${event.port.node.name}.${event.port.name} ${event.signal.kind}`;
  if (event.kind === "run-started") return `started ${event.run.outcome}`;
  if (event.kind === "run-ended") return `ended ${event.run.outcome}`;
  if (event.kind === "run-progress") return `progress ${event.progress.fraction}`;
  if (event.kind === "run-log") return `log ${event.line}`;
  return event.kind;
};

describe("the events of one run", () => {
  test("tell what happened in the order of its happening", async () => {
    const { f, work } = slow();
    (await work.started()).finish(1);
    await sheet.settled();
    const heard: string[] = [];
    sheet.events$.subscribe((event) => heard.push(told(event)));
    sheet.set(f.inputs.n, 2);
    expect(heard.splice(0)).toEqual(["f.n ready", "started running", "f.out pending"]);
    const run = await work.started();
    run.context.progress(0.5);
    run.context.log("half");
    expect(heard.splice(0)).toEqual(["progress 0.5", "f.out pending", "log half"]);
    run.finish(20);
    await turn();
    expect(heard).toEqual(["f.out pending", "ended ready", "f.out ready", "settled"]);
  });

  test("tell how long it took as its history does, to the last digit", async () => {
    const { f, work } = slow();
    const took: number[] = [];
    sheet.events$.subscribe((event) => {
      if (event.kind === "run-ended" && event.run.outcome === "ready") took.push(event.run.duration);
    });
    (await work.started()).finish(1);
    await sheet.settled();
    expect(took).toEqual(sheet.history(f).map((run) => run.outcome === "ready" && run.duration));
  });

  test("of a function that answers at once are told after all of it", () => {
    const f = new FnNode(({ n }: N) => n, { name: "f", inputs: { n: one() }, outputs: { out: ui.number() } });
    sheet = new Graph({ name: "Quick", nodes: [f] }).sheet();
    const heard: string[] = [];
    sheet.events$.subscribe((event) => heard.push(told(event)));
    sheet.set(f.inputs.n, 2);
    expect(heard).toEqual(["f.n ready", "started running", "ended ready", "f.out ready", "settled"]);
  });

  test("carry the run: one id from start to end, its inputs, its log, its outputs", async () => {
    const { f, work } = slow();
    const runs: unknown[] = [];
    sheet.events$.subscribe((event) => "run" in event && typeof event.run === "object" && runs.push(event.run));
    sheet.cancel();
    const end = sheet.run(f);
    await work.started();
    const run = await work.started();
    run.context.log("a line");
    run.finish(9);
    const outcome = await end;
    if (outcome.kind !== "ready") throw new Error(outcome.kind);
    expect(runs.at(-1)).toMatchObject({ id: outcome.run.id, inputs: { n: 1 }, outputs: { out: 9 }, log: ["a line"] });
    expect(runs.at(-2)).toMatchObject({ id: outcome.run.id, outcome: "running" });
    expect(sheet.signal(f.outputs.out)).toMatchObject({ kind: "ready", run: outcome.run.id });
  });
});

describe("a value's listeners", () => {
  test("hear the present value first, however late they come", () => {
    const { f } = slow();
    sheet.set(f.inputs.n, 5);
    const heard: number[] = [];
    sheet.value$(f.inputs.n).subscribe((n) => heard.push(n));
    expect(heard).toEqual([5]);
  });

  test.each([
    ["a number", 7, 7],
    ["a list", [1], [1]],
    ["NaN", Number.NaN, Number.NaN],
  ])("hear %s once, though it was made anew and equal", async (_, first, second) => {
    const work = held<N, unknown>();
    const f = new FnNode(work.fn, { name: "f", inputs: { n: one() }, outputs: { out: ui.json() } });
    sheet = new Graph({ name: "Again", nodes: [f] }).sheet();
    const heard: unknown[] = [];
    sheet.value$(f.outputs.out).subscribe((value) => heard.push(value));
    (await work.started()).finish(first);
    await sheet.settled();
    void sheet.run(f, { again: true });
    (await work.started()).finish(second);
    await sheet.settled();
    expect(heard).toEqual([first]);
  });

  test("hear of -0 after 0: they are two values", () => {
    const { f } = slow();
    const heard: unknown[] = [];
    sheet.set(f.inputs.n, 0);
    sheet.value$(f.inputs.n).subscribe((value) => heard.push(value));
    sheet.set(f.inputs.n, -0);
    expect(heard).toEqual([0, -0]);
  });
});

describe("settled", () => {
  test("is said at once when nothing is under way", async () => {
    sheet = new Graph({ name: "Idle", nodes: [] }).sheet();
    let said = false;
    void sheet.settled().then(() => {
      said = true;
    });
    await null;
    await null;
    expect(said).toBe(true);
  });

  test("is said to all who wait, also by a close", async () => {
    const { work } = slow();
    await work.started();
    const waiting = [sheet.settled(), sheet.settled()];
    sheet.close();
    await Promise.all(waiting);
    await sheet.settled();
  });
});

describe("a closed sheet", () => {
  test("has stopped its runs, ended its demands and completed every stream", async () => {
    const { f, work } = slow();
    const run = await work.started();
    const heard: string[] = [];
    sheet.signal$(f.outputs.out).subscribe({ complete: () => heard.push("signal$") });
    sheet.value$(f.inputs.n).subscribe({ complete: () => heard.push("value$") });
    sheet.events$.subscribe({ next: (event) => heard.push(told(event)), complete: () => heard.push("events$") });
    sheet.close();
    sheet.close();
    expect(run.context.signal.aborted).toBe(true);
    expect(heard.toSorted()).toEqual(["ended cancelled", "events$", "f.out stale", "settled", "signal$", "value$"]);
    run.finish(1);
    await turn();
    expect(sheet.signal(f.outputs.out).kind).toBe("stale");
  });

  test("still shows what it held, and takes nothing any more", async () => {
    const scene = new InputNode({ name: "Scene", ports: { n: one() } });
    const f = new FnNode(({ n }: N) => n, { name: "f", inputs: { n: scene.outputs.n }, outputs: { out: ui.number() } });
    sheet = new Graph({ name: "Closed", nodes: [f] }).sheet();
    sheet.close();
    expect(sheet.value(f.outputs.out)).toBe(1);
    expect((thrownBy(() => sheet.set(scene.inputs.n, 2)) as Error).message).toContain("closed");
    expect((thrownBy(() => sheet.batch(() => 1)) as Error).message).toContain("closed");
    expect(await sheet.run(f)).toMatchObject({ kind: "refused", why: expect.stringContaining("closed") });
    expect(await sheet.run(scene)).toMatchObject({ kind: "refused" });
    expect((await sheet.runAll()).map((end) => end.kind)).toEqual(["refused", "refused"]);
    sheet.cancel();
    const heard: unknown[] = [];
    sheet.signal$(f.outputs.out).subscribe({ next: (s) => heard.push(s.kind), complete: () => heard.push("over") });
    sheet.events$.subscribe({ complete: () => heard.push("over too") });
    expect(heard).toEqual(["ready", "over", "over too"]);
  });
});
