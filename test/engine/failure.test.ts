/** Failures as values: whatever was thrown is told in a sentence, and telling it never throws. */
import { describe, expect, test } from "vitest";
import { badOutput, described, type Failure, FailureError, failureOf } from "../../src/engine/failure.ts";
import { alone } from "../nodes/plain.ts";

const refusing = () => {
  throw new Error("look away");
};
const everyTrap: ProxyHandler<object> = { get: refusing, getPrototypeOf: refusing, ownKeys: refusing, has: refusing };
const revoked = () => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
};
const nasty = new Map<string, unknown>([
  ["undefined", undefined],
  ["null", null],
  ["a symbol", Symbol("s")],
  ["a big integer", 1n],
  ["an object without prototype", Object.create(null)],
  ["a Proxy that refuses everything", new Proxy({}, everyTrap)],
  ["a revoked Proxy", revoked()],
  ["an Error whose message is a symbol", Object.assign(new Error("x"), { message: Symbol("s") })],
  ["an Error whose message is an object", Object.assign(new Error("x"), { message: { toString: refusing } })],
  ["an Error that hides its message", Object.defineProperty(new Error("x"), "message", { get: refusing })],
  ["an Error without words", new Error("")],
]);

describe("what was thrown", () => {
  test.each([...nasty.keys()])("may be %s, and is told in a sentence", (name) => {
    const error = nasty.get(name);
    const failure = failureOf(error);
    expect(failure.reason).toBe("threw");
    expect(failure.message).toMatch(/[.!?…]$/);
    expect(failure.advice).not.toBe("");
  });

  test.each([...nasty.keys()])("may be %s by a node's function, and its sheet lives on", async (name) => {
    const error = nasty.get(name);
    for (const later of [false, true]) {
      const work = () => {
        if (later) return Promise.reject(error);
        throw error;
      };
      const { sheet, node, now } = alone(work);
      await sheet.settled();
      expect(now()).toMatchObject({ kind: "failed", failure: { reason: "threw" } });
      expect((await sheet.run(node)).kind).toBe("failed");
      sheet.close();
    }
  });

  test("is that very failure when a FailureError says so", () => {
    const failure: Failure = {
      reason: "quota",
      service: "the mill",
      retryAfter: 60,
      message: "Full.",
      advice: "Wait.",
    };
    const { sheet, now } = alone(() => {
      throw new FailureError(failure);
    });
    expect(now()).toEqual({ kind: "failed", failure });
    sheet.close();
  });

  test("keeps its own punctuation", () => {
    expect(failureOf(new Error("Really?")).message).toBe("Really?");
    expect(failureOf("plain text").message).toBe("plain text.");
    expect(failureOf(new TypeError()).message).toBe("TypeError.");
  });
});

describe("a value in a few words", () => {
  test.each<[unknown, string]>([
    [undefined, "undefined"],
    [null, "null"],
    ["ab", 'the text "ab"'],
    ["x".repeat(10_000_000), `the text "${"x".repeat(40)}…"`],
    [Number.NaN, "NaN"],
    [1n, "1"],
    [[1, 2], "a list of 2"],
    [{}, "an object"],
    [new Map(), "a Map"],
    [() => 1, "a function"],
  ])("is $1", (value, words) => {
    expect(described(value)).toBe(words);
  });

  test("of anything, without throwing", () => {
    for (const value of nasty.values()) expect(typeof described(value)).toBe("string");
  });

  test("says what was expected, what it was, and what to do", () => {
    expect(badOutput("out", "a number", "7")).toEqual({
      reason: "bad-output",
      port: "out",
      expected: "a number",
      message: `The output 'out' should be a number, and it was the text "7".`,
      advice: "Let the function return a number for 'out'.",
    });
  });
});
