/** The laws under awkward functions: what they return and throw, what they do meanwhile, and those that return nothing at all. */
import { Observable, of } from "rxjs";
import { afterEach, describe, expect, test } from "vitest";
import { FnNode, Graph, GraphError, type Result, type Sheet, ui } from "../../src/index.ts";
import { held } from "../../src/testing.ts";

let sheet: Sheet;
afterEach(() => sheet.close());

type N = { n: number };
const one = () => ui.number({ value: 1 });

/** Something with a `then`, and no promise. */
function thenable(then: (resolve: (n: number) => void) => void): Promise<number> {
  // biome-ignore lint/suspicious/noThenProperty: promise-likes are what is tried
  return Object.defineProperty({}, "then", { value: then }) as Promise<number>;
}

/** `x -> f`, opened. */
function single(work: (inputs: N) => Result<number>, trigger: "auto" | "manual" = "auto") {
  const f = new FnNode(work, { name: "f", trigger, inputs: { n: one() }, outputs: { out: ui.number() } });
  sheet = new Graph({ name: "Single", nodes: [f] }).sheet();
  return { f, x: f.inputs.n, out: f.outputs.out };
}

describe("a function that returns", () => {
  test("[R10] an Observable that says everything at once is as good as a promise", async () => {
    const { out, x } = single(({ n }) => of(n, n + 1, n + 2));
    await sheet.settled();
    expect(sheet.value(out)).toBe(3);
    sheet.set(x, 5);
    await sheet.settled();
    expect(sheet.value(out)).toBe(7);
  });

  test("[W3, R2] a promise-like that answers at once, and then again, has answered once", async () => {
    const twice = (n: number) =>
      thenable((resolve) => {
        resolve(n);
        resolve(n + 100);
      });
    const { out, x } = single(({ n }) => twice(n));
    await sheet.settled();
    expect(sheet.value(out)).toBe(1);
    sheet.set(x, 2);
    await sheet.settled();
    expect(sheet.value(out)).toBe(2);
  });

  test("[W1] a promise-like that throws, and anything else that can be thrown, is a failure", async () => {
    const wrongs: (() => unknown)[] = [
      () =>
        thenable(() => {
          throw new Error("no");
        }),
      () => {
        throw undefined;
      },
      () => {
        throw null;
      },
      () => {
        throw new Proxy(
          {},
          {
            get: () => {
              throw new Error("look away");
            },
          },
        );
      },
      () => Promise.reject(),
      () => ({
        [Symbol.asyncIterator]: () => {
          throw new Error("no iterator");
        },
      }),
      () => ({
        [Symbol.asyncIterator]: () => ({
          next: () => {
            throw new Error("no next");
          },
        }),
      }),
      () =>
        new Observable(() => {
          throw new Error("no subscription");
        }),
    ];
    for (const wrong of wrongs) {
      const { out } = single((_: N) => wrong() as number);
      await sheet.settled();
      expect(sheet.signal(out)).toMatchObject({ kind: "failed", failure: { reason: "threw" } });
      expect(await sheet.run(sheet.graph.nodes[0]!)).toMatchObject({ kind: "failed" });
      sheet.close();
    }
  });

  const refuse = () => {
    throw new Error("I will not");
  };
  const stubborn: readonly (readonly [string, () => Result<number>])[] = [
    [
      "an iterator",
      () => ({ [Symbol.asyncIterator]: () => ({ next: () => new Promise<never>(() => undefined), return: refuse }) }),
    ],
    ["an Observable", () => new Observable<number>(() => refuse)],
  ];
  test.each(stubborn)(
    "[R2, R4] %s that will not be stopped does not hold up the demand that stops it",
    async (_, made) => {
      const { f, out, x } = single((_: N) => made());
      sheet.set(x, 2);
      const end = sheet.run(f);
      sheet.cancel(f);
      expect(await end).toEqual({ kind: "cancelled" });
      expect(sheet.signal(out).kind).toBe("stale");
      await sheet.settled();
    },
  );
});

describe("a node's function", () => {
  test.each(["run", "cancel", "batch"] as const)("[W10] may not %s on its own sheet while values flow", (what) => {
    const acts = { run: () => void sheet.run(apart), cancel: () => sheet.cancel(), batch: () => sheet.batch(() => 1) };
    const meddler = new FnNode(
      ({ n }: N) => {
        if (n === 2) acts[what]();
        return n;
      },
      { name: "meddler", inputs: { n: one() }, outputs: { out: ui.number() } },
    );
    const apart = new FnNode(({ n }: N) => n, { name: "apart", inputs: { n: one() }, outputs: { out: ui.number() } });
    sheet = new Graph({ name: "Meddling", nodes: [meddler, apart] }).sheet();
    sheet.set(meddler.inputs.n, 2);
    const signal = sheet.signal(meddler.outputs.out);
    if (signal.kind !== "failed" || signal.failure.reason !== "threw") throw new Error(`it is ${signal.kind}`);
    expect(signal.failure.error).toBeInstanceOf(GraphError);
    expect(sheet.value(apart.outputs.out)).toBe(1);
  });

  test("[W10] may set once it has waited: then the wave is over", async () => {
    const apart = new FnNode(({ n }: N) => n, { name: "apart", inputs: { n: one() }, outputs: { out: ui.number() } });
    const late = new FnNode(
      async ({ n }: N) => {
        await null;
        sheet.set(apart.inputs.n, n * 10);
        return n;
      },
      { name: "late", inputs: { n: one() }, outputs: { out: ui.number() } },
    );
    sheet = new Graph({ name: "Waited", nodes: [late, apart] }).sheet();
    await sheet.settled();
    expect(sheet.value(apart.outputs.out)).toBe(10);
    expect(sheet.value(late.outputs.out)).toBe(1);
  });
});

describe("a node without outputs", () => {
  const sink = (trigger: "auto" | "manual") => {
    const seen: number[] = [];
    const work = ({ n }: N) => {
      if (n === 9) throw new Error("nine");
      seen.push(n);
    };
    const f = new FnNode(work, { name: "sink", trigger, inputs: { n: one() }, outputs: {} });
    sheet = new Graph({ name: "Sink", nodes: [f] }).sheet();
    return { f, seen, x: f.inputs.n };
  };

  test("[W5, W7] runs once for a change, and not for none", () => {
    const { seen, x } = sink("auto");
    sheet.set(x, 2);
    sheet.set(x, 2);
    expect(seen).toEqual([1, 2]);
  });

  test("[R4, R5] runs when it is asked, and its demand ends", async () => {
    const { f, seen, x } = sink("manual");
    expect(seen).toEqual([]);
    expect(await sheet.run(f)).toMatchObject({ kind: "ready", outputs: {} });
    expect(await sheet.run(f)).toMatchObject({ kind: "ready" });
    expect(seen).toEqual([1]);
    sheet.set(x, 9);
    expect(sheet.plan(f).map((node) => node.name)).toEqual(["sink"]);
    expect(await sheet.run(f)).toMatchObject({ kind: "failed", failure: { reason: "threw" } });
    sheet.set(x, 3);
    expect((await sheet.runAll()).map((end) => end.kind)).toEqual(["ready"]);
    expect(seen).toEqual([1, 3]);
  });

  test("[R2, R4] is stopped like any other", async () => {
    const work = held<N, void>();
    const f = new FnNode(work.fn, { name: "sink", inputs: { n: one() }, outputs: {} });
    sheet = new Graph({ name: "Sink", nodes: [f] }).sheet();
    const end = sheet.run(f);
    const run = await work.started();
    sheet.set(f.inputs.n, 2);
    expect(run.context.signal.aborted).toBe(true);
    (await work.started()).end();
    expect((await end).kind).toBe("ready");
    sheet.set(f.inputs.n, 3);
    const other = sheet.run(f);
    sheet.cancel(f);
    expect(await other).toEqual({ kind: "cancelled" });
    await sheet.settled();
  });
});
