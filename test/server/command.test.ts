import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { FnNode, Graph, InputNode, ui } from "../../src/index.ts";
import type { Answer, Refusal } from "../../src/protocol/command.ts";
import { type House, openHouse } from "./house.ts";
import { asking, doubling, held, shared, sums, voices } from "./small-graphs.ts";

const opened: House[] = [];
let here: House;
beforeEach(async () => {
  here = await openHouse(sums().graph);
  opened.push(here);
});
afterAll(async () => {
  for (const one of opened) await one.close();
});

async function say(command: unknown, on: House = here): Promise<{ status: number; failure?: Refusal }> {
  const { status, text } = await on.post(
    "/api/sheets/one/commands",
    typeof command === "string" ? command : JSON.stringify(command),
  );
  const answer = JSON.parse(text) as Answer;
  expect(answer.ok).toBe(status === 200);
  return answer.ok ? { status } : { status, failure: answer.failure };
}

const json = (value: unknown) => ({ kind: "json", value });

describe("a command", () => {
  it("sets an input, and what it did is seen in the view", async () => {
    expect(await say({ kind: "set", card: "Double", port: "a", value: json(21) })).toEqual({ status: 200 });
    expect(here.room.revisions.revision).toBe(1);
    expect(here.room.live.view().cards.Add?.outputs[0]?.value).toEqual(json(52));
  });

  it("sets a shared input from its own card", async () => {
    const { graph, right } = shared();
    const on = await openHouse(graph);
    opened.push(on);
    expect((await say({ kind: "set", card: "component:Shared text", port: "text", value: json("z") }, on)).status).toBe(
      200,
    );
    expect(on.sheet.value(right.inputs.words)).toBe("z");
    const fed = await say({ kind: "set", card: "Right", port: "words", value: json("z") }, on);
    expect(fed).toMatchObject({
      status: 400,
      failure: { reason: "fed-by-edge", message: expect.stringContaining("Shared text.text") },
    });
    const constant = await say({ kind: "set", card: "Right", port: "secret", value: json("z") }, on);
    expect(constant).toMatchObject({ status: 400, failure: { reason: "not-editable" } });
  });

  it("runs and cancels on the sheet, waiting for nobody", async () => {
    const { graph, runs } = held();
    const on = await openHouse(graph);
    opened.push(on);
    expect(await say({ kind: "run", card: "Below" }, on)).toEqual({ status: 200 });
    await runs.runs(1);
    expect(await say({ kind: "cancel", card: "Held" }, on)).toEqual({ status: 200 });
    expect(runs.begun[0]?.signal.aborted).toBe(true);
    expect(await say({ kind: "runAll" }, on)).toEqual({ status: 200 });
    await runs.runs(2);
    expect(await say({ kind: "cancel" }, on)).toEqual({ status: 200 });
    expect(runs.begun[1]?.signal.aborted).toBe(true);
    const only = await say({ kind: "run", card: "Below", only: true }, on);
    expect(only).toMatchObject({
      status: 409,
      failure: { reason: "refused", message: expect.stringContaining("Below cannot run alone") },
    });
  });

  it("pins an output, lifts the pin, and shows an old run", async () => {
    const add = () => here.room.revisions.revision > 0 && here.room.live.view().cards.Add;
    const sum = (value: number) => ({ outputs: [{ value: json(value) }] });
    expect(await say({ kind: "pin", card: "Double", port: "out", value: json(100) })).toEqual({ status: 200 });
    expect(add()).toMatchObject(sum(110));
    expect(await say({ kind: "unpin", card: "Double", port: "out" })).toEqual({ status: 200 });
    expect(add()).toMatchObject({ ...sum(12), history: { at: 1, of: 2 } });
    await say({ kind: "pin", card: "Double", port: "out", value: json(200) });
    expect(await say({ kind: "unpin", card: "Double" })).toEqual({ status: 200 });
    const { history } = add() || {};
    expect(await say({ kind: "select", run: history?.next })).toEqual({ status: 200 });
    expect(add()).toMatchObject({ ...sum(110), history: { at: 2, of: 3 } });
  });

  it("[C1] selects a variant, and an old run of another with it", async () => {
    const on = await openHouse(voices().graph);
    opened.push(on);
    const voice = () => on.room.revisions.revision > 0 && on.room.live.view().cards.Voice;
    expect(await say({ kind: "choose", card: "Voice", variant: 1 }, on)).toEqual({ status: 200 });
    expect(voice()).toMatchObject({ variants: [{ chosen: false }, { chosen: true }], history: { at: 2, of: 2 } });
    const { history } = voice() || {};
    expect(await say({ kind: "select", run: history?.previous }, on)).toEqual({ status: 200 });
    expect(voice()).toMatchObject({ variants: [{ chosen: true }, { chosen: false }], chips: ["remembered"] });
    const none = await say({ kind: "choose", card: "Voice", variant: 2 }, on);
    expect(none).toMatchObject({ status: 400, failure: { reason: "unknown-variant" } });
  });

  it("[I1] answers the question that was asked, once", async () => {
    const { graph, draft } = asking();
    const on = await openHouse(graph);
    opened.push(on);
    const cards = () => (on.room.revisions.revision >= 0 ? on.room.live.view().cards : {});
    const question = cards()["Publish?"]?.ask?.question;
    const no = await say({ kind: "answer", card: "Publish?", question, value: json("maybe") }, on);
    expect(no).toMatchObject({
      status: 400,
      failure: { reason: "wrong-type", message: expect.stringContaining("true (yes)") },
    });
    on.sheet.set(draft.inputs.a, "other");
    const late = await say({ kind: "answer", card: "Publish?", question, value: json(true) }, on);
    expect(late).toMatchObject({ status: 409, failure: { reason: "asked-anew" } });
    const now = cards()["Publish?"]?.ask?.question;
    const yes = { kind: "answer", card: "Publish?", question: now, value: json(true) };
    expect(await say(yes, on)).toEqual({ status: 200 });
    expect(cards()["Publish?"]?.outputs[0]?.value).toEqual(json("other"));
    expect(await say(yes, on)).toMatchObject({ status: 409, failure: { reason: "not-waiting" } });
  });

  it("[S3] runs some items of a scattered card, and looks further down a list", async () => {
    const { graph, broken, count } = doubling(3);
    const on = await openHouse(graph);
    opened.push(on);
    const items = () =>
      on.room.revisions.revision > 0 ? on.room.live.view().cards.Double?.outputs[0]?.items : undefined;
    broken.add(9);
    on.sheet.set(count.inputs.list, [9, 1, 2]);
    expect(items()).toMatchObject({ counts: { failed: 1 } });
    broken.clear();
    expect(await say({ kind: "run", card: "Double", items: "failed" }, on)).toEqual({ status: 200 });
    expect(items()).toMatchObject({ counts: { ready: 3 } });
    const second = items()?.chunks[0]?.[1]?.id;
    expect(await say({ kind: "run", card: "Double", items: [second], again: true }, on)).toEqual({ status: 200 });
    expect(await say({ kind: "items", card: "Double", port: "twice", from: 100 }, on)).toEqual({ status: 200 });
    expect((await say({ kind: "items", card: "Sum", port: "total", from: 0 }, on)).failure?.reason).toBe("no-items");
    const gone = { kind: "pin", card: "Double", port: "twice", item: 1, value: json(5) };
    expect(await say(gone, on)).toMatchObject({ status: 404, failure: { reason: "unknown-item" } });
  });

  it("[S2] runs the item that was meant wherever it stands by then, and nothing for one that is gone", async () => {
    const { graph, count, double, ran } = doubling(3);
    const on = await openHouse(graph);
    opened.push(on);
    on.sheet.set(count.inputs.list, [5, 6, 7]);
    const at = on.room.revisions.revision;
    const [five, , seven] = on.room.live.view().cards.Double?.outputs[0]?.items?.chunks[0] ?? [];
    expect([five?.value, seven?.value, at]).toEqual([json(10), json(14), 1]);
    on.sheet.set(count.inputs.list, [7, 9, 6]);
    ran.length = 0;
    expect(await say({ kind: "run", card: "Double", items: [seven?.id], again: true }, on)).toEqual({ status: 200 });
    expect(ran).toEqual([7]);
    const gone = await say({ kind: "run", card: "Double", items: [seven?.id, five?.id], again: true }, on);
    expect(gone).toEqual({
      status: 404,
      failure: { reason: "unknown-item", message: "'Double' has no such item any more: look at what it has now." },
    });
    expect((await say({ kind: "run", card: "Double", items: [0], again: true }, on)).failure?.reason).toBe(
      "unknown-item",
    );
    expect([ran, on.sheet.value(double.outputs.twice)]).toEqual([[7], [14, 18, 12]]);
  });

  it("edits a list row by row: over what a node gave by a pin, and an input of a person's own by setting it", async () => {
    const script = new FnNode(({ topic }: { topic: string }) => [{ text: topic, loud: 1 }], {
      name: "Script",
      inputs: { topic: ui.textbox({ value: "water" }) },
      outputs: { lines: ui.itemList({ text: ui.textbox({ value: "…" }), loud: ui.number({ value: 5 }) }) },
    });
    const own = new InputNode({
      name: "Own",
      ports: { rows: ui.itemList({ text: ui.textbox({ value: "new" }) }, { value: [] }) },
    });
    const on = await openHouse(new Graph({ name: "Rows", nodes: [script, own] }));
    opened.push(on);
    const firstId = () =>
      on.room.revisions.revision >= 0 && on.room.live.view().cards.Script?.outputs[0]?.items?.chunks[0]?.[0]?.id;
    const first = { card: "Script", port: "lines", row: firstId() };
    const edit = { kind: "editRow", ...first, field: "text", value: json("wine") };
    expect(await say(edit, on)).toEqual({ status: 200 });
    expect(await say({ kind: "addRow", card: "Script", port: "lines" }, on)).toEqual({ status: 200 });
    expect(on.sheet.value(script.outputs.lines)).toEqual([
      { text: "wine", loud: 1 },
      { text: "…", loud: 5 },
    ]);
    expect(await say({ kind: "removeRow", ...first }, on)).toEqual({ status: 200 });
    expect(await say({ kind: "removeRow", ...first }, on)).toMatchObject({ status: 404 });
    expect(on.sheet.value(script.outputs.lines)).toEqual([{ text: "…", loud: 5 }]);
    expect(await say({ kind: "unpin", card: "Script", port: "lines" }, on)).toEqual({ status: 200 });
    expect(on.sheet.value(script.outputs.lines)).toEqual([{ text: "water", loud: 1 }]);
    expect(await say({ kind: "addRow", card: "Own", port: "rows" }, on)).toEqual({ status: 200 });
    expect(on.sheet.value(own.outputs.rows)).toEqual([{ text: "new" }]);
    expect(await say({ ...edit, row: 1 }, on)).toMatchObject({ status: 404, failure: { reason: "unknown-row" } });
    expect(await say({ ...edit, field: "texd" }, on)).toMatchObject({
      status: 400,
      failure: { reason: "unknown-field", suggestion: "text" },
    });
    expect(await say({ ...edit, row: firstId(), field: "loud" }, on)).toMatchObject({
      status: 400,
      failure: { reason: "wrong-type" },
    });
    expect((await say({ ...edit, port: "topic" }, on)).failure?.reason).toBe("no-rows");
  });

  it("places cards, tidies them away and moves the screen", async () => {
    expect(await say({ kind: "place", card: "Add", x: 10.5, y: -3 })).toEqual({ status: 200 });
    expect(await say({ kind: "viewport", x: 1, y: 2, zoom: 0.5 })).toEqual({ status: 200 });
    expect(here.room.live.view()).toMatchObject({
      places: { Add: { x: 10.5, y: -3 } },
      viewport: { x: 1, y: 2, zoom: 0.5 },
    });
    expect(await say({ kind: "tidy" })).toEqual({ status: 200 });
    expect(here.room.live.view().places).toEqual({});
  });
});

describe("a bad command is refused in words, and the sheet is unharmed", () => {
  it.each<[string, unknown, number, Partial<Refusal>]>([
    ["an unknown kind", { kind: "rnu", card: "Add" }, 400, { reason: "unknown-command", suggestion: "run" }],
    ["a kind that every object has", { kind: "constructor" }, 400, { reason: "unknown-command" }],
    ["no kind", {}, 400, { reason: "unknown-command" }],
    ["a list", [], 400, { reason: "bad-command" }],
    ["null", "null", 400, { reason: "bad-command" }],
    ["a bare number", "7", 400, { reason: "bad-command" }],
    [
      "an unknown card",
      { kind: "run", card: "Doubel" },
      400,
      { reason: "unknown-card", suggestion: "Double", known: ["Double", "Add"] },
    ],
    ["a card that is no text", { kind: "run", card: { toString: 1 } }, 400, { reason: "unknown-card" }],
    ["a card named __proto__", { kind: "run", card: "__proto__" }, 400, { reason: "unknown-card" }],
    [
      "an unknown port",
      { kind: "set", card: "Add", port: "bb", value: json(1) },
      400,
      { reason: "unknown-port", suggestion: "b" },
    ],
    ["an output", { kind: "set", card: "Add", port: "sum", value: json(1) }, 400, { reason: "not-editable" }],
    [
      "an input fed by an edge",
      { kind: "set", card: "Add", port: "doubled", value: json(1) },
      400,
      { reason: "fed-by-edge" },
    ],
    [
      "a value of the wrong type",
      { kind: "set", card: "Add", port: "b", value: json("ten") },
      400,
      { reason: "wrong-type" },
    ],
    [
      "a value out of range",
      { kind: "set", card: "Double", port: "a", value: json(1e300) },
      400,
      { reason: "wrong-type" },
    ],
    ["a value of no kind", { kind: "set", card: "Add", port: "b", value: 5 }, 400, { reason: "bad-command" }],
    ["no value", { kind: "set", card: "Add", port: "b" }, 400, { reason: "bad-command" }],
    [
      "a file that nobody uploaded",
      { kind: "set", card: "Add", port: "b", value: { kind: "file", id: "a".repeat(64) } },
      404,
      { reason: "unknown-file" },
    ],
    [
      "a path in place of a file's id",
      { kind: "set", card: "Add", port: "b", value: { kind: "file", id: "/etc/passwd" } },
      404,
      { reason: "unknown-file" },
    ],
    [
      "a pin of the wrong type",
      { kind: "pin", card: "Add", port: "sum", value: json("x") },
      400,
      { reason: "wrong-type" },
    ],
    ["a pin on an input", { kind: "pin", card: "Add", port: "b", value: json(1) }, 400, { reason: "unknown-port" }],
    ["a lift of an unknown port", { kind: "unpin", card: "Add", port: "smu" }, 400, { suggestion: "sum" }],
    ["a run that nobody remembers", { kind: "select", run: "one-7" }, 404, { reason: "unknown-run" }],
    ["a run that is no text", { kind: "select", run: 7 }, 400, { reason: "bad-command" }],
    ["a choice on what is none", { kind: "choose", card: "Add", variant: 0 }, 400, { reason: "no-choice" }],
    [
      "an answer that nobody asked for",
      { kind: "answer", card: "Add", question: 1, value: json(1) },
      409,
      { reason: "not-waiting" },
    ],
    ["an answer without a question", { kind: "answer", card: "Add", value: json(1) }, 400, { reason: "bad-command" }],
    ["items that are no numbers", { kind: "run", card: "Add", items: ["1"] }, 400, { reason: "bad-command" }],
    ["items of what is not scattered", { kind: "run", card: "Add", items: [0] }, 400, { reason: "no-items" }],
    ["a flag that is no flag", { kind: "run", card: "Add", again: "yes" }, 400, { reason: "bad-command" }],
    ["a place without a place", { kind: "place", card: "Add", x: "1", y: 2 }, 400, { reason: "bad-command" }],
    ["a place beyond everything", { kind: "place", card: "Add", x: 1e9, y: 2 }, 400, { reason: "bad-command" }],
    ["a place without a number", '{"kind":"place","card":"Add","x":1e999,"y":0}', 400, { reason: "bad-command" }],
    ["no zoom", { kind: "viewport", x: 0, y: 0, zoom: 0 }, 400, { reason: "bad-command" }],
    ["malformed JSON", "{", 400, { reason: "malformed-json" }],
    ["no body", "", 400, {}],
    [
      "2 MiB",
      JSON.stringify({ kind: "set", card: "Add", port: "b", value: json("x".repeat(2 * 1024 * 1024)) }),
      413,
      { reason: "too-large" },
    ],
  ])("%s", async (_name, command, status, failure) => {
    const before = JSON.stringify(here.room.live.view());
    const answer = await say(command);
    expect(answer.status).toBe(status);
    expect(answer.failure).toMatchObject(failure);
    expect(answer.failure?.message).toMatch(/[.?]$/);
    expect(here.room.revisions.revision).toBe(0);
    expect(JSON.stringify(here.room.live.view())).toBe(before);
    expect(here.reported).toEqual([]);
    expect((await say({ kind: "set", card: "Add", port: "b", value: json(11) })).status).toBe(200);
  });

  it("an unknown sheet", async () => {
    for (const path of ["/api/sheets/two", "/api/sheets/two/stream", "/api/sheets/__proto__"]) {
      const { status, text } = await here.ask({ path });
      expect([status, JSON.parse(text)]).toMatchObject([
        404,
        { ok: false, failure: { reason: "unknown-sheet", known: ["one"] } },
      ]);
    }
    expect((await here.post("/api/sheets/two/commands", "{}")).status).toBe(404);
  });

  it("a body that is not UTF-8 JSON", async () => {
    const packed = await here.post("/api/sheets/one/commands", "{}", { "content-encoding": "zip" });
    expect([packed.status, JSON.parse(packed.text).ok]).toEqual([415, false]);
    const latin = await here.post("/api/sheets/one/commands", "{}", {
      "content-type": "application/json; charset=latin9",
    });
    expect(latin.status).toBe(415);
    const form = await here.post("/api/sheets/one/commands", "{}", {
      "content-type": "multipart/form-data; boundary=x",
    });
    expect(form.status).toBe(415);
  });

  it("a card that holds inputs has nothing to run", async () => {
    const on = await openHouse(shared().graph);
    opened.push(on);
    expect(await say({ kind: "run", card: "Settings" }, on)).toMatchObject({
      status: 409,
      failure: { reason: "nothing-to-run" },
    });
    expect(await say({ kind: "cancel", card: "Settings" }, on)).toEqual({ status: 200 });
  });
});
