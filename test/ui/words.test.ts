import { describe, expect, test } from "vitest";
import { ago, bytes, duration, elapsed, list, nextTick, plain, primary, statusWords } from "../../src/ui/words.ts";
import { card, view } from "./card-view.ts";

test.each([
  [0.4, "<1 ms"],
  [12.4, "12 ms"],
  [4123, "4.1 s"],
  [59_949, "59.9 s"],
  [59_960, "1 min"],
  [125_000, "2 min 5 s"],
  [3_780_000, "1 h 3 min"],
])("%d ms is a duration of %s", (ms, words) => expect(duration(ms)).toBe(words));

test.each([
  [-500, "now"],
  [1900, "now"],
  [12_000, "12 s ago"],
  [119_000, "1 min ago"],
  [7_300_000, "2 h ago"],
  [180_000_000, "2 d ago"],
])("%d ms ago is said as %s", (ms, words) => expect(ago(ms)).toBe(words));

test("what goes on counts in tenths, also when the clocks disagree", () => {
  expect([elapsed(3249), elapsed(-40), elapsed(61_000)]).toEqual(["3.2 s", "0.0 s", "1 min 1 s"]);
});

test("names are listed as in a sentence", () => {
  expect([list([]), list(["A"]), list(["A", "B"]), list(["A", "B", "C"])]).toEqual(["", "A", "A and B", "A, B and C"]);
});

test("sizes and numbers are rounded for reading", () => {
  expect([bytes(840), bytes(12_400), bytes(3_440_000)]).toEqual(["840 B", "12 KB", "3.4 MB"]);
  expect(plain(0.1 + 0.2)).toBe("0.3");
});

describe("the status line", () => {
  const failure = { reason: "threw", message: "It broke.", advice: "Mend it." };
  test("says every kind of status", () => {
    expect(statusWords({ kind: "stale", because: "Strength changed", since: 0 })).toEqual({
      head: "Stale",
      rest: "since Strength changed",
    });
    expect(statusWords({ kind: "waiting", for: ["A", "B"] })).toEqual({ head: "Waits", rest: "for A and B" });
    expect(statusWords({ kind: "running", since: 0, message: "row 3" })).toEqual({ head: "Running", rest: "· row 3" });
    expect(statusWords({ kind: "failed", failure })).toEqual({ head: "It broke.", rest: "Mend it." });
    expect(statusWords({ kind: "note", text: "It blocked." })).toEqual({ head: "", rest: "It blocked." });
  });
  test("is painted anew only when it reads differently", () => {
    expect(nextTick(null, 5000)).toBeNull();
    expect(nextTick({ kind: "waiting", for: ["A"] }, 5000)).toBeNull();
    expect(nextTick({ kind: "failed", failure }, 5000)).toBeNull();
    expect(nextTick({ kind: "running", since: 0 }, 5000)).toBe(100);
    expect(nextTick({ kind: "stale", because: "x", since: 0 }, 5400)).toBe(601);
    expect(nextTick({ kind: "stale", because: "x", since: 0 }, 90_000)).toBe(30_001);
  });
});

describe("the primary button", () => {
  const stale = (name: string) => card(name, { state: "stale" });
  test("counts what is stale", () => {
    expect(primary(view([stale("A"), stale("B"), card("C")], { due: ["A", "B"] }))).toMatchObject({
      label: "Run 2 stale",
      disabled: false,
      again: false,
      why: "Runs A and B",
    });
  });
  test("counts steps where nothing ran yet", () => {
    expect(primary(view([card("A", { state: "empty" })], { due: ["A"] })).label).toBe("Run 1 step");
  });
  test("waits while all that is due is under way", () => {
    const shown = primary(view([card("A", { state: "pending" }), card("B")], { due: ["A"] }));
    expect(shown).toMatchObject({ label: "Running…", disabled: true, why: "Under way: A" });
  });
  test("offers the rest while something is under way", () => {
    expect(primary(view([card("A", { state: "pending" }), stale("B")], { due: ["A", "B"] })).label).toBe("Run 1 stale");
  });
  test("runs all again when nothing is due", () => {
    expect(primary(view([card("A"), card("B", { runnable: false })]))).toMatchObject({
      label: "Run all again",
      again: true,
      names: ["A"],
    });
  });
  test("goes to the card where a person is waited for", () => {
    const asking = card("A", { state: "pending", ask: { asks: "approval", question: 1 } });
    const shown = primary(view([asking], { due: ["A"] }));
    expect(shown).toMatchObject({ label: "Waits for you", disabled: false, goal: "A", why: "Answer A" });
  });
  test("says why there is nothing to run", () => {
    expect(primary(view([card("A", { runnable: false })]))).toMatchObject({
      disabled: true,
      why: "This graph has no steps to run",
    });
  });
});
