/** The way into graphs inside graphs, and what becomes of it when items move and servers begin anew. */
import { expect, test } from "vitest";
import type { Answer, Command } from "../../src/protocol/command.ts";
import type { ItemView } from "../../src/protocol/port.ts";
import type { View } from "../../src/protocol.ts";
import { Way } from "../../src/ui/way.ts";
import { card, port, view } from "./card-view.ts";

const item = (id: number, value: string): ItemView => ({
  id,
  state: "ready",
  value: { kind: "json", value },
  shows: "current",
});
/** A sheet with a scattered graph `Bind`, whose items are these. */
function sheet(items: readonly ItemView[], insides: View["insides"] = {}): View {
  const counts = { empty: 0, stale: 0, pending: 0, ready: items.length, failed: 0 };
  const out = port("book", { items: { of: items.length, counts, chunks: { 0: items } } });
  return view([card("Bind", { kind: "graph", outputs: [out] })], { graph: "Lists", insides });
}
const inside = (item: number) => view([card("Spine")], { graph: "Binding", item });
const inTheSecond = { card: "Bind", item: { id: 12, at: 1, item: item(12, "b") } };

/** A way, and what was asked of the server on it. */
function going(answer: Answer = { ok: true }) {
  const asked: Command[] = [];
  const way = new Way(() => undefined);
  const ask = async (command: Command) => {
    asked.push(command);
    return answer;
  };
  return { way, asked, seek: (view: View) => way.seek(view, ask) };
}

test("an item's graph is asked for once, by its id, and shown once it is there", async () => {
  const { way, asked, seek } = going();
  const closed = sheet([item(11, "a"), item(12, "b")]);
  way.in(inTheSecond);
  seek(closed);
  seek(closed);
  expect(asked).toEqual([{ kind: "open", card: "Bind", item: 12, inside: [] }]);
  expect(way.shown(closed)).toBeUndefined();
  expect(way.shown(sheet([item(12, "b")], { "Bind[12]": inside(0) }))?.graph).toBe("Binding");
});

test("it says where the item stands now", () => {
  const { way } = going();
  way.in(inTheSecond);
  expect(way.words(sheet([]))).toEqual(["Lists", "Bind, item 2"]);
  expect(way.words(sheet([], { "Bind[12]": inside(0) }))).toEqual(["Lists", "Bind, item 1"]);
});

test("where the server says no, one stands outside again", async () => {
  const { way, seek } = going({ ok: false, failure: { reason: "unknown-item", message: "There is none." } });
  way.in(inTheSecond);
  seek(sheet([item(11, "a")]));
  await Promise.resolve();
  expect(way.names).toEqual([]);
});

test("a server that began anew is asked for the item that holds the same at the same place, never for another", () => {
  const same = going();
  same.way.in(inTheSecond);
  same.seek(sheet([item(91, "a"), item(92, "b")]));
  same.seek(sheet([item(91, "a"), item(92, "b")]));
  expect([same.way.names, same.asked]).toEqual([["Bind[92]"], [{ kind: "open", card: "Bind", item: 92, inside: [] }]]);
  const other = going();
  other.way.in(inTheSecond);
  other.seek(sheet([item(91, "a"), item(92, "c")]));
  expect(other.asked).toEqual([{ kind: "open", card: "Bind", item: 12, inside: [] }]);
});

test("graphs in graphs are left one by one, or all at once", () => {
  const { way } = going();
  way.in({ card: "Wall" });
  way.in({ card: "One" });
  expect(way.names).toEqual(["Wall", "One"]);
  expect([way.out(1), way.names]).toEqual(["One", ["Wall"]]);
  expect([way.out(0), way.names]).toEqual(["Wall", []]);
});
