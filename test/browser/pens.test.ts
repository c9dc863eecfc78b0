/**
 * Whatever is typed into keeps its words, its caret and the focus while patches arrive: for its own card, for others, and
 * of the very value that is being written.
 */
import type { Locator } from "playwright-core";
import { beforeEach, expect, it } from "vitest";
import type { Json, View } from "../../src/protocol.ts";
import type { Canvas } from "./canvas.ts";
import { input, type Pen, pens, set, value, within } from "./pens.ts";
import { eventually, focused, setStage } from "./stage.ts";

const stage = setStage("test/support/apps/pens.ts");

/** What the sheet holds. */
const holds = <T>(look: (view: View) => T) => eventually(async () => look(await stage.house.view()));

let given: { readonly card: string; readonly port: string; readonly value: Json }[] | undefined;
/** Every test begins with what the app itself gives. */
beforeEach(async () => {
  const { cards } = await stage.house.view();
  const inputs = Object.values(cards).flatMap(({ id, inputs }) => inputs.map((input) => ({ card: id, ...input })));
  given ??= inputs.flatMap(({ card, name, value }) =>
    value?.kind === "json" ? [{ card, port: name, value: value.value }] : [],
  );
  for (const { card, port, value } of given) {
    await stage.house.command({ kind: "set", card, port, value: { kind: "holding", value } });
  }
  for (const { id, outputs } of Object.values(cards)) {
    if (outputs.some(({ pinned }) => pinned)) await stage.house.command({ kind: "unpin", card: id });
  }
});

/** Another browser edits another field of the same card; the page has seen it when this is over. */
let beats = 0;
async function beat(canvas: Canvas): Promise<void> {
  beats++;
  await stage.house.command(set("beat", beats));
  await canvas.row("Desk", "heard").getByText(String(beats), { exact: true }).waitFor();
}

async function typeAmongPatches(
  canvas: Canvas,
  pen: Locator,
  { types, at, over, other, whole, held }: Pick<Pen, "types" | "at" | "over" | "other" | "whole" | "held">,
): Promise<void> {
  const first = held(await stage.house.view());
  await pen.click();
  if (over) await pen.press("ControlOrMeta+a");
  else if (at === undefined) await pen.press("End");
  else {
    await pen.press("ControlOrMeta+Home");
    for (let i = 0; i < at; i++) await pen.press("ArrowRight");
  }
  for (const [i, letter] of [...types].entries()) {
    await canvas.page.keyboard.type(letter);
    if (i === Math.floor((types.length - 1) / 2) && other) {
      if (!whole) await holds(held).not.toEqual(first);
      const command = typeof other === "function" ? other(await stage.house.view()) : other;
      expect(await stage.house.command(command)).toEqual({ ok: true });
    }
    await beat(canvas);
  }
}
const caret = (pen: Locator) => pen.evaluate((element) => (element as HTMLInputElement).selectionStart);

it.each(pens.map((pen) => [pen.name, pen] as const))(
  "%s keeps its words, its caret and the focus while patches arrive",
  async (_name, one) => {
    const canvas = await stage.canvas();
    const pen = await one.find(canvas);
    await typeAmongPatches(canvas, pen, one);
    expect(await pen.inputValue()).toBe(one.reads);
    expect(await focused(pen)).toBe(true);
    if (one.at !== undefined) expect(await caret(pen)).toBe(one.at + one.types.length);
    await pen.blur();
    await holds(one.held).toEqual(one.means);
  },
);

it("where nothing is left but to answer, the primary button leads there", async () => {
  const canvas = await stage.canvas();
  await eventually(() => canvas.primary.textContent()).toBe("Waits for you");
  await canvas.primary.click();
  await eventually(() => focused(canvas.field("Signature", "Signature"))).toBe(true);
  await canvas.page.keyboard.type("the miller");
  expect(await canvas.field("Signature", "Signature").inputValue()).toBe("the miller");
});

it("an answer keeps its words, its caret and the focus while patches arrive", async () => {
  const canvas = await stage.canvas();
  const pen = canvas.field("Signature", "Signature");
  await pen.fill("old mill");
  await typeAmongPatches(canvas, pen, { types: " grey", at: 3, held: () => null });
  expect(await pen.inputValue()).toBe("old grey mill");
  expect(await focused(pen)).toBe(true);
  await pen.press("Enter");
  await canvas.sees("Signature", "ready");
  expect(value(await stage.house.view(), "Signature", "outputs", "text")).toBe("old grey mill");
});

it("a sheet's new name keeps its words while somebody else gives it another", async () => {
  const canvas = await stage.canvas();
  const other = await stage.tab(canvas);
  const name = (page: Canvas) => page.page.getByLabel("Name of the sheet");
  await canvas.page.getByRole("button", { name: /^Sheet: / }).dblclick();
  await name(canvas).fill("Old ");
  await other.page.getByRole("button", { name: /^Sheet: / }).dblclick();
  await name(other).fill("New sheet");
  await name(other).press("Enter");
  await other.page.getByRole("button", { name: "Sheet: New sheet" }).waitFor();
  await beat(canvas);
  await canvas.page.keyboard.type("mill");
  expect(await name(canvas).inputValue()).toBe("Old mill");
  await name(canvas).press("Enter");
  await other.page.getByRole("button", { name: "Sheet: Old mill" }).waitFor();
});

it("a slider stays in the hand that moves it", async () => {
  const canvas = await stage.canvas();
  const slider = canvas.field("Desk", "Share");
  await slider.scrollIntoViewIfNeeded();
  const { x, y, width, height } = (await slider.boundingBox())!;
  const mouse = canvas.page.mouse;
  await mouse.move(x + 2, y + height / 2);
  await mouse.down();
  await mouse.move(x + width / 2, y + height / 2, { steps: 4 });
  const half = await slider.inputValue();
  await holds((view) => input(view, "share")).toBe(Number(half));
  await stage.house.command(set("share", 3));
  await beat(canvas);
  expect(await slider.inputValue()).toBe(half);
  await mouse.move(x + width - 2, y + height / 2, { steps: 4 });
  await mouse.up();
  await holds((view) => input(view, "share")).toBe(100);
  await stage.house.command(set("share", 4));
  await eventually(() => slider.inputValue()).toBe("4");
});

it("a cell that is scrolled out of sight keeps what was typed into it", async () => {
  const canvas = await stage.canvas();
  const table = canvas.row("Desk", "people");
  const cell = canvas.field("Desk", "Name, row 4");
  await cell.click();
  await cell.press("End");
  await canvas.page.keyboard.type(" Byron");
  const rows = table.getByRole("group", { name: "Rows of People" });
  await rows.evaluate((scroll) => scroll.scrollTo({ top: 4 * 28 }));
  await beat(canvas);
  expect(await cell.inputValue()).toBe("Ada 4 Byron");
  await rows.evaluate((scroll) => scroll.scrollTo({ top: scroll.scrollHeight }));
  await canvas.field("Desk", "Name, row 60").waitFor();
  await beat(canvas);
  await holds((view) => within(view, "people", "data", 3, 0)).toBe("Ada 4 Byron");
  expect(within(await stage.house.view(), "people", "data", 59, 0)).toBe("Ada 60");
});

it("a page that goes away sends what was typed into a cell", async () => {
  const canvas = await stage.canvas();
  await canvas.field("Desk", "Name, row 5").fill("Last words");
  await canvas.page.goto("about:blank");
  await holds((view) => within(view, "people", "data", 4, 0)).toBe("Last words");
});
