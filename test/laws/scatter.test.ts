/** S1-S4: lists taken apart, run item by item, put together again. */
import { describe, expect, test } from "vitest";
import { FnNode, Graph, type Signal, ui } from "../../src/index.ts";

type Line = { readonly text: string; readonly by?: string };

/** `words -> Shout (per item) -> Join`; every start is written down, and some words are held back or fail. */
function shouting(words: readonly string[], options: { manual?: boolean; onItemError?: "fail" | "skip" } = {}) {
  const ran: string[] = [];
  const held = new Map<string, { resolve(): void; reject(): void }>();
  const holds = new Set<string>();
  const breaks = new Set<string>();
  const shout = new FnNode(
    ({ word }: { word: string }) => {
      ran.push(word);
      if (breaks.has(word)) throw new Error(`${word} broke`);
      if (!holds.has(word)) return word.toUpperCase();
      return new Promise<string>((resolve, reject) => {
        held.set(word, { resolve: () => resolve(word.toUpperCase()), reject: () => reject(new Error("held")) });
      });
    },
    {
      name: "Shout",
      inputs: { word: source(words).each() },
      outputs: { loud: ui.textbox() },
      ...(options.manual && { trigger: "manual" as const }),
      ...(options.onItemError && { onItemError: options.onItemError }),
    },
  );
  const echo = new FnNode(({ loud }: { loud: string }) => `${loud}!`, {
    name: "Echo",
    inputs: { loud: shout.outputs.loud },
    outputs: { echo: ui.textbox() },
  });
  const join = new FnNode(({ all }: { all: string[] }) => all.join(" "), {
    name: "Join",
    inputs: { all: echo.outputs.echo.all() },
    outputs: { text: ui.textbox() },
  });
  const sheet = new Graph({ name: "Shouting", nodes: [join] }).sheet();
  const list = sheet.graph.entries[0]?.inputs.list as never;
  const set = (next: readonly string[]) => sheet.set(list, next as never);
  return { shout, echo, join, sheet, ran, held, holds, breaks, set, text: () => sheet.value(join.outputs.text) };
}

function source(words: readonly string[], name = "Words") {
  return new FnNode(({ list }: { list: string[] }) => list, {
    name,
    inputs: { list: ui.json<string[]>({ value: [...words] }) },
    outputs: { words: ui.json<string[]>() },
  }).outputs.words;
}

describe("scatter and gather", () => {
  test("[S1] a gathered scatter is the list of what each item gave, in order", () => {
    const { sheet, shout, text } = shouting(["a", "b", "c"]);
    expect(sheet.value(shout.outputs.loud)).toEqual(["A", "B", "C"]);
    expect(text()).toBe("A! B! C!");
  });

  test("[S1] order is kept whatever the order in which items end, and no item waits for its neighbours", async () => {
    const { sheet, echo, shout, holds, held, set, text } = shouting([]);
    for (const word of ["a", "b", "c"]) holds.add(word);
    set(["a", "b", "c"]);
    const echoes: (readonly Signal<string>[])[] = [];
    sheet.items$(echo.outputs.echo).subscribe((items) => echoes.push(items));
    held.get("c")?.resolve();
    await new Promise(setImmediate);
    expect(echoes.at(-1)?.map(({ kind }) => kind)).toEqual(["stale", "stale", "ready"]);
    expect(sheet.signal(shout.outputs.loud)).toMatchObject({ kind: "pending", progress: { message: "1 of 3" } });
    held.get("a")?.resolve();
    held.get("b")?.resolve();
    await sheet.settled();
    expect(text()).toBe("A! B! C!");
  });

  test("[S4] an empty list gives an empty list", () => {
    const { sheet, shout, text } = shouting([]);
    expect(sheet.value(shout.outputs.loud)).toEqual([]);
    expect(text()).toBe("");
  });
});

describe("the identity of items", () => {
  test("[S2] editing one of a thousand runs that one", () => {
    const words = Array.from({ length: 1000 }, (_, i) => `w${i}`);
    const { ran, set, sheet, shout } = shouting(words);
    ran.length = 0;
    set(words.map((word, i) => (i === 500 ? "new" : word)));
    expect(ran).toEqual(["new"]);
    expect(sheet.value(shout.outputs.loud)?.[500]).toBe("NEW");
  });

  test("[S2] inserting, removing and moving run one or none", () => {
    const { ran, set, text } = shouting(["a", "b", "c"]);
    ran.length = 0;
    set(["x", "a", "b", "c"]);
    expect([ran.splice(0), text()]).toEqual([["x"], "X! A! B! C!"]);
    set(["c", "x", "a", "b"]);
    expect([ran.splice(0), text()]).toEqual([[], "C! X! A! B!"]);
    set(["c", "b"]);
    expect([ran.splice(0), text()]).toEqual([[], "C! B!"]);
    set(["c", "a", "b"]);
    expect([ran.splice(0), text()]).toEqual([[], "C! A! B!"]);
  });

  test("[S2] equal items share what is remembered, and each has its place", () => {
    const { ran, set, text } = shouting(["a", "a", "b"]);
    expect(text()).toBe("A! A! B!");
    ran.length = 0;
    set(["b", "a", "a", "a"]);
    expect([ran, text()]).toEqual([[], "B! A! A! A!"]);
  });

  test("[S2] a run under way goes on while its item moves, and the item's place is told", async () => {
    const places: number[][] = [];
    let give: (value: string) => void = () => undefined;
    const slow = new FnNode(
      ({ word }: { word: string }, { item }) => {
        places.push([...item]);
        return word === "slow" ? new Promise<string>((resolve) => (give = resolve)) : word;
      },
      { name: "Slow", inputs: { word: source(["a", "slow"]).each() }, outputs: { out: ui.textbox() } },
    );
    const sheet = new Graph({ name: "Moving", nodes: [slow] }).sheet();
    sheet.set(sheet.graph.entries[0]?.inputs.list as never, ["slow", "b", "a"] as never);
    give("done");
    await sheet.settled();
    expect(sheet.value(slow.outputs.out)).toEqual(["done", "b", "a"]);
    expect(places).toEqual([[0], [1], [1]]);
  });

  test("[S2] a removed item's run is stopped", () => {
    let signal: AbortSignal | undefined;
    const slow = new FnNode(
      (_: { word: string }, context) => {
        signal = context.signal;
        return new Promise<string>(() => undefined);
      },
      { name: "Slow", inputs: { word: source(["a"]).each() }, outputs: { out: ui.textbox() } },
    );
    const sheet = new Graph({ name: "Removing", nodes: [slow] }).sheet();
    sheet.set(sheet.graph.entries[0]?.inputs.list as never, [] as never);
    expect(signal?.aborted).toBe(true);
    expect(sheet.value(slow.outputs.out)).toEqual([]);
  });
});

describe("failed items", () => {
  test("[S3] a failed item is a failure at its index: the gather fails naming it, and the others are kept", async () => {
    const { sheet, shout, join, breaks, ran, set } = shouting(["a"]);
    breaks.add("b");
    set(["a", "b", "c"]);
    const failure = { reason: "item-failed", message: "1 of 3 items failed: 2." };
    expect(sheet.signal(shout.outputs.loud)).toMatchObject({ kind: "failed", failure, last: ["A"] });
    expect(sheet.signal(join.outputs.text)).toMatchObject({
      kind: "failed",
      failure: { reason: "upstream", root: "Shout" },
    });
    ran.length = 0;
    breaks.clear();
    expect(await sheet.run(shout, { items: "failed" })).toMatchObject({
      kind: "ready",
      outputs: { loud: ["A", "B", "C"] },
    });
    expect(ran).toEqual(["b"]);
    expect(sheet.value(join.outputs.text)).toBe("A! B! C!");
  });

  test("[S3] run retries what failed, and nothing else", async () => {
    const { sheet, join, breaks, ran, set, text } = shouting(["a"]);
    breaks.add("b");
    set(["a", "b"]);
    breaks.clear();
    ran.length = 0;
    expect((await sheet.run(join)).kind).toBe("ready");
    expect([ran, text()]).toEqual([["b"], "A! B!"]);
  });

  test("[S3] failed items are left out where the author says so", () => {
    const { sheet, shout, breaks, set } = shouting([], { onItemError: "skip" });
    breaks.add("b");
    set(["a", "b", "c"]);
    expect(sheet.value(shout.outputs.loud)).toEqual(["A", "C"]);
  });

  test("[S3] an item that fails after the list was there leaves no gap in it, and comes back to its place", () => {
    const { sheet, shout, breaks, set } = shouting(["a", "b", "c"], { onItemError: "skip" });
    const loud = () => sheet.value(shout.outputs.loud);
    breaks.add("x");
    set(["a", "x", "c"]);
    expect(loud()).toEqual(["A", "C"]);
    set(["a", "y", "c"]);
    expect(loud()).toEqual(["A", "Y", "C"]);
    set(["z", "x", "c"]);
    expect(loud()).toEqual(["Z", "C"]);
  });

  test("[S3] an item can be run again by itself", async () => {
    const { sheet, shout, ran } = shouting(["a", "b"]);
    ran.length = 0;
    expect((await sheet.run(shout, { items: [1], again: true })).kind).toBe("ready");
    expect(ran).toEqual(["b"]);
    expect(await sheet.run(shout, { items: [5] })).toMatchObject({ kind: "refused", why: /no item 5/ });
  });
});

test("[R3] what is no list gives way to the failure of what makes the list, and says that", () => {
  const numbers = new FnNode(
    ({ n }: { n: number }): number[] => {
      throw new Error(`no ${n}`);
    },
    { name: "Numbers", inputs: { n: ui.number({ value: 1 }) }, outputs: { list: ui.json<number[]>() } },
  );
  const twice = new FnNode(({ n }: { n: number }) => n * 2, {
    name: "Twice",
    inputs: { n: numbers.outputs.list.each() },
    outputs: { twice: ui.number() },
  });
  const sheet = new Graph({ name: "No list", nodes: [twice] }).sheet();
  const why = () => {
    const signal = sheet.signal(twice.outputs.twice);
    return signal.kind === "failed" ? signal.failure.reason : signal.kind;
  };
  expect(why()).toBe("upstream");
  sheet.pin(numbers.outputs.list, "none" as never);
  expect(why()).toBe("bad-input");
  sheet.unpin(numbers.outputs.list);
  expect(why()).toBe("upstream");
});

test("[W4, S2] an item of 0 that becomes -0 is another item", () => {
  const numbers = new FnNode(({ negative }: { negative: boolean }) => [negative ? -0 : 0, 1], {
    name: "Numbers",
    inputs: { negative: ui.checkbox({ value: false }) },
    outputs: { list: ui.json<number[]>() },
  });
  const over = new FnNode(({ n }: { n: number }) => (Object.is(n, -0) ? "below" : "above"), {
    name: "Over",
    inputs: { n: numbers.outputs.list.each() },
    outputs: { over: ui.textbox() },
  });
  const sheet = new Graph({ name: "Zeros", nodes: [over] }).sheet();
  expect(sheet.value(over.outputs.over)).toEqual(["above", "above"]);
  sheet.set(numbers.inputs.negative, true);
  expect(sheet.value(over.outputs.over)).toEqual(["below", "above"]);
});

describe("demands", () => {
  test("[R1, S2] what one item gave that was asked alone is the answer of its equals too, though nobody asked them", async () => {
    const { sheet, shout, ran } = shouting(["a", "b", "a"], { manual: true });
    expect((await sheet.run(shout, { items: [0] })).kind).toBe("ready");
    expect(ran).toEqual(["a"]);
    let kinds: readonly string[] = [];
    sheet.items$(shout.outputs.loud).subscribe((items) => {
      kinds = items.map(({ kind }) => kind);
    });
    expect(kinds).toEqual(["ready", "stale", "ready"]);
  });

  test("[R5] a manual scattered node waits to be asked, and runs every item then", async () => {
    const { sheet, shout, join, ran, set } = shouting(["a", "b"], { manual: true });
    expect(ran).toEqual([]);
    expect(sheet.signal(shout.outputs.loud).kind).toBe("stale");
    expect(await sheet.run(join)).toMatchObject({ kind: "ready", outputs: { text: "A! B!" } });
    set(["a", "c", "b"]);
    expect(ran.splice(0)).toEqual(["a", "b"]);
    expect(await sheet.run(shout, { only: true })).toMatchObject({ kind: "ready", outputs: { loud: ["A", "C", "B"] } });
    expect(ran).toEqual(["c"]);
  });

  test("[R5] a plan names a scattered node once, and an up to date one not at all", async () => {
    const { sheet, shout, echo, join } = shouting(["a", "b"], { manual: true });
    const names = () => sheet.plan(join).map(({ name }) => name);
    expect(names()).toEqual([shout.name, echo.name, join.name]);
    await sheet.run(join);
    expect(names()).toEqual([]);
  });

  test("[R4] cancel stops every item and ends the demand", async () => {
    const { sheet, shout, join, holds, set } = shouting([], { manual: true });
    holds.add("a");
    holds.add("b");
    set(["a", "b", "c"]);
    const end = sheet.run(join);
    sheet.cancel(shout);
    expect((await end).kind).toBe("cancelled");
    await sheet.settled();
  });

  test("[R4] a demand ends failed when an item fails and all others have ended", async () => {
    const { sheet, join, holds, held, breaks, set } = shouting([], { manual: true });
    breaks.add("b");
    holds.add("a");
    set(["a", "b"]);
    const end = sheet.run(join);
    await Promise.resolve();
    held.get("a")?.resolve();
    expect(await end).toMatchObject({ kind: "failed", failure: { reason: "upstream", root: "Shout" } });
  });

  test("[R6] again runs every item anew", async () => {
    const { sheet, shout, ran } = shouting(["a", "b"]);
    ran.length = 0;
    expect((await sheet.run(shout, { again: true })).kind).toBe("ready");
    expect(ran).toEqual(["a", "b"]);
    expect(sheet.history(shout)).toHaveLength(4);
  });
});

describe("several lists, and lists of lists", () => {
  const lines: Line[] = [
    { text: "one", by: "Ann" },
    { text: "two", by: "Bob" },
  ];

  function speaking(value: readonly Line[]) {
    const ran: string[] = [];
    const script = new FnNode(({ lines }: { lines: Line[] }) => lines as { text: string; by: string }[], {
      name: "Script",
      inputs: { lines: ui.json<Line[]>({ value: [...value] }) },
      outputs: { lines: ui.json<{ text: string; by: string }[]>() },
    });
    const speak = new FnNode(
      ({ text, by, tone }: { text: string; by: string; tone: string }) => {
        ran.push(text);
        return `${by} ${tone}: ${text}`;
      },
      {
        name: "Speak",
        inputs: {
          text: script.outputs.lines.each("text"),
          by: script.outputs.lines.each("by"),
          tone: ui.textbox({ value: "softly" }),
        },
        outputs: { said: ui.textbox() },
      },
    );
    const sheet = new Graph({ name: "Speaking", nodes: [speak] }).sheet();
    return { sheet, script, speak, ran };
  }

  test("[S4] fields of one list zip, and a plain input is the same for every item", () => {
    const { sheet, speak } = speaking(lines);
    expect(sheet.value(speak.outputs.said)).toEqual(["Ann softly: one", "Bob softly: two"]);
    sheet.set(speak.inputs.tone, "loudly");
    expect(sheet.value(speak.outputs.said)).toEqual(["Ann loudly: one", "Bob loudly: two"]);
  });

  test("[S4] an edit of one field runs its item alone", () => {
    const { sheet, script, speak, ran } = speaking(lines);
    ran.length = 0;
    sheet.set(script.inputs.lines, [lines[0] as Line, { text: "three", by: "Bob" }]);
    expect(ran).toEqual(["three"]);
    expect(sheet.value(speak.outputs.said)).toEqual(["Ann softly: one", "Bob softly: three"]);
  });

  test("[S4] an item without the field fails alone, and says what is missing", () => {
    const { sheet, speak, script } = speaking(lines);
    sheet.set(script.inputs.lines, [...lines, { text: "nobody" }]);
    expect(sheet.signal(speak.outputs.said)).toMatchObject({ kind: "failed", failure: { reason: "item-failed" } });
  });

  test("[R4] asking for a node that is scattered over what turns out to be no list ends failed", async () => {
    const list = new FnNode(async () => 5 as unknown as string[], {
      name: "List",
      outputs: { list: ui.json<string[]>() },
    });
    const each = new FnNode(({ a }: { a: string }) => a, {
      name: "Each",
      inputs: { a: list.outputs.list.each() },
      outputs: { a: ui.textbox() },
    });
    const sheet = new Graph({ name: "No list", nodes: [each] }).sheet();
    expect(await sheet.run(each)).toMatchObject({ kind: "failed", failure: { reason: "bad-input" } });
    expect((await sheet.run(each)).kind).toBe("failed");
  });

  test("[R4] asking for a node whose lists turn out to be unequal ends failed", async () => {
    const later = new FnNode(async () => ["x"], { name: "Later", outputs: { list: ui.json<string[]>() } });
    const pair = new FnNode(({ a, b }: { a: string; b: string }) => a + b, {
      name: "Pair",
      inputs: { a: source(["a", "b"]).each(), b: later.outputs.list.each() },
      outputs: { both: ui.textbox() },
    });
    const sheet = new Graph({ name: "Unequal later", nodes: [pair] }).sheet();
    expect(await sheet.run(pair)).toMatchObject({ kind: "failed", failure: { reason: "bad-input", port: "b" } });
  });

  test("[S4] a hole in a list is an item that is not there, and says so", () => {
    const [list, ran] = [source([]), [] as string[]];
    const each = new FnNode(
      ({ word }: { word: string }) => {
        ran.push(word);
        return word;
      },
      { name: "Each", inputs: { word: list.each() }, outputs: { word: ui.textbox() } },
    );
    const sheet = new Graph({ name: "Holes", nodes: [each] }).sheet();
    const signals: (readonly Signal<string>[])[] = [];
    sheet.items$(each.outputs.word).subscribe((items) => signals.push(items));
    // biome-ignore lint/suspicious/noSparseArray: a hole is what this is about
    sheet.set(sheet.graph.entries[0]?.inputs.list as never, ["a", , "c"] as never);
    expect(ran).toEqual(["a", "c"]);
    expect(signals.at(-1)?.[1]).toMatchObject({ kind: "failed", failure: { reason: "bad-input" } });
  });

  test("[S4] lists of unequal length do not zip", () => {
    const [one, other] = [source(["a", "b"]), source(["x"], "Others")];
    const pair = new FnNode(({ a, b }: { a: string; b: string }) => a + b, {
      name: "Pair",
      inputs: { a: one.each(), b: other.each() },
      outputs: { both: ui.textbox() },
    });
    const sheet = new Graph({ name: "Unequal", nodes: [pair] }).sheet();
    expect(sheet.signal(pair.outputs.both)).toMatchObject({
      kind: "failed",
      failure: { reason: "bad-input", port: "b", message: expect.stringMatching(/as long as 'a' \(2 items\)/) },
    });
    const [second] = sheet.graph.entries.slice(1);
    sheet.set(second?.inputs.list as never, ["x", "y"] as never);
    expect(sheet.value(pair.outputs.both)).toEqual(["ax", "by"]);
  });

  test("[S4] what is scattered must be a list", () => {
    const one = new FnNode(() => "no list" as unknown as string[], {
      name: "One",
      outputs: { list: ui.json<string[]>() },
    });
    const each = new FnNode(({ a }: { a: string }) => a, {
      name: "Each",
      inputs: { a: one.outputs.list.each() },
      outputs: { a: ui.textbox() },
    });
    const sheet = new Graph({ name: "No list", nodes: [each] }).sheet();
    expect(sheet.signal(each.outputs.a)).toMatchObject({ kind: "failed" });
  });

  test("[S4] lists of lists scatter twice, and gather level by level", () => {
    const ran: string[] = [];
    const table = new FnNode(({ rows }: { rows: number[][] }) => rows, {
      name: "Table",
      inputs: { rows: ui.json<number[][]>({ value: [[1, 2], [], [3]] }) },
      outputs: { rows: ui.json<number[][]>() },
    });
    const cell = new FnNode(
      ({ n, row }: { n: number; row: number[] }, { item }) => {
        ran.push(item.join());
        return n * 10 + row.length;
      },
      {
        name: "Cell",
        inputs: { n: table.outputs.rows.each().each(), row: table.outputs.rows.each() },
        outputs: { n: ui.number() },
      },
    );
    const sum = new FnNode(({ row }: { row: number[] }) => row.reduce((a, b) => a + b, 0), {
      name: "Sum",
      inputs: { row: cell.outputs.n.all() },
      outputs: { sum: ui.number() },
    });
    const total = new FnNode(
      ({ sums, cells }: { sums: number[]; cells: number[][] }) => `${sums.join()} of ${cells.flat().length}`,
      {
        name: "Total",
        inputs: { sums: sum.outputs.sum.all(), cells: cell.outputs.n.all().all() },
        outputs: { text: ui.textbox() },
      },
    );
    const sheet = new Graph({ name: "Nested", nodes: [total] }).sheet();
    expect(sheet.value(cell.outputs.n)).toEqual([[12, 22], [], [31]]);
    expect(sheet.value(sum.outputs.sum)).toEqual([34, 0, 31]);
    expect(sheet.value(total.outputs.text)).toBe("34,0,31 of 3");
    expect(ran.splice(0)).toEqual(["0,0", "0,1", "2,0"]);
    sheet.set(table.inputs.rows, [[1, 2], [], [3], [4, 5]]);
    expect(ran.splice(0)).toEqual(["3,0", "3,1"]);
    expect(sheet.value(total.outputs.text)).toBe("34,0,31,94 of 5");
  });
});

describe("pins on items", () => {
  test("[S2, W4] one item is pinned alone, feeds what lies below it, and is lifted alone", () => {
    const { sheet, shout, echo, text } = shouting(["a", "b", "c"]);
    const runs = sheet.history(echo).length;
    sheet.pinItem(shout.outputs.loud, 1, "BE");
    expect([text(), sheet.history(echo).length - runs]).toEqual(["A! BE! C!", 1]);
    sheet.pinItem(shout.outputs.loud, 1, undefined);
    expect(text()).toBe("A! B! C!");
    expect(() => sheet.pinItem(shout.outputs.loud, 3, "D")).toThrow(/has 3 items, and no item 3/);
    expect(() => sheet.pinItem(shout.outputs.loud, 0, 5)).toThrow(/takes/);
  });

  test("[S2, W4] a list pinned on a scattered output lies over its items, and only what is new there runs below", async () => {
    const { sheet, shout, echo, text } = shouting(["a", "b", "c"]);
    const runs = sheet.history(echo).length;
    sheet.pin(shout.outputs.loud, ["A", "BE", "C"]);
    expect([text(), sheet.history(echo).length - runs]).toEqual(["A! BE! C!", 1]);
    expect(sheet.signal(shout.outputs.loud)).toMatchObject({ kind: "ready", pinned: true, value: ["A", "BE", "C"] });
    sheet.unpin(shout.outputs.loud);
    expect([text(), sheet.history(echo).length - runs]).toEqual(["A! B! C!", 1]);
    expect(sheet.signal(shout.outputs.loud)).toMatchObject({ pinned: false });
  });

  test("[S2] a pinned item keeps its value while the list above changes around it", () => {
    const { sheet, shout, set, text } = shouting(["a", "b"]);
    sheet.pin(shout.outputs.loud, ["A", "BE"]);
    set(["new", "b", "a"]);
    expect(text()).toBe("NEW! BE! A!");
  });

  test("[R7] selecting a run that was made with pinned items pins them again, and one that was not lifts them", () => {
    const { sheet, shout, join, text } = shouting(["a", "b"]);
    sheet.pin(shout.outputs.loud, ["A", "BE"]);
    const [before, after] = sheet.history(join);
    sheet.select(before!);
    expect(text()).toBe("A! B!");
    sheet.select(after!);
    expect(text()).toBe("A! BE!");
  });

  test("too few values, no list and a wrong value are refused, with how many there are", () => {
    const { sheet, shout } = shouting(["a", "b"]);
    expect(() => sheet.pin(shout.outputs.loud, ["A"])).toThrow(/list of 2, one value per item/);
    expect(() => sheet.pin(shout.outputs.loud, "A" as never)).toThrow(/list of 2/);
    expect(() => sheet.pin(shout.outputs.loud, ["A", 1] as never)).toThrow(/takes/);
    expect(sheet.value(shout.outputs.loud)).toEqual(["A", "B"]);
  });
});
