/** A list edited row by row on its card. */
import type { Locator } from "playwright-core";
import { expect, it } from "vitest";
import type { Canvas } from "./canvas.ts";
import { eventually, setStage } from "./stage.ts";

const stage = setStage("test/support/apps/studio.ts");

const focused = (pen: Locator) =>
  pen.evaluate((element) => (element.getRootNode() as ShadowRoot).activeElement === element);
const row = (canvas: Canvas, n: number) => canvas.card("Captions").locator(`[role="listitem"][aria-posinset="${n}"]`);
const read = (canvas: Canvas, n: number) => canvas.card("Voice").locator(`[role="listitem"][aria-posinset="${n}"]`);

it("a row is edited in place, is pinned, and runs its own item alone", async () => {
  const canvas = await stage.canvas();
  const before = (await stage.house.view()).cards.Voice?.runs ?? 0;
  await canvas.press("Edit row 2 of Lines");
  await canvas.field("Captions", "Text").fill("A new line");
  await canvas.field("Captions", "Text").press("Enter");
  await read(canvas, 2)
    .getByText(/^♪ A new line/)
    .waitFor();
  await canvas.row("Captions", "lines").getByText("pinned", { exact: true }).waitFor();
  expect((await stage.house.view()).cards.Voice?.runs).toBe(before + 1);
  await canvas.field("Captions", "Speaker").selectOption("Host");
  await row(canvas, 2).getByText("Host").waitFor();
});

it("rows are added and taken out, and lifting the pin brings back what the step gave", async () => {
  const canvas = await stage.canvas();
  await canvas.press("Add row to Lines");
  await row(canvas, 5).waitFor();
  await canvas.press("Edit row 5 of Lines");
  await canvas.field("Captions", "Text").fill("The last line");
  await canvas.field("Captions", "Text").press("Enter");
  await read(canvas, 5)
    .getByText(/^♪ The last line/)
    .waitFor();
  await canvas.press("Remove row 5");
  await read(canvas, 5).waitFor({ state: "detached" });
  await canvas.page.getByRole("button", { name: "Lift the pin of Lines", exact: true }).focus();
  await canvas.page.keyboard.press("Enter");
  await eventually(() => focused(canvas.card("Captions").getByRole("list", { name: "Items of Lines" }))).toBe(true);
  await row(canvas, 2)
    .getByText(/^The long grass listens/)
    .waitFor();
  await eventually(() => canvas.row("Captions", "lines").getByText("pinned", { exact: true }).count()).toBe(0);
});

it("a row is edited by the keyboard alone: its pen leads to its fields, and Escape back to its line", async () => {
  const canvas = await stage.canvas();
  const { keyboard } = canvas.page;
  await canvas.page.getByRole("button", { name: "Edit row 3 of Lines" }).focus();
  await keyboard.press("Enter");
  await eventually(() => focused(canvas.field("Captions", "Speaker"))).toBe(true);
  await keyboard.press("Tab");
  await keyboard.type("heard by nobody");
  await keyboard.press("Escape");
  const line = row(canvas, 3).getByRole("button", { name: /^Item 3:/ });
  await eventually(() => focused(line)).toBe(true);
  await row(canvas, 3).getByText("heard by nobody").waitFor();
  expect(await canvas.field("Captions", "Text").count()).toBe(0);
  await canvas.press("Lift the pin of Lines");
});

/** Rows that another browser sees: their texts, and the id of one. */
const rowsHeld = async () => (await stage.house.view()).cards.Captions?.outputs[0]?.items?.chunks["0"] ?? [];
const texts = async () =>
  (await rowsHeld()).map(({ value }) => Object(value?.kind === "json" ? value.value : null).text as string);
async function writeLines(...lines: readonly string[]): Promise<void> {
  const value = { kind: "json", value: lines.join("\n") } as const;
  expect(await stage.house.command({ kind: "set", card: "Scene", port: "lines", value })).toEqual({ ok: true });
}

it("a row that is written in keeps its editor, its words, the focus and the caret while others come and go above it", async () => {
  await writeLines("one", "two", "three");
  const canvas = await stage.canvas();
  const other = await stage.tab(canvas);
  await canvas.press("Edit row 3 of Lines");
  const pen = canvas.field("Captions", "Text");
  await pen.click();
  await pen.press("Home");
  await canvas.page.keyboard.type("old ");
  await other.press("Edit row 1 of Lines");
  await other.press("Remove row 1");
  await row(canvas, 3).waitFor({ state: "detached" });
  await canvas.page.keyboard.type("grey ");
  expect(await pen.inputValue()).toMatch(/^old grey three/);
  expect(await focused(pen)).toBe(true);
  expect(await pen.evaluate((field) => (field as HTMLInputElement).selectionStart)).toBe("old grey ".length);
  await eventually(texts).toEqual([expect.stringMatching(/^two/), expect.stringMatching(/^old grey three/)]);
  expect(await row(canvas, 2).getAttribute("class")).toContain("open");
  await other.press("Edit row 1 of Lines");
  await other.field("Captions", "Text").fill("deux");
  await other.field("Captions", "Text").press("Enter");
  await row(canvas, 1).getByText("deux").waitFor();
  await canvas.page.keyboard.type("and ");
  await eventually(texts).toEqual(["deux", expect.stringMatching(/^old grey and three/)]);
});

it("what is typed goes to its own row, though the list's own inputs put others above it", async () => {
  await writeLines("one", "two");
  const canvas = await stage.canvas();
  await canvas.press("Edit row 2 of Lines");
  const pen = canvas.field("Captions", "Text");
  await pen.click();
  await writeLines("zero", "half", "one", "two");
  await row(canvas, 4).waitFor();
  expect(await focused(pen)).toBe(true);
  await pen.fill("second");
  await pen.press("Enter");
  await eventually(texts).toEqual([
    expect.stringMatching(/^zero/),
    expect.stringMatching(/^half/),
    expect.stringMatching(/^one/),
    "second",
  ]);
  await canvas.press("Remove row 4");
  await eventually(async () => (await texts()).length).toBe(3);
});

it("whoever writes in a row that somebody else takes out is told so, and keeps the words", async () => {
  await writeLines("one", "two");
  const canvas = await stage.canvas();
  canvas.forgives(/^404 POST/);
  await canvas.press("Edit row 2 of Lines");
  const pen = canvas.field("Captions", "Text");
  await pen.click();
  const id = (await rowsHeld())[1]?.id ?? -1;
  await stage.house.command({ kind: "removeRow", card: "Captions", port: "lines", row: id });
  await canvas.says("Captions", "This is not in the list any more.");
  await canvas.page.keyboard.type("lost and found");
  await canvas.says("Captions", "'Captions.lines' has no such row any more.");
  expect(await pen.inputValue()).toContain("lost and found");
  await canvas.press("Close");
  await pen.waitFor({ state: "detached" });
  expect(await texts()).toEqual([expect.stringMatching(/^one/)]);
});

it("what is written in a row while the server is away arrives in that row when it has begun anew", async () => {
  await writeLines("eins", "zwei");
  const canvas = await stage.canvas();
  canvas.forgives(/ERR_|fetch|network/i);
  await canvas.press("Edit row 2 of Lines");
  await eventually(() => canvas.connection.textContent()).toBe("saved");
  await stage.house.kill();
  await canvas.connection.getByText("Reconnecting…").waitFor();
  await canvas.field("Captions", "Text").fill("written while nobody heard");
  await canvas.field("Captions", "Text").blur();
  await stage.house.start();
  await canvas.connection.getByText("saved").waitFor();
  await eventually(texts).toEqual([expect.stringMatching(/^eins/), "written while nobody heard"]);
});

it("an item that is shown whole stays the same one when another is put before it", async () => {
  await writeLines("un", "deux");
  const canvas = await stage.canvas();
  await read(canvas, 2)
    .getByRole("button", { name: /^Item 2:/ })
    .click();
  await canvas.press("Edit Item 2");
  await canvas.field("Voice", "Item 2").fill("a sound of my own");
  await writeLines("zéro", "un", "deux");
  await read(canvas, 3).getByText("a sound of my own").waitFor();
  expect(await canvas.field("Voice", "Item 3").inputValue()).toBe("a sound of my own");
  expect(await focused(canvas.field("Voice", "Item 3"))).toBe(true);
  await canvas.press("Lift the pin of item 3 of Sound");
});
