/** What is worth trying again, and how long that waits. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { attemptWords, policyOf, waitAfter } from "../../src/engine/retry.ts";
import type { Failure } from "../../src/index.ts";

function failure(reason: Failure["reason"], more: object = {}): Failure {
  return { reason, message: `It is ${reason}.`, advice: "", ...more } as Failure;
}

describe("a policy", () => {
  test("of a number is attempts half a second apart, doubling", () => {
    expect(policyOf(3)).toMatchObject({ times: 3, delay: 500, factor: 2 });
    expect(policyOf({ times: 2, delay: 10, factor: 3 })).toMatchObject({ times: 2, delay: 10, factor: 3 });
  });

  test("of nothing is none", () => {
    expect([policyOf(undefined), policyOf(0), policyOf({ times: 0 })]).toEqual([undefined, undefined, undefined]);
  });

  test.each<[Failure["reason"], boolean]>([
    ["threw", true],
    ["timed-out", true],
    ["remote-unreachable", true],
    ["sleeping", true],
    ["quota", true],
    ["remote-refused", false],
    ["bad-input", false],
    ["bad-output", false],
    ["declined", false],
    ["cancelled", false],
    ["interrupted", false],
    ["upstream", false],
    ["item-failed", false],
  ])("tries again after %s: %o", (reason, worth) => {
    expect(policyOf(1)?.when(failure(reason))).toBe(worth);
  });

  test.each([
    [400, false],
    [401, false],
    [404, false],
    [408, true],
    [429, true],
    [500, true],
    [503, true],
  ])("tries again what a server refuses with %i: %o", (status, worth) => {
    expect(policyOf(1)?.when(failure("remote-refused", { status }))).toBe(worth);
  });

  test("waits a random part of a time that grows with every attempt, and at least what the failure asks for", () => {
    const policy = policyOf({ times: 9, delay: 100, factor: 3 })!;
    const threw = failure("threw");
    expect([0, 1, 2].map((failed) => waitAfter(failed, threw, policy, 0.5))).toEqual([50, 150, 450]);
    expect(waitAfter(2, threw, policy, 0)).toBe(0);
    expect(waitAfter(0, failure("quota", { retryAfter: 7000 }), policy, 0.9)).toBe(7000);
    expect(waitAfter(4, failure("quota", { retryAfter: 7000 }), policy, 0.9)).toBe(7290);
    for (const retryAfter of [Number.NaN, -1, "soon", undefined])
      expect(waitAfter(0, failure("quota", { retryAfter }), policy, 0.5)).toBe(50);
  });

  test("never waits less than nothing, nor for ever", () => {
    const policies = fc.record({
      times: fc.nat(50),
      delay: fc.double({ min: 0, max: 1e9, noNaN: true }),
      factor: fc.double({ min: 0, max: 1e9, noNaN: true }),
      when: fc.constant(() => true),
    });
    const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(policies, fc.nat(1000), chance, (policy, failed, random) => {
        const wait = waitAfter(failed, failure("threw"), policy, random);
        expect(wait).toBeGreaterThanOrEqual(0);
        expect(Number.isFinite(wait)).toBe(true);
      }),
    );
  });

  test.each([
    [0, "Attempt 2 of 3 in 0 s"],
    [430, "Attempt 2 of 3 in 0.4 s"],
    [4000, "Attempt 2 of 3 in 4 s"],
    [61_499, "Attempt 2 of 3 in 61 s"],
  ])("has words for a wait of %d ms", (ms, words) => {
    expect(attemptWords(1, policyOf(2)!, ms)).toBe(words);
  });
});
