/** Asking for runs: to here, one step, again; what a button says before it is pressed; stopping. */
import { beforeEach, expect, it } from "vitest";
import type { Canvas } from "./canvas.ts";
import { eventually, focused, setStage } from "./stage.ts";

const stage = setStage("test/support/apps/mill.ts");
let canvas: Canvas;
let grains = 0;

beforeEach(async () => {
  canvas = await stage.canvas();
  // Fresh grain: Mill and Bake are stale again, whatever was run before.
  await canvas.field("Grain", "Grain").fill(`rye ${++grains}`);
  await canvas.field("Grain", "Grain").press("Enter");
  await canvas.row("Sift", "clean").getByText(`rye ${grains}`).waitFor();
  await canvas.sees("Mill", "stale");
  await canvas.watchFlashes();
});

it("running to here runs the stale steps above, and what follows by itself", async () => {
  await canvas.press("Run Bake");
  expect((await stage.house.hears({ step: "Mill", began: true })).inputs).toEqual({ clean: `rye ${grains}`, speed: 3 });
  await canvas.sees("Mill", "pending");
  await canvas.says("Bake", "Waits for Mill");
  stage.house.tell({ step: "Mill", give: "coarse flour" });
  await canvas.says("Seal", "coarse flour bread, 40 minutes, sealed");
  await canvas.sees("Bake", "ready");
  expect(await canvas.flashed()).toEqual(["Bake", "Mill", "Seal"]);
});

it("a run shows its progress, its log and the last good value meanwhile", async () => {
  await canvas.press("Run Mill");
  await stage.house.hears({ step: "Mill", began: true });
  stage.house.tell({ step: "Mill", give: "first flour" });
  await canvas.sees("Mill", "ready");
  await canvas.press("Run Mill");
  await stage.house.hears({ step: "Mill", began: true });
  stage.house.tell({ step: "Mill", progress: 0.25, message: "second stone", log: "The stones turn." });
  await canvas.says("Mill", "second stone");
  await canvas.says("Mill", /25\s%/);
  expect(await canvas.card("Mill").getByRole("progressbar").getAttribute("aria-valuenow")).toBe("25");
  await canvas.says("Mill", "last good value");
  await canvas.says("Mill", "first flour");
  await canvas.card("Mill").getByText("Log").click();
  await canvas.says("Mill", "The stones turn.");
  stage.house.tell({ step: "Mill", give: "second flour" });
  await canvas.says("Mill", "second flour");
});

it("a step alone leaves the steps below as they were", async () => {
  await canvas.choose("Mill", "This step only");
  await stage.house.hears({ step: "Mill", began: true });
  stage.house.tell({ step: "Mill", give: "single flour" });
  await canvas.sees("Mill", "ready");
  await canvas.sees("Bake", "stale");
  expect(await canvas.flashed()).toEqual(["Mill"]);
});

it("a step alone is refused in words while what it needs is not ready", async () => {
  canvas.forgives(/^409 /);
  await canvas.choose("Bake", "This step only");
  await canvas.page.getByRole("alert").getByText(/Mill/).waitFor();
  await canvas.press("Dismiss");
  expect(await canvas.flashed()).toEqual([]);
});

it("the second click of a double one does not stop what the first began", async () => {
  const run = (await canvas.page.getByRole("button", { name: "Run Mill", exact: true }).boundingBox())!;
  const [x, y] = [run.x + run.width / 2, run.y + run.height / 2];
  await canvas.page.mouse.click(x, y);
  await stage.house.hears({ step: "Mill", began: true });
  await canvas.page.getByRole("button", { name: "Stop Mill" }).waitFor();
  await canvas.page.mouse.click(x, y, { clickCount: 2 });
  stage.house.tell({ step: "Mill", give: "doubled flour" });
  await canvas.says("Mill", "doubled flour");
  await canvas.sees("Mill", "ready");
});

it("who runs and stops a step by key stays at its button", async () => {
  const button = (name: string) => canvas.page.getByRole("button", { name, exact: true });
  await button("Run Mill").press("Enter");
  await stage.house.hears({ step: "Mill", began: true });
  expect(await focused(button("Stop Mill"))).toBe(true);
  await canvas.page.keyboard.press("Enter");
  await stage.house.hears({ step: "Mill", stopped: true });
  await button("Run Mill").waitFor();
  expect(await focused(button("Run Mill"))).toBe(true);
  await button("Run options for Mill").press("Enter");
  await canvas.card("Mill").getByRole("menuitem", { name: "Run to here" }).press("Enter");
  await stage.house.hears({ step: "Mill", began: true });
  expect(await focused(button("Stop Mill"))).toBe(true);
  stage.house.tell({ step: "Mill", give: "flour by key" });
  await canvas.sees("Mill", "ready");
});

it("a ready step runs again when asked to", async () => {
  for (const flour of ["white flour", "brown flour"]) {
    await canvas.press("Run Mill");
    await stage.house.hears({ step: "Mill", began: true });
    stage.house.tell({ step: "Mill", give: flour });
    await canvas.row("Mill", "flour").getByText(flour).waitFor();
    await canvas.sees("Mill", "ready");
  }
  await canvas.choose("Mill", "Run again");
  await stage.house.hears({ step: "Mill", began: true });
  stage.house.tell({ step: "Mill", give: "dark flour" });
  await canvas.row("Mill", "flour").getByText("dark flour").waitFor();
});

it("a run button that is pointed at lights the cards it would run", async () => {
  const lit = () =>
    canvas.page
      .locator("mr-card[data-planned]")
      .evaluateAll((cards) => cards.map((card) => card.getAttribute("aria-label")));
  await canvas.page.getByRole("button", { name: "Run Bake", exact: true }).hover();
  await eventually(lit).toEqual(["Mill", "Bake"]);
  await canvas.page.getByRole("button", { name: "Run Mill", exact: true }).hover();
  await eventually(lit).toEqual(["Mill"]);
  await canvas.primary.hover();
  await eventually(lit).toEqual(["Mill", "Bake", "Seal"]);
  await canvas.connection.hover();
  await eventually(lit).toEqual([]);
});

it("the primary button says what it will do, and does it", async () => {
  await eventually(() => canvas.primary.textContent()).toBe("Run 3 stale");
  await canvas.primary.click();
  expect(await canvas.page.locator("mr-card[data-planned]").count()).toBe(0);
  await stage.house.hears({ step: "Mill", began: true });
  stage.house.tell({ step: "Mill", give: "all the flour" });
  await canvas.says("Seal", "all the flour bread, 40 minutes, sealed");
  await eventually(() => canvas.primary.textContent()).toBe("Run all again");
});

it("a running step is stopped, and says why it is stale", async () => {
  await canvas.press("Run Bake");
  await stage.house.hears({ step: "Mill", began: true });
  await canvas.press("Stop Mill");
  await stage.house.hears({ step: "Mill", stopped: true });
  await canvas.sees("Mill", "stale");
  await canvas.sees("Bake", "stale");
  await canvas.page.getByRole("button", { name: "Run Mill", exact: true }).waitFor();
  expect(await canvas.flashed()).toEqual(["Mill"]);
});

it("everything that runs is stopped at once", async () => {
  await canvas.press("Run Bake");
  await stage.house.hears({ step: "Mill", began: true });
  await canvas.press("Stop all");
  await stage.house.hears({ step: "Mill", stopped: true });
  await canvas.sees("Mill", "stale");
  await canvas.page.getByRole("button", { name: "Stop all" }).waitFor({ state: "detached" });
});
