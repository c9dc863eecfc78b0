import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyChanges, applyPatch, type Change, diff } from "../../src/protocol/patch.ts";
import type { Json, View } from "../../src/protocol.ts";
import { coalesce } from "../../src/server/coalesce.ts";

/** JSON with keys that have bitten others. */
const key = fc.oneof(
  fc.constantFrom("__proto__", "constructor", "toString", "", "0", "length", "a", "b"),
  fc.string({ maxLength: 3 }),
);
const json = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom<Json>(null, true, false, "", "a", "b"),
    fc.integer({ min: -2, max: 2 }),
    fc.string({ maxLength: 4 }),
    fc.array(tie("json"), { maxLength: 4 }),
    fc.array(fc.tuple(key, tie("json")), { maxLength: 4 }).map(recordOf),
  ),
})).json;

function recordOf(entries: readonly (readonly [string, Json])[]): Json {
  return Object.fromEntries(entries);
}

/** Text that is the same for equal JSON, whatever the order of keys; matchers look at `constructor` and are led astray. */
function written(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(written).join()}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([name, part]) => `${JSON.stringify(name)}:${written(part)}`).join()}}`;
}

function overTheWire<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

describe("diff and apply", () => {
  it("[P1] what differs between two views, applied to the first, gives the second", () => {
    fc.assert(
      fc.property(json, json, (before, after) => {
        const changes = overTheWire(diff(before, after));
        expect(written(applyChanges(before, changes))).toBe(written(after));
      }),
      { numRuns: 2000 },
    );
  });

  it("[P1] equal views differ in nothing", () => {
    fc.assert(fc.property(json, (view) => diff(view, overTheWire(view)).length === 0));
  });

  it("[P1] applying leaves what it starts from as it was, and shares what did not change", () => {
    const before = { cards: { a: { state: "ready" }, b: { state: "stale" } } };
    const kept = overTheWire(before);
    const after = applyChanges(before, [{ path: ["cards", "b", "state"], value: "ready" }]);
    expect(before).toEqual(kept);
    expect(after.cards.a).toBe(before.cards.a);
    expect(after.cards.b).toEqual({ state: "ready" });
  });

  it("[P1] a key named __proto__ is a key", () => {
    const after = JSON.parse('{"__proto__": {"polluted": true}}') as Json;
    const changed = applyChanges({}, overTheWire(diff({}, after)));
    expect(Object.keys(changed)).toEqual(["__proto__"]);
    expect(({} as { polluted?: true }).polluted).toBeUndefined();
  });

  it("a patch that starts elsewhere is refused", () => {
    const view = {} as View;
    expect(applyPatch({ revision: 3, view }, { from: 2, to: 4, changes: [] })).toBeUndefined();
    expect(applyPatch({ revision: 3, view }, { from: 3, to: 4, changes: [] })).toEqual({ revision: 4, view });
  });
});

describe("coalescing", () => {
  const history = fc.array(json, { minLength: 2, maxLength: 8 });

  it("[P1] many patches made one give the same view", () => {
    fc.assert(
      fc.property(history, (views) => {
        const steps = views.slice(1).flatMap((view, i) => diff(views[i] as Json, view));
        const after = applyChanges(views[0] as Json, overTheWire(coalesce(steps)));
        expect(written(after)).toBe(written(views.at(-1) as Json));
      }),
      { numRuns: 2000 },
    );
  });

  it("[P3] of many changes at one place the last travels", () => {
    const at = (value: number): Change => ({ path: ["cards", "a", "value"], value });
    expect(coalesce([at(1), at(2), { path: ["due"], value: [] }, at(3)])).toEqual([
      { path: ["due"], value: [] },
      at(3),
    ]);
  });

  it("[P3] a change around others makes them void", () => {
    const changes: Change[] = [{ path: ["cards", "a", "value"], value: 1 }, { path: ["cards", "a"] }];
    expect(coalesce(changes)).toEqual([{ path: ["cards", "a"] }]);
  });

  it("an index and a name that read alike are two places", () => {
    const changes: Change[] = [
      { path: ["a", 1], value: 1 },
      { path: ["a", "1"], value: 2 },
      { path: ["a1"], value: 3 },
    ];
    expect(coalesce(changes)).toEqual(changes);
  });
});
