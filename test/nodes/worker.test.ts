/** Functions that run in threads: what is wrong while wiring, and that they are nodes like any other. Real threads do the work. */
import { fileURLToPath, pathToFileURL } from "node:url";
import { describe, expect, test, vi } from "vitest";
import { FnNode, Graph, type GraphError, InputNode, ui } from "../../src/index.ts";
import * as work from "../support/heavy.ts";
import { aside, heavy, threaded } from "../support/threads.ts";
import { thrownBy } from "./plain.ts";

const mistake = (make: () => unknown) => thrownBy(make) as GraphError;

describe("while wiring", () => {
  test("a misspelt input brings the one that was meant, a missing one is named: the parameters are the function's own", () => {
    expect(mistake(() => threaded(work.sum, { inputs: { upto: 1 } }))).toMatchObject({
      code: "unknown-input",
      suggestion: "upTo",
    });
    expect(mistake(() => threaded(work.sum))).toMatchObject({ code: "missing-input", port: "upTo" });
  });

  test("a file that is not there brings its neighbour that was meant", () => {
    const error = mistake(() => threaded(work.sum, { inputs: { upTo: 1 } }, new URL("./heavvy.ts", heavy)));
    expect(error).toMatchObject({ name: "GraphError", code: "wrong-type", suggestion: "heavy.ts" });
    expect(error.message).toContain(`There is no file ${fileURLToPath(new URL("./heavvy.ts", heavy))}`);
  });

  test.each<[string, unknown]>([
    ["a folder", new URL(".", heavy)],
    ["a file in a folder that is not there", pathToFileURL("/no/such/folder/heavy.ts")],
    ["a text", "./heavy.ts"],
    ["a page", new URL("https://example.org/heavy.ts")],
    ["nothing", null],
  ])("a module that is %s is refused", (_, module) => {
    expect(mistake(() => threaded(work.sum, { inputs: { upTo: 1 } }, module))).toMatchObject({ code: "wrong-type" });
  });

  test.each<[string, unknown]>([
    [
      "a function without a name",
      (
        () => () =>
          1
      )(),
    ],
    ["no function", "sum"],
  ])("%s is refused, and the message shows how it is written", (what, fn) => {
    const error = mistake(() => threaded(fn));
    expect(error.code).toBe("wrong-type");
    expect(error.message).toContain(`given ${what}`);
    expect(error.message).toContain("new URL(");
  });

  test("in a page there are no threads, and the message says what to write there", () => {
    const builtin = vi.spyOn(process, "getBuiltinModule").mockReturnValue(undefined as never);
    try {
      const error = mistake(() => threaded(work.sum, { inputs: { upTo: 1 } }));
      expect(error.code).toBe("not-expressible");
      expect(error.message).toContain("new FnNode(fn, options)");
    } finally {
      builtin.mockRestore();
    }
  });

  test("outputs are checked as any node's", () => {
    expect(mistake(() => threaded(work.sum, { inputs: { upTo: 1 }, outputs: undefined })).code).toBe("unknown-port");
  });

  test("the function names the node", () => {
    expect(threaded(work.sum, { inputs: { upTo: 1 } })).toMatchObject({ kind: "fn", name: "sum" });
  });
});

describe("the function", () => {
  test("runs beside the event loop, and its value flows like any other", async () => {
    const total = FnNode.inWorker(work.sum, heavy, {
      inputs: { upTo: ui.number({ value: 10 }) },
      outputs: { total: ui.number() },
    });
    const twice = new FnNode(({ n }: { n: number }) => n * 2, {
      inputs: { n: total.outputs.total },
      outputs: { twice: ui.number() },
    });
    const sheet = new Graph({ name: "Sums", nodes: [twice] }).sheet();
    await sheet.settled();
    expect(sheet.value(twice.outputs.twice)).toBe(110);
    sheet.set(total.inputs.upTo, 4);
    await sheet.settled();
    expect(sheet.value(twice.outputs.twice)).toBe(20);
    sheet.close();
  });

  test("is in no main thread, and knows which attempt it is", async () => {
    const { sheet, now } = aside(work.whereabouts);
    await sheet.settled();
    expect(now()).toMatchObject({ value: { inMain: false, attempt: 0, item: [] } });
    sheet.close();
  });

  test("takes its defaults", async () => {
    const { sheet, now } = aside(work.sum, { inputs: { upTo: 4, from: 4 } });
    const usual = aside(work.sum, { inputs: { upTo: 4 } });
    await Promise.all([sheet.settled(), usual.sheet.settled()]);
    expect([now(), usual.now()]).toMatchObject([{ value: 4 }, { value: 10 }]);
  });

  test.each<[string, unknown, number]>([
    ["an arrow", work.arrow, 4],
    ["exported under another name", work.another, 6],
    ["the module's default", work.default, 10],
  ])("may be %s", async (_, fn, value) => {
    const { sheet, now } = aside(fn, { inputs: { n: 2 } });
    await sheet.settled();
    expect(now()).toMatchObject({ kind: "ready", value });
  });

  test("that its module does not export is a failure that says what is exported and what to write", async () => {
    const { sheet, now } = aside(work.box.hidden, { inputs: { n: 2 } });
    await sheet.settled();
    const signal = now();
    expect(signal).toMatchObject({ kind: "failed", failure: { reason: "threw" } });
    const { message, advice } = (signal as { failure: { message: string; advice: string } }).failure;
    expect(message).toMatch(/heavy\.ts exports no function 'hidden'\. There is: .*'spin'/);
    expect(advice).toContain("export function hidden(");
  });
});

test("[S1] each item of a scattered list has an errand of its own, and the order is kept", async () => {
  const list = new InputNode({ name: "List", ports: { list: ui.json<number[]>({ value: [5, 1, 3] }) } });
  const twice = FnNode.inWorker(work.arrow, heavy, {
    inputs: { n: list.outputs.list.each() },
    outputs: { twice: null },
  });
  const all = new FnNode(({ twos }: { twos: number[] }) => twos, {
    inputs: { twos: twice.outputs.twice.all() },
    outputs: { all: null },
  });
  const sheet = new Graph({ name: "Twos", nodes: [all] }).sheet();
  await sheet.settled();
  expect(sheet.value(all.outputs.all)).toEqual([10, 2, 6]);
  sheet.close();
});

describe("while it runs", () => {
  test("[R10] it tells progress, at a pace, and all of its log", async () => {
    const node = threaded(work.tells, { name: "f", trigger: "manual" });
    const sheet = new Graph({ name: "Tells", nodes: [node] }).sheet();
    const told: unknown[] = [];
    const lines: string[] = [];
    sheet.events$.subscribe((event) => {
      if (event.kind === "run-progress") told.push(event.progress);
      if (event.kind === "run-log") lines.push(event.line);
    });
    const end = await sheet.run(node);
    expect(end).toMatchObject({ kind: "ready", run: { log: ["a", "b"] } });
    expect(lines).toEqual(["a", "b"]);
    expect(told[0]).toEqual({ fraction: 0.25, message: "first" });
    expect(told.at(-1)).toEqual({ fraction: 1, message: "last" });
    expect(told.length).toBeLessThan(1000);
  });

  test.each<[string, unknown, object, readonly unknown[], unknown]>([
    ["an async generator gives many values, and the last is the value", work.countTo, { upTo: 3 }, [1, 2, 3], 3],
    ["an async generator's returned value is the value", work.returns, {}, [1], 2],
  ])("[R10] %s", async (_, fn, inputs, partials, value) => {
    const { sheet, out } = aside(fn, { inputs });
    const seen: unknown[] = [];
    sheet.signal$(out).subscribe((signal) => {
      if (signal.kind === "pending" && signal.partial !== undefined) seen.push(signal.partial);
    });
    await sheet.settled();
    expect(seen).toEqual(partials);
    expect(sheet.value(out)).toBe(value);
  });

  test("[R10] an Observable's last value is the value", async () => {
    const { sheet, now } = aside(work.observes);
    await sheet.settled();
    expect(now()).toMatchObject({ kind: "ready", value: 30 });
  });
});

describe("when it fails", () => {
  const failed = async (how: string) => {
    const { sheet, now } = aside(work.fails, { inputs: { how } });
    await sheet.settled();
    const signal = now();
    if (signal.kind !== "failed") throw new Error(`It is ${signal.kind}.`);
    return signal.failure;
  };

  test("the error arrives with its name, message, stack, cause and fields", async () => {
    const failure = await failed("jam");
    expect(failure).toMatchObject({ reason: "threw", message: "The wheel is jammed." });
    const { error } = failure as { error: Error & { teeth: number } };
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({ name: "Jam", message: "The wheel is jammed", teeth: 12 });
    expect(error.stack).toMatch(/heavy\.ts:\d+/);
    expect(error.cause).toMatchObject({ name: "RangeError", message: "too much grain" });
  });

  test("a FailureError fails it with exactly that failure", async () => {
    const failure = { reason: "quota", service: "mill", message: "No water.", advice: "Wait for rain." };
    expect(await failed("failure")).toEqual(failure);
  });

  test("what is no error is said as it is, or in words when it cannot be copied", async () => {
    expect(await failed("text")).toMatchObject({ reason: "threw", error: "dry", message: "dry." });
    expect(await failed("function")).toMatchObject({ reason: "threw", message: "It threw a function." });
  });

  test("a thread that ends itself is a failure, and the next run has another", async () => {
    expect(await failed("exit")).toMatchObject({
      reason: "threw",
      message: "The thread ended with code 3 before the function had answered.",
    });
    expect(await failed("text")).toMatchObject({ error: "dry" });
  });

  test("an error outside of all that is awaited fails it too", async () => {
    const { sheet, now } = aside(work.failsLater);
    await sheet.settled();
    expect(now()).toMatchObject({ failure: { reason: "threw", message: "Nobody awaited this." } });
  });
});
