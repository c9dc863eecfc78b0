/** A list edited row by row on its card. */
import { expect, it } from "vitest";
import type { Canvas } from "./canvas.ts";
import { eventually, setStage } from "./stage.ts";

const stage = setStage("test/support/apps/studio.ts");

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
  await canvas.press("Lift the pin of Lines");
  await row(canvas, 2)
    .getByText(/^The long grass listens/)
    .waitFor();
  await eventually(() => canvas.row("Captions", "lines").getByText("pinned", { exact: true }).count()).toBe(0);
});
