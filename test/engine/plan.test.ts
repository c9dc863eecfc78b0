/** What a demand would run, told beforehand; and what a node that has nothing to run answers. */
import { afterEach, describe, expect, test } from "vitest";
import { FnNode, Graph, GraphNode, InputNode, type Sheet, ui } from "../../src/index.ts";
import { held } from "../../src/testing.ts";

let sheet: Sheet;
afterEach(() => sheet.close());

type N = { n: number };

// scene.n -> a* -> b* -> c      d* (a callable)      e (asynchronous)
function five() {
  const scene = new InputNode({ name: "scene", ports: { n: ui.number({ value: 1 }), empty: ui.number() } });
  const step = (name: string, n: unknown, trigger: "auto" | "manual" = "manual") =>
    new FnNode(({ n }: N) => n + 1, { name, trigger, inputs: { n: n as number }, outputs: { out: ui.number() } });
  const a = step("a", scene.outputs.n);
  const b = step("b", a.outputs.out);
  const c = step("c", b.outputs.out, "auto");
  const d = step("d", () => 1);
  const work = held<N, number>();
  const e = new FnNode(work.fn, { name: "e", inputs: { n: scene.outputs.n }, outputs: { out: ui.number() } });
  const lost = step("lost", scene.outputs.empty);
  sheet = new Graph({ name: "Five", nodes: [c, d, e, lost] }).sheet();
  return { scene, a, b, c, d, e, lost, work };
}
const plan = (...args: Parameters<Sheet["plan"]>) => sheet.plan(...args).map((node) => node.name);

describe("the plan", () => {
  test("to here is all that is stale above, in order; what runs already is not named", async () => {
    const { c, e, work } = five();
    expect(plan(c)).toEqual(["a", "b", "c"]);
    expect(plan(e)).toEqual([]);
    (await work.started()).finish(1);
    await sheet.settled();
    expect(plan(e)).toEqual([]);
  });

  test("of this step alone is the step, or nothing when it would be refused", async () => {
    const { a, b, c } = five();
    expect(plan(a, { only: true })).toEqual(["a"]);
    expect(plan(b, { only: true })).toEqual([]);
    expect(plan(c, { only: true })).toEqual([]);
    await sheet.run(a);
    expect(plan(b, { only: true })).toEqual(["b"]);
  });

  test("again names what is ready too, but of its ancestors only the stale ones", async () => {
    const { scene, b } = five();
    await sheet.run(b);
    expect(plan(b)).toEqual([]);
    expect(plan(b, { again: true })).toEqual(["b"]);
    sheet.set(scene.inputs.n, 3);
    expect(plan(b, { again: true })).toEqual(["a", "b"]);
  });

  test("of a node with a callable is itself, ready or not", async () => {
    const { d } = five();
    await sheet.run(d);
    expect(plan(d)).toEqual(["d"]);
  });

  test("tells a graph's node above as itself, also where it runs once per item", async () => {
    const step = (name: string, n: unknown) =>
      new FnNode(({ n }: N) => n + 1, {
        name,
        trigger: "manual",
        inputs: { n: n as number },
        outputs: { out: ui.number() },
      });
    const a = step("a", ui.number({ value: 1 }));
    const b = step("b", a.outputs.out);
    const inner = new Graph({ name: "Inner", nodes: [b], inputs: { n: a.inputs.n }, outputs: { out: b.outputs.out } });
    const list = new InputNode({ name: "list", ports: { n: ui.json<number[]>({ value: [1, 2] }) } });
    const one = new GraphNode(inner, { name: "one" });
    const each = new GraphNode(inner, { name: "each", inputs: { n: list.outputs.n.each() } });
    const inputs = { n: one.outputs.out, m: each.outputs.out.all() };
    const last = new FnNode(({ n, m }: N & { m: number[] }) => n + m.length, {
      name: "last",
      inputs,
      outputs: { out: ui.number() },
    });
    sheet = new Graph({ name: "Outer", nodes: [last] }).sheet();
    expect(plan(last)).toEqual(["one", "each", "last"]);
    await sheet.run(one);
    expect(plan(last)).toEqual(["each", "last"]);
    expect(plan()).toEqual(["each", "last"]);
    await sheet.run(last);
    expect(plan(last)).toEqual([]);
  });

  test("of what needs an empty input is nothing, and a run of it is refused", async () => {
    const { lost } = five();
    expect(plan(lost)).toEqual([]);
    expect(await sheet.run(lost)).toEqual({ kind: "refused", why: expect.stringContaining("empty") });
  });

  test("of everything leaves out what cannot run, and is what runAll runs", async () => {
    const { work } = five();
    const planned = plan();
    expect(planned).toEqual(["a", "b", "c", "d"]);
    const ran: string[] = [];
    sheet.events$.subscribe((event) => event.kind === "run-started" && ran.push(event.run.node));
    const ends = sheet.runAll();
    (await work.started()).finish(1);
    expect((await ends).map((end) => end.kind).toSorted()).toEqual(
      [...Array(5).fill("ready"), "refused", "refused"].toSorted(),
    );
    expect(ran.toSorted()).toEqual(planned);
  });
});

describe("an InputNode that is asked to run", () => {
  test("has nothing to run: it is refused while a port is empty, then ready with its values", async () => {
    const { scene } = five();
    expect(plan(scene)).toEqual([]);
    expect(await sheet.run(scene)).toEqual({ kind: "refused", why: expect.stringContaining("'empty' of scene") });
    sheet.set(scene.inputs.empty, 9);
    expect(await sheet.run(scene)).toMatchObject({
      kind: "ready",
      outputs: { n: 1, empty: 9 },
      run: { node: "scene", outcome: "ready", inputs: { n: 1, empty: 9 } },
    });
    expect(await sheet.run(scene, { again: true, only: true })).toMatchObject({ kind: "ready" });
  });
});
