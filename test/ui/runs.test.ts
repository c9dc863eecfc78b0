/** Runs as the drawer shows them: where origins stand, and what differs between two texts. Pure, so tested with numbers. */
import { describe, expect, it } from "vitest";
import type { Origin } from "../../src/protocol/runs.ts";
import { box, drawn } from "../../src/ui/provenance.ts";
import { textDiff } from "../../src/ui/text-diff.ts";

const origin = (id: string, ...from: string[]): Origin => ({ id, node: id, outcome: "ready", from });

describe("the origins of a run", () => {
  //  a -> b -> d     c -> d     a -> d
  const all = [origin("d", "b", "c", "a"), origin("b", "a"), origin("c"), origin("a")];

  it("stand left of all that used them, and the run itself at the right", () => {
    const { runs, width, height } = drawn(all);
    const x = Object.fromEntries(runs.map((run) => [run.origin.id, run.x / (box.width + box.gapX)]));
    expect(x).toEqual({ a: 0, b: 1, c: 1, d: 2 });
    expect(width).toBe(3 * box.width + 2 * box.gapX);
    expect(height).toBe(2 * box.height + box.gapY);
  });

  it("do not cover each other, and every use is a line between two of them", () => {
    const { runs, lines } = drawn(all);
    expect(new Set(runs.map(({ x, y }) => `${x} ${y}`)).size).toBe(4);
    expect(lines.map(({ from, to }) => `${from}${to}`).sort()).toEqual(["ab", "ad", "bd", "cd"]);
  });

  it("that are not remembered any more are left out, and what names itself ends", () => {
    expect(drawn([origin("d", "gone")])).toMatchObject({ runs: [{ x: 0, y: 0 }], lines: [] });
    expect(drawn([origin("a", "b"), origin("b", "a")]).runs.length).toBe(2);
    expect(drawn([])).toMatchObject({ runs: [], lines: [] });
  });
});

describe("the difference of two texts", () => {
  const say = (first: string, second: string) =>
    textDiff(first, second)
      .map(({ text, in: side }) => (side === "both" ? text : `${side === "first" ? "-" : "+"}[${text}]`))
      .join("");

  it("is told in words", () => {
    expect(say("a red mill", "a blue mill")).toBe("a -[red]+[blue] mill");
    expect(say("", "new")).toBe("+[new]");
    expect(say("old", "")).toBe("-[old]");
    expect(say("same", "same")).toBe("same");
    expect(say("", "")).toBe("");
    expect(say("one two", "one, two")).toBe("one+[,] two");
  });

  it("puts both texts together again", () => {
    const [first, second] = ["The long grass listens, and waits.", "The short grass waits; it listens."];
    const of = (side: string) => textDiff(first, second).filter((piece) => piece.in === "both" || piece.in === side);
    expect(
      of("first")
        .map(({ text }) => text)
        .join(""),
    ).toBe(first);
    expect(
      of("second")
        .map(({ text }) => text)
        .join(""),
    ).toBe(second);
  });

  it("of very long texts is the texts", () => {
    expect(textDiff("a ".repeat(5000), "b")).toEqual([
      { text: "a ".repeat(5000), in: "first" },
      { text: "b", in: "second" },
    ]);
  });
});
