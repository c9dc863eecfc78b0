/** R9 on small drawn graphs: how many work at once, who is next, and what becomes of those that wait. */
import { Observable } from "rxjs";
import { afterEach, describe, expect, test } from "vitest";
import { LivingSheet } from "../../src/engine/living-sheet.ts";
import { FnNode, Graph, Lane, type Node, type Sheet, type SheetEvent, ui } from "../../src/index.ts";
import { held } from "../../src/testing.ts";
import { FakeTime } from "../support/fake-time.ts";
import { turn } from "../support/turn.ts";

const sheets: Sheet[] = [];
afterEach(() => {
  for (const sheet of sheets.splice(0)) sheet.close();
});
function opened(...nodes: Node[]): Sheet {
  const sheet = new Graph({ name: "Lanes", nodes }).sheet();
  sheets.push(sheet);
  return sheet;
}

type N = { n: number };
const one = () => ui.number({ value: 1 });

/** A node that works in a lane until the test ends it. */
function worker(name: string, lane: Lane | number, options: object = {}) {
  const f = held<N, number>();
  const node = new FnNode(f.fn, { name, lane, inputs: { n: one() }, outputs: { out: ui.number() }, ...options });
  return { f, node, out: node.outputs.out };
}

describe("a lane", () => {
  test("[R9] holds for all sheets and graphs together, and takes those that wait from one sheet after the other", async () => {
    const lane = new Lane(2);
    const order: string[] = [];
    const ends: (() => void)[] = [];
    const work = (name: string) =>
      new FnNode(
        () =>
          new Promise<number>((resolve) => {
            order.push(name);
            ends.push(() => resolve(1));
          }),
        { name, lane, outputs: { out: null } },
      );
    const first = opened(...["a1", "a2", "a3", "a4", "a5"].map(work));
    const second = opened(...["b1", "b2"].map(work));
    const third = opened(...["c1"].map(work));
    expect(order).toEqual(["a1", "a2"]);
    while (ends.length > 0) {
      expect(ends.length).toBeLessThanOrEqual(2);
      ends.shift()?.();
      await turn();
    }
    await Promise.all([first, second, third].map((sheet) => sheet.settled()));
    expect(order).toEqual(["a1", "a2", "a3", "b1", "c1", "a4", "b2", "a5"]);
  });

  test("[R9] given as a number is of that node alone, on all its sheets", async () => {
    const { f, node, out } = worker("f", 1);
    const other = worker("g", 1);
    const [a, b] = [opened(node), opened(node)] as [Sheet, Sheet];
    opened(other.node);
    expect([f.count, other.f.count]).toEqual([1, 1]);
    expect(b.signal(out)).toEqual({ kind: "pending", progress: { queue: { position: 1 } } });
    (await f.started()).finish(5);
    await a.settled();
    expect([f.count, b.signal(out)]).toEqual([2, { kind: "pending" }]);
    (await f.started()).finish(6);
    await b.settled();
    expect([a.value(out), b.value(out)]).toEqual([5, 6]);
  });

  test("[R9] costs a function that answers at once no promise while a place is free", () => {
    const lane = new Lane(1);
    const f = new FnNode(({ n }: N) => n + 1, { name: "f", lane, inputs: { n: one() }, outputs: { out: ui.number() } });
    const g = new FnNode(({ n }: N) => n * 2, {
      name: "g",
      lane,
      inputs: { n: f.outputs.out },
      outputs: { out: ui.number() },
    });
    const sheet = opened(g);
    expect(sheet.value(g.outputs.out)).toBe(4);
    sheet.set(f.inputs.n, 5);
    expect(sheet.value(g.outputs.out)).toBe(12);
  });

  test("[R9] is free again after a function that threw, returned nothing, or gave what its port will not take", async () => {
    const lane = new Lane(1);
    const wrongs: (() => unknown)[] = [
      () => {
        throw new Error("no");
      },
      () => undefined,
      () => "no number",
      () => Promise.reject(new Error("no")),
      () => Promise.resolve("no number"),
      async function* () {
        yield 1;
        throw new Error("no");
      },
      () => ({ [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(new Error("no")) }) }),
      () =>
        new Observable(() => {
          throw new Error("no");
        }),
      () => 1,
    ];
    const nodes = wrongs.map(
      (work, i) => new FnNode(work as () => number, { name: `f${i}`, lane, outputs: { out: ui.number() } }),
    );
    const sheet = opened(...nodes);
    await sheet.settled();
    expect(nodes.map(({ outputs }) => sheet.signal(outputs.out).kind)).toEqual([
      ...wrongs.slice(1).map(() => "failed"),
      "ready",
    ]);
    await turn();
    const last = worker("last", lane);
    opened(last.node);
    expect(last.f.count).toBe(1);
  });
});

describe("a run that waits for its lane", () => {
  test("[R9] is pending, and says where it stands as it moves", async () => {
    const time = new FakeTime();
    const lane = new Lane(1);
    const workers = ["a", "b", "c"].map((name) => worker(name, lane));
    const sheet = new LivingSheet(new Graph({ name: "Line", nodes: workers.map(({ node }) => node) }), { time });
    sheets.push(sheet);
    const progress: SheetEvent[] = [];
    sheet.events$.subscribe((event) => event.kind === "run-progress" && progress.push(event));
    const now = () => workers.map(({ out }) => sheet.signal(out));
    const at = (position: number) => ({ kind: "pending", progress: { queue: { position } } });
    expect(now()).toEqual([{ kind: "pending" }, at(1), at(2)]);
    (await workers[0]?.f.started())?.finish(1);
    await turn();
    await time.pass(1000);
    expect(now()).toMatchObject([{ kind: "ready" }, { kind: "pending" }, at(1)]);
    expect(progress).toMatchObject([{ progress: { queue: { position: 1 } } }]);
    (await workers[1]?.f.started())?.finish(2);
    await turn();
    expect(now()).toMatchObject([{ kind: "ready" }, { kind: "ready" }, { kind: "pending" }]);
    expect(sheet.signal(workers[2]?.out as never)).toEqual({ kind: "pending" });
    expect(time.waits).toEqual([]);
  });

  test("[R9, R4] never starts and never holds a place once it is cancelled", async () => {
    const lane = new Lane(1);
    const [a, b, c] = [worker("a", lane), worker("b", lane), worker("c", lane)];
    const sheet = opened(a.node, b.node, c.node);
    const end = sheet.run(b.node);
    sheet.cancel(b.node);
    expect(await end).toEqual({ kind: "cancelled" });
    expect(sheet.signal(b.out).kind).toBe("stale");
    (await a.f.started()).finish(1);
    await turn();
    expect([b.f.count, c.f.count]).toEqual([0, 1]);
    (await c.f.started()).finish(1);
    await sheet.settled();
    opened(worker("d", lane).node);
    expect(b.f.count).toBe(0);
  });

  test("[R9, R2] leaves the line when an edit supersedes it; the new run goes to the end, and the demand with it", async () => {
    const lane = new Lane(1);
    const [a, b, c] = [worker("a", lane), worker("b", lane), worker("c", lane)];
    const sheet = opened(a.node, b.node, c.node);
    const end = sheet.run(b.node);
    sheet.set(b.node.inputs.n, 2);
    (await a.f.started()).finish(1);
    await turn();
    expect([b.f.count, c.f.count]).toEqual([0, 1]);
    (await c.f.started()).finish(1);
    const run = await b.f.started();
    expect(run.inputs).toEqual({ n: 2 });
    run.finish(3);
    expect(await end).toMatchObject({ kind: "ready", outputs: { out: 3 } });
    expect(b.f.count).toBe(1);
  });

  test("[R9, W2] does not start when its turn comes while an input is stale, and holds up nobody", async () => {
    // x -> a (held, no lane) -> b (in the lane); c (in the lane)
    const lane = new Lane(1);
    const c = worker("c", lane);
    const a = held<N, number>();
    const A = new FnNode(a.fn, { name: "a", inputs: { n: one() }, outputs: { out: ui.number() } });
    const b = held<N, number>();
    const B = new FnNode(b.fn, { name: "b", lane, inputs: { n: A.outputs.out }, outputs: { out: ui.number() } });
    const sheet = opened(c.node, B);
    (await a.started()).finish(1);
    await turn();
    expect(sheet.signal(B.outputs.out)).toEqual({ kind: "pending", progress: { queue: { position: 1 } } });
    sheet.set(A.inputs.n, 2);
    (await c.f.started()).finish(1);
    await turn();
    expect(b.count).toBe(0);
    const other = worker("d", lane);
    opened(other.node);
    expect(other.f.count).toBe(1);
    (await a.started()).finish(1);
    (await other.f.started()).finish(1);
    (await b.started()).finish(8);
    await sheet.settled();
    expect([sheet.value(B.outputs.out), b.count]).toEqual([8, 1]);
  });

  test("[R9, R5] does not start when nobody asks for it any more", async () => {
    // a (in the lane); m* -> n*: who asked for n leaves while m waits
    const lane = new Lane(1);
    const a = worker("a", lane);
    const m = worker("m", lane, { trigger: "manual" });
    const n = new FnNode(({ n }: N) => n, {
      name: "n",
      trigger: "manual",
      inputs: { n: m.out },
      outputs: { out: ui.number() },
    });
    const sheet = opened(a.node, n);
    const end = sheet.run(n);
    sheet.cancel(n);
    expect(await end).toEqual({ kind: "cancelled" });
    (await a.f.started()).finish(1);
    await sheet.settled();
    expect([m.f.count, sheet.signal(m.out).kind]).toEqual([0, "stale"]);
    opened(worker("d", lane).node);
  });

  test("[R9] is dropped when its sheet closes", async () => {
    const lane = new Lane(1);
    const [a, b, c] = [worker("a", lane), worker("b", lane), worker("c", lane)];
    opened(a.node);
    opened(b.node).close();
    opened(c.node);
    (await a.f.started()).finish(1);
    await turn();
    expect([b.f.count, c.f.count]).toEqual([0, 1]);
  });
});
