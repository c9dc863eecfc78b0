/** The options that every node takes: their defaults, and what is refused where it is written. */
import { describe, expect, test } from "vitest";
import type { BaseNode } from "../../src/engine/base-node.ts";
import { GraphError, Lane } from "../../src/index.ts";
import { plainFn, thrownBy } from "../nodes/plain.ts";

const node = (options: object) =>
  plainFn(() => 1, { name: "f", outputs: { out: null }, ...options }) as unknown as BaseNode;

describe("a node", () => {
  test("remembers, tries once, fails with an item, and has no lane, unless it is told otherwise", () => {
    expect(node({})).toMatchObject({ remember: true, onItemError: "fail" });
    for (const option of ["retries", "lane", "timeout", "trigger", "fallback"] as const) {
      expect(node({})[option]).toBeUndefined();
    }
  });

  test("keeps what it is told", () => {
    const lane = new Lane(2, "gpu");
    const retries = { times: 3, delay: 10, factor: 2, when: () => true };
    const told = { remember: false, onItemError: "skip", trigger: "manual", timeout: 5, retries, lane };
    expect(node(told)).toMatchObject(told);
    expect(node(told).lane).toBe(lane);
  });

  test("given a number has a lane of its own, with its name", () => {
    const [a, b] = [node({ lane: 3 }), node({ lane: 3 })];
    expect(a.lane).toMatchObject({ limit: 3, name: "f" });
    expect(a.lane).not.toBe(b.lane);
  });

  test("has a fallback that may be any value but undefined", () => {
    expect(node({ fallback: null }).fallback).toEqual({ value: null });
    expect(node({ fallback: undefined }).fallback).toBeUndefined();
  });
});

describe("what is refused", () => {
  test.each<[string, object]>([
    ["a trigger of its own", { trigger: "sometimes" }],
    ["remember that is neither true nor false", { remember: "yes" }],
    ["a way with items that there is not", { onItemError: "ignore" }],
    ["a lane that is none", { lane: { limit: 3 } }],
    ["a condition for retries that is no function", { retries: { times: 1, when: true } }],
    ["a name that is no text", { name: 5 }],
    ["a name without letters", { name: " " }],
  ])("%s, as a GraphError", (_, options) => {
    expect(thrownBy(() => node(options))).toBeInstanceOf(GraphError);
  });

  test.each<[string, object, string]>([
    ["no time at all", { timeout: 0 }, "timeout"],
    ["a time that is no number", { timeout: "5s" }, "timeout"],
    ["NaN milliseconds", { timeout: Number.NaN }, "timeout"],
    ["fewer than no retries", { retries: -1 }, "retries"],
    ["half a retry", { retries: 0.5 }, "retries"],
    ["retries without a number", { retries: { delay: 5 } }, "retries"],
    ["retries that are null", { retries: null }, "retries"],
    ["a negative delay", { retries: { times: 1, delay: -1 } }, "retries.delay"],
    ["a factor that shrinks", { retries: { times: 1, factor: 0.5 } }, "retries.factor"],
    ["a lane for nobody", { lane: 0 }, "lane"],
  ])("%s, as a RangeError that names the option", (_, options, option) => {
    const error = thrownBy(() => node(options));
    expect(error).toBeInstanceOf(RangeError);
    expect((error as Error).message).toContain(option);
  });
});
