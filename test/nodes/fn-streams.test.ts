/** Functions that give many values, in their odd ways of ending, and how they are let go. */
import { EMPTY, NEVER, Observable, of, Subject, throwError } from "rxjs";
import { describe, expect, test } from "vitest";
import { ui } from "../../src/index.ts";
import { turn } from "../support/turn.ts";
import { alone } from "./plain.ts";

const number = { outputs: { out: ui.number() } };
const never = new Promise<never>(() => undefined);

describe("an async generator", () => {
  test("that returns instead of yielding has given its value", async () => {
    const { sheet, out } = alone(async function* () {
      yield* [];
      return 5;
    }, number);
    await sheet.settled();
    expect(sheet.value(out)).toBe(5);
  });

  test("that yields and then returns has given what it returned", async () => {
    const { sheet, out } = alone(async function* () {
      yield 1;
      return 2;
    }, number);
    await sheet.settled();
    expect(sheet.value(out)).toBe(2);
  });

  test("that yields and then returns nothing has given what it yielded last", async () => {
    const { sheet, out } = alone(async function* () {
      yield 1;
      yield 2;
    }, number);
    await sheet.settled();
    expect(sheet.value(out)).toBe(2);
  });

  test("that yields a promise has given what was promised", async () => {
    const { sheet, out } = alone(async function* () {
      yield Promise.resolve(3);
    }, number);
    await sheet.settled();
    expect(sheet.value(out)).toBe(3);
  });

  test("that yields what its port will not take shows no partial of it, and fails only if it is the last", async () => {
    const good = alone(async function* () {
      yield "no number";
      yield 1;
    }, number);
    const partials: unknown[] = [];
    good.sheet.signal$(good.out).subscribe((signal) => signal.kind === "pending" && partials.push(signal.partial));
    await good.sheet.settled();
    expect(good.sheet.value(good.out)).toBe(1);
    expect(partials).not.toContain("no number");
    const bad = alone(async function* () {
      yield 1;
      yield "no number";
    }, number);
    await bad.sheet.settled();
    expect(bad.now()).toMatchObject({ kind: "failed", failure: { reason: "bad-output", port: "out" } });
  });

  test("that is stopped is told to return, and cleans up", async () => {
    const heard: string[] = [];
    const held = new Subject<number>();
    const { sheet, node } = alone(async function* () {
      try {
        yield 1;
        await new Promise((resolve) => held.subscribe(resolve));
        yield 2;
        heard.push("went on");
      } finally {
        heard.push("cleaned up");
      }
    }, number);
    await turn();
    sheet.cancel(node);
    held.next(1);
    await turn();
    expect(heard).toEqual(["cleaned up"]);
  });

  test.each(["cancel", "close", "set"] as const)("is told to return by %s at once, and once", async (how) => {
    let told = 0;
    const stream = { next: () => never, return: () => Promise.resolve({ done: true, value: ++told }) };
    const { sheet, node } = alone((_: object) => ({ [Symbol.asyncIterator]: () => stream }), {
      ...number,
      inputs: { n: ui.number({ value: 1 }) },
      trigger: "manual",
    });
    void sheet.run(node);
    sheet.batch(() => (how === "set" ? sheet.set(node.inputs.n as never, 2 as never) : undefined));
    if (how === "cancel") sheet.cancel(node);
    if (how === "close") sheet.close();
    expect(told).toBe(1);
    sheet.close();
    expect(told).toBe(how === "set" ? 2 : 1);
  });

  test("that cannot be told to return, or will not, is left behind", async () => {
    for (const stop of [undefined, () => Promise.reject(new Error("no"))]) {
      const stream = { next: () => never, ...(stop && { return: stop }) };
      const { sheet, node } = alone(() => ({ [Symbol.asyncIterator]: () => stream }), number);
      const end = sheet.run(node);
      sheet.cancel(node);
      expect(await end).toEqual({ kind: "cancelled" });
      await turn();
    }
  });

  test("that gave a file which cannot be read fails, and cleans up too", async () => {
    const heard: string[] = [];
    const work = async function* () {
      try {
        yield "/no/such/file.png";
        yield "/no/such/other.png";
      } finally {
        heard.push("cleaned up");
      }
    };
    const { sheet, now } = alone(work, { outputs: { out: ui.image() } });
    await sheet.settled();
    await turn();
    expect(now()).toMatchObject({ kind: "failed", failure: { reason: "bad-output" } });
    expect(heard).toEqual(["cleaned up"]);
  });
});

describe("an Observable", () => {
  test.each<[string, () => Observable<unknown>, object]>([
    ["that errors fails", () => throwError(() => new Error("dry")), { reason: "threw", message: "dry." }],
    ["that is empty is bad-output", () => EMPTY, { reason: "bad-output", port: "out" }],
    ["that gives undefined last is bad-output", () => of(1, undefined), { reason: "bad-output", port: "out" }],
    ["that gives the wrong type last is bad-output", () => of(1, "a"), { reason: "bad-output", port: "out" }],
  ])("%s", async (_, made, failure) => {
    const { sheet, now } = alone(made, number);
    await sheet.settled();
    expect(now()).toMatchObject({ kind: "failed", failure });
  });

  test("that goes on after its end is not heard", async () => {
    const { sheet, out } = alone(
      () =>
        new Observable<number>((subscriber) => {
          subscriber.next(1);
          subscriber.complete();
          subscriber.next(2);
          subscriber.error(new Error("late"));
        }),
      number,
    );
    await sheet.settled();
    expect(sheet.value(out)).toBe(1);
  });

  test("is subscribed once per run, and let go by cancel, close and a newer run", () => {
    let open = 0;
    let opened = 0;
    const made = () =>
      new Observable<number>(() => {
        open++;
        opened++;
        return () => open--;
      });
    const { sheet, node } = alone((_: object) => made(), { ...number, inputs: { n: ui.number({ value: 1 }) } });
    expect([open, opened]).toEqual([1, 1]);
    sheet.set(node.inputs.n as never, 2 as never);
    expect([open, opened]).toEqual([1, 2]);
    sheet.cancel(node);
    expect(open).toBe(0);
    void sheet.run(node);
    expect([open, opened]).toEqual([1, 3]);
    sheet.close();
    expect(open).toBe(0);
  });

  test("that is silent for ever is pending for ever, until it is stopped", async () => {
    const { sheet, node, now } = alone(() => NEVER, number);
    await turn();
    expect(now()).toEqual({ kind: "pending" });
    sheet.cancel(node);
    await sheet.settled();
    expect(now().kind).toBe("stale");
  });
});
