/** Tables as they are edited, and the outline of a sound: pure, so tested with numbers. */
import { describe, expect, it } from "vitest";
import {
  csv,
  numeric,
  type Table,
  tableOf,
  withColumn,
  withoutRow,
  withRow,
  written,
} from "../../src/ui/fields/table.ts";
import { clock, outline } from "../../src/ui/fields/wave.ts";

const people: Table = {
  headers: ["Name", "Age"],
  data: [
    ["Ada", 36],
    ["Bob", null],
  ],
};

const typed = (table: Table, row: number, column: number, text: string) => written(table, row, column, text, table);

describe("a table", () => {
  it("is read from the wire, and what is missing or odd there is nothing", () => {
    expect(tableOf({ headers: ["a", 2], data: [["x"], "no row", [{}, true]] })).toEqual({
      headers: ["a", "2"],
      data: [
        ["x", null],
        [null, true],
      ],
    });
    expect(tableOf({ headers: "a", data: [] })).toBeUndefined();
    expect(tableOf(null)).toBeUndefined();
  });

  it("takes a number where its column holds numbers, text elsewhere, and nothing for a blank", () => {
    expect(typed(people, 1, 1, " 41 ").data[1]).toEqual(["Bob", 41]);
    expect(typed(people, 1, 1, "forty").data[1]).toEqual(["Bob", "forty"]);
    expect(typed(people, 0, 1, "").data[0]).toEqual(["Ada", null]);
    expect(typed(people, 0, 0, "42").data[0]).toEqual(["42", 36]);
    expect(typed(people, 0, 0, "").data[0]).toEqual(["", 36]);
    expect(typed({ headers: ["on"], data: [[true], [null]] }, 1, 0, "False").data).toEqual([[true], [false]]);
  });

  it("means a number by what was begun as half of one", () => {
    const half = typed(people, 0, 1, "-");
    expect(half.data[0]).toEqual(["Ada", "-"]);
    expect(written(half, 0, 1, "-5", people).data[0]).toEqual(["Ada", -5]);
  });

  it("grows and shrinks without touching what was there", () => {
    expect(withRow(people).data.at(-1)).toEqual([null, null]);
    expect(withColumn({ headers: ["Column 2"], data: [["x"]] })).toEqual({
      headers: ["Column 2", "Column 3"],
      data: [["x", null]],
    });
    expect(withoutRow(people, 0).data).toEqual([["Bob", null]]);
    expect(people.data.length).toBe(2);
  });

  it("knows its columns of numbers, and leaves as comma-separated values", () => {
    expect([numeric(people, 0), numeric(people, 1), numeric({ headers: ["a"], data: [] }, 0)]).toEqual([
      false,
      true,
      false,
    ]);
    expect(csv({ headers: ["a,b", "c"], data: [['say "x"', 1]] })).toBe('"a,b",c\n"say ""x""",1');
  });
});

describe("a sound", () => {
  it("has an outline beside its loudest part, also when it is silent or shorter than its outline", () => {
    expect(outline([0, 0.25, 0, -0.5], 2)).toEqual([0.5, 1]);
    expect(outline(new Float32Array(10), 2)).toEqual([0, 0]);
    expect(outline([1], 3)).toEqual([1, 0, 0]);
  });

  it("says its length as players do", () => {
    expect([0, 4.2, 59.99, 75, 3723, Number.NaN, -1].map(clock)).toEqual([
      "0:00",
      "0:04",
      "1:00",
      "1:15",
      "1:02:03",
      "0:00",
      "0:00",
    ]);
  });
});
