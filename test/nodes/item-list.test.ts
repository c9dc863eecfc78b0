/** Components made of others: what a list of rows accepts and says of what it does not, and what may be left blank. */
import { describe, expect, test } from "vitest";
import { type Shape, shapeOf } from "../../src/engine/component.ts";
import { type Component, FileRef, FnNode, Graph, ui } from "../../src/index.ts";
import { thrownBy } from "./plain.ts";
import { png } from "./png.ts";

const lines = ui.itemList({ speaker: ui.dropdown({ choices: ["Host", "Guest"] }), text: ui.textbox() });
const shape = (component: Component<unknown>): Shape => shapeOf(component);
const says = (value: unknown) => shape(lines).refuses(value);

describe("a list of rows", () => {
  test("accepts rows with exactly its fields", () => {
    expect(says([])).toBeUndefined();
    expect(
      says([
        { speaker: "Host", text: "Hello" },
        { text: "", speaker: "Guest" },
      ]),
    ).toBeUndefined();
    expect(says([Object.assign(Object.create(null), { speaker: "Host", text: "" })])).toBeUndefined();
  });

  test.each<[unknown, string]>([
    ["text", "a list of rows"],
    [{ 0: {} }, "a list of rows"],
    [
      [{ speaker: "Host", text: "" }, null],
      "a list of rows (row 2 must be an object with 'speaker' and 'text', and is null)",
    ],
    [[["Host", ""]], "a list of rows (row 1 must be an object with 'speaker' and 'text', and is a list of 2)"],
    [[{ speaker: "Host" }], "a list of rows (row 1 lacks 'text')"],
    [
      [{ speaker: "Host", text: "", mood: 1 }],
      "a list of rows (row 1 has 'mood', and a row has only 'speaker' and 'text')",
    ],
    [[{ speaker: "Host", text: 5 }], "a list of rows ('text' of row 1 must be text, and is 5)"],
    [
      [{ speaker: "Dog", text: "" }],
      `a list of rows ('speaker' of row 1 must be one of "Host", "Guest", and is the text "Dog")`,
    ],
  ])("says of %o which row and which field is wrong", (value, expected) => {
    expect(says(value)).toBe(expected);
  });

  test("as an output fails a function that gives something else, and says where", () => {
    const script = new FnNode(() => [{ speaker: "Host", text: 5 }] as never, { name: "script", outputs: { lines } });
    const sheet = new Graph({ name: "Script", nodes: [script] }).sheet();
    expect(sheet.signal(script.outputs.lines)).toMatchObject({
      kind: "failed",
      failure: { reason: "bad-output", port: "lines", expected: expect.stringContaining("'text' of row 1") },
    });
    sheet.close();
  });

  test("as an input begins with its rows, and takes others", () => {
    const component = ui.itemList({ text: ui.textbox() }, { value: [{ text: "a" }], label: "Lines" });
    const join = new FnNode(({ rows }) => rows.map(({ text }) => text).join(""), {
      name: "join",
      inputs: { rows: component },
      outputs: { all: null },
    });
    const sheet = new Graph({ name: "Join", nodes: [join] }).sheet();
    expect(sheet.value(join.outputs.all)).toBe("a");
    sheet.set(join.inputs.rows, [{ text: "b" }, { text: "c" }]);
    expect(sheet.value(join.outputs.all)).toBe("bc");
    expect(thrownBy(() => sheet.set(join.inputs.rows, [{ txt: "b" }] as never))).toMatchObject({ code: "wrong-type" });
    sheet.close();
  });

  test("holds the numbers that a person sets to their steps, and not those that a function works out", () => {
    const rows = shape(ui.itemList({ n: ui.number({ step: 0.5 }) }));
    expect(rows.refuses([{ n: 0.3 }])).toBeUndefined();
    expect(rows.refusesSet([{ n: 0.3 }])).toContain("'n' of row 1 must be a number in steps of 0.5");
    expect(shape(ui.optional(ui.number({ step: 0.5 }))).refusesSet(0.3)).toContain("in steps of 0.5");
  });

  test("tells the screen its fields as plain JSON, and keeps their components", () => {
    const { options, fields } = shape(lines);
    expect(JSON.parse(JSON.stringify(options))).toEqual({
      fields: [
        { name: "speaker", kind: "dropdown", label: "Speaker", options: { choices: ["Host", "Guest"] } },
        { name: "text", kind: "textbox", label: "Text", options: {} },
      ],
    });
    expect(Object.keys(fields ?? {})).toEqual(["speaker", "text"]);
  });

  test("makes references of files that a function returns in its rows", async () => {
    const pictures = ui.itemList({ picture: ui.image(), caption: ui.textbox() });
    const node = new FnNode(() => [{ picture: png(), caption: "dot" }], { name: "shots", outputs: { pictures } });
    const sheet = new Graph({ name: "Shots", nodes: [node] }).sheet();
    await sheet.settled();
    const [row] = sheet.value(node.outputs.pictures) ?? [];
    expect(row?.picture).toBeInstanceOf(FileRef);
    expect(row?.caption).toBe("dot");
    sheet.close();
  });

  test("says which row's file cannot be read", async () => {
    const pictures = ui.itemList({ picture: ui.image() });
    const rows = [{ picture: png() }, { picture: "/no/such/file.png" }];
    const node = new FnNode(() => rows, { name: "shots", outputs: { pictures } });
    const sheet = new Graph({ name: "Shots", nodes: [node] }).sheet();
    await sheet.settled();
    const expected = "a list in which 'picture' of row 2 is a file that can be read";
    expect(sheet.signal(node.outputs.pictures)).toMatchObject({ failure: { reason: "bad-output", expected } });
    sheet.close();
  });

  test.each<[string, () => unknown]>([
    ["no fields", () => ui.itemList({})],
    ["nothing", () => ui.itemList(undefined as never)],
    ["a field that is no component", () => ui.itemList({ text: "text" } as never)],
    ["a value that does not fit", () => ui.itemList({ n: ui.number() }, { value: [{ n: "1" }] as never })],
  ])("is refused %s", (_, make) => {
    expect(thrownBy(make)).toMatchObject({ code: "bad-component" });
  });
});

describe("what may be left blank", () => {
  test("is null and ready, or what its component takes", () => {
    const node = new FnNode(({ title }) => title ?? "Untitled", {
      name: "titled",
      inputs: { title: ui.optional(ui.textbox({ maxLength: 5 })) },
      outputs: { out: ui.textbox() },
    });
    const sheet = new Graph({ name: "Blank", nodes: [node] }).sheet();
    expect(sheet.value(node.outputs.out)).toBe("Untitled");
    sheet.set(node.inputs.title, "Water");
    expect(sheet.value(node.outputs.out)).toBe("Water");
    sheet.set(node.inputs.title, null);
    expect(sheet.value(node.outputs.out)).toBe("Untitled");
    const error = thrownBy(() => sheet.set(node.inputs.title, "Watermill")) as Error;
    expect(error.message).toContain("text of at most 5 characters, or null for nothing");
    sheet.close();
  });

  test("keeps its component's look and value", () => {
    const given = ui.textbox({ label: "Title", info: "Shown first", value: "Mill", lines: 2 });
    expect(ui.optional(given)).toMatchObject({ kind: "textbox", label: "Title", info: "Shown first", initial: "Mill" });
    expect(shape(ui.optional(given)).options).toEqual({ lines: 2, optional: true });
    expect(shape(given).refuses(null)).toBe("text");
  });

  test("is a component, and nothing else can be", () => {
    expect(thrownBy(() => ui.optional("text" as never))).toMatchObject({ code: "bad-component" });
  });

  test("may be a field of a row", () => {
    const rows = shape(ui.itemList({ text: ui.textbox(), note: ui.optional(ui.textbox()) }));
    expect(rows.refuses([{ text: "", note: null }])).toBeUndefined();
    expect(rows.refuses([{ text: "" }])).toContain("lacks 'note'");
  });
});

test("every component accepts its own example", async () => {
  const all: Component<unknown>[] = [
    ui.textbox({ maxLength: 3 }),
    ui.textbox({ type: "email" }),
    ui.number({ minimum: 5 }),
    ui.number({ maximum: -5 }),
    ui.number({ minimum: 0.25, maximum: 0.5 }),
    ui.number({ maximum: -0.25, step: 0.1 }),
    ui.slider({ minimum: 2, maximum: 3 }),
    ui.checkbox(),
    ui.dropdown({ choices: [["A", "a"], 2] as never }),
    ui.colorPicker(),
    ui.image({ maxSize: 100 }),
    ui.json(),
    ui.markdown(),
    lines,
    ui.itemList({ picture: ui.image(), rows: ui.itemList({ n: ui.number({ value: 4 }) }) }),
    ui.optional(ui.image()),
  ];
  for (const component of all) {
    const { kind, refusesSet, example } = shape(component);
    expect([kind, refusesSet(await example())]).toEqual([kind, undefined]);
  }
});
