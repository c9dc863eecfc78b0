/** Sheets on the canvas: made, named, switched, reset, deleted, taken along; and everything there again after the server was killed. */
import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import type { Canvas } from "./canvas.ts";
import { eventually, setStage } from "./stage.ts";

const stage = setStage("test/support/apps/studio.ts");

const name = (canvas: Canvas) => canvas.page.locator("mr-sheets .sheet");
async function menu(canvas: Canvas, item: string | RegExp): Promise<void> {
  await name(canvas).click();
  await canvas.page.getByRole("menuitem", { name: item }).click();
}
const prompt = (canvas: Canvas) => canvas.field("Scene", "Prompt");

it("a sheet is made, is its own, and one switches between them", async () => {
  const canvas = await stage.canvas();
  await prompt(canvas).fill("A heron");
  await canvas.row("Frame", "framed").getByText("~ A heron ~").waitFor();
  await menu(canvas, "New sheet");
  await canvas.row("Frame", "framed").getByText("~ A cheetah in ~").waitFor();
  await eventually(() => name(canvas).textContent()).toContain("Sheet 2");
  await name(canvas).click();
  await canvas.page.getByRole("menuitemradio", { name: /Sheet 1/ }).click();
  await canvas.row("Frame", "framed").getByText("~ A heron ~").waitFor();
});

it("a double click renames, Escape does not, and other pages see the name", async () => {
  const canvas = await stage.canvas();
  const other = await stage.canvas();
  await name(canvas).dblclick();
  await canvas.page.getByLabel("Name of the sheet").fill("Savanna");
  await canvas.page.keyboard.press("Enter");
  await eventually(() => name(canvas).textContent()).toContain("Savanna");
  await eventually(() => name(other).textContent()).toContain("Savanna");
  await name(canvas).press("F2");
  await canvas.page.getByLabel("Name of the sheet").fill("Nothing");
  await canvas.page.keyboard.press("Escape");
  expect(await name(canvas).textContent()).toContain("Savanna");
});

it("a copy is reset and deleted, each after being asked", async () => {
  const canvas = await stage.canvas();
  canvas.forgives(/404/);
  await menu(canvas, "Duplicate");
  await eventually(() => name(canvas).textContent()).toContain("Savanna (copy)");
  await canvas.row("Frame", "framed").getByText("~ A heron ~").waitFor();
  await menu(canvas, "Reset…");
  await canvas.press("Keep it");
  await menu(canvas, "Reset…");
  await canvas.press("Reset");
  await canvas.row("Frame", "framed").getByText("~ A cheetah in ~").waitFor();
  await menu(canvas, "Delete…");
  await canvas.press("Delete");
  await eventually(async () => (await stage.house.sheets()).map(({ name }) => name)).not.toContain("Savanna (copy)");
  await eventually(() => name(canvas).textContent()).not.toContain("copy");
});

it("a sheet is taken along as a file and brought back", async () => {
  const canvas = await stage.canvas();
  await name(canvas).click();
  const [download] = await Promise.all([
    canvas.page.waitForEvent("download"),
    canvas.page.getByRole("menuitem", { name: "Export" }).click(),
  ]);
  const file = await download.path();
  expect((await readFile(file)).length).toBeGreaterThan(100);
  await canvas.page
    .locator("mr-sheets input[type=file]")
    .setInputFiles({ name: "taken.millrace", mimeType: "", buffer: await readFile(file) });
  await eventually(async () => (await stage.house.sheets()).length).toBe(3);
  await canvas.row("Frame", "framed").getByText("~ A heron ~").waitFor();
});

it("what was called saved is there after the server was killed, with the cards where they were put", async () => {
  const canvas = await stage.canvas();
  canvas.forgives(/.*/);
  await prompt(canvas).fill("A stork");
  await canvas.row("Frame", "framed").getByText("~ A stork ~").waitFor();
  await canvas.page.getByRole("button", { name: "Move Frame" }).focus();
  const put = async () => (await stage.house.view()).places.Frame?.x;
  await canvas.page.keyboard.press("ArrowRight");
  await eventually(put).toBeDefined();
  const first = (await put()) ?? 0;
  await canvas.page.keyboard.press("ArrowRight");
  await eventually(put).toBe(first + 22);
  await eventually(async () => (await stage.house.view()).saved).toBe(true);
  await eventually(() => canvas.connection.textContent()).toBe("saved");
  const at = canvas.page.url();
  const places = (await stage.house.view()).places;
  await stage.house.kill();
  await stage.house.start();
  await eventually(() => canvas.connection.textContent()).toBe("saved");
  await canvas.row("Frame", "framed").getByText("~ A stork ~").waitFor();
  expect((await stage.house.view()).places).toEqual(places);
  await canvas.page.goto(at);
  await canvas.row("Frame", "framed").getByText("~ A stork ~").waitFor();
});

it("a run that the stop cut off says so, and goes on when it is asked", async () => {
  const canvas = await stage.canvas();
  canvas.forgives(/.*/);
  await canvas.press("Run Etch");
  await stage.house.hears({ step: "Etch", began: true });
  await eventually(async () => {
    const { cards, saved } = await stage.house.view();
    return saved && cards.Etch?.state;
  }).toBe("pending");
  await stage.house.kill();
  await stage.house.start();
  await canvas.says("Etch", "The app stopped while this ran.");
  await canvas.press("Go on with Etch");
  await stage.house.hears({ step: "Etch", began: true });
  stage.house.tell({ step: "Etch", give: "a plate" });
  await canvas.row("Etch", "plate").getByText("a plate").waitFor();
});
