import { describe, expect, test } from "vitest";
import { chunkSize, type ItemsView, type ItemView } from "../../src/protocol/port.ts";
import { followed, itemAt, type Opened } from "../../src/ui/opened.ts";

const item = (id: number, value = `row ${id}`): ItemView => ({
  id,
  state: "ready",
  value: { kind: "json", value },
  shows: "current",
});
/** A list by the ids of its rows, of which only some chunks were sent. */
function list(ids: readonly number[], sent: readonly number[] = [0]): ItemsView {
  const counts = { empty: 0, stale: 0, pending: 0, ready: ids.length, failed: 0 };
  const chunk = (n: number) => ids.slice(n * chunkSize, (n + 1) * chunkSize).map((id) => item(id));
  return { of: ids.length, counts, chunks: Object.fromEntries(sent.map((n) => [String(n), chunk(n)])) };
}
const open = (items: ItemsView, at: number): Opened => {
  const found = itemAt(items, at) as ItemView;
  return { id: found.id, at, item: found };
};
const upTo = (length: number, from = 0) => Array.from({ length }, (_, i) => from + i);

describe("the opened item", () => {
  const before = list([10, 11, 12, 13]);
  const opened = open(before, 2);
  const now = (ids: readonly number[]) => followed(opened, before.of, list(ids))?.at;
  test("is found again where it moved to", () => {
    expect(now([11, 12, 13])).toBe(1);
    expect(now([9, 10, 11, 12, 13])).toBe(3);
    expect(now([12, 13, 10, 11])).toBe(0);
  });
  test("is as it is now", () => {
    const items = list([10, 11, 12]);
    const edited = { ...items, chunks: { 0: [item(10), item(12, "another")] } };
    expect(followed(opened, before.of, edited)).toEqual({ id: 12, at: 1, item: item(12, "another") });
  });
  test("is gone with its id, though others stand where it stood", () => {
    expect(now([10, 11, 13])).toBeUndefined();
    expect(now([10])).toBeUndefined();
    expect(now([])).toBeUndefined();
  });
  test("is known by its value at its place when all ids are new", () => {
    const items = { ...before, chunks: { 0: [20, 21, 22, 23].map((id, i) => item(id, `row ${10 + i}`)) } };
    expect(followed(opened, before.of, items)).toMatchObject({ id: 22, at: 2 });
  });
  test("is awaited where it went, when that part of the list was not sent yet", () => {
    const long = list(upTo(200));
    const last = open(long, chunkSize - 1);
    const grown = list([...upTo(60, 1000), ...upTo(200)]);
    expect(followed(last, long.of, grown)).toMatchObject({ id: chunkSize - 1, at: chunkSize + 59 });
    const there = list([...upTo(60, 1000), ...upTo(200)], [0, 2]);
    expect(followed({ ...last, at: chunkSize + 59 }, there.of, there)?.at).toBe(chunkSize + 59);
  });
  test("is kept while its part of the list is let go", () => {
    const long = list(upTo(200), [0, 3]);
    expect(followed(open(long, 160), long.of, list(upTo(200)))?.at).toBe(160);
  });
});
