/** A card's past: walking through its runs, writing over an output and lifting that again, and asking why it is stale. */
import { beforeEach, expect, it } from "vitest";
import type { Canvas } from "./canvas.ts";
import { eventually, setStage } from "./stage.ts";

const stage = setStage("test/support/apps/mill.ts");
let canvas: Canvas;
let grains = 0;

beforeEach(async () => {
  canvas = await stage.canvas();
  await grind(`oats ${++grains}`, `flour ${grains}`);
});

async function grind(grain: string, flour: string): Promise<void> {
  await canvas.field("Grain", "Grain").fill(grain);
  await canvas.field("Grain", "Grain").press("Enter");
  await canvas.row("Sift", "clean").getByText(grain).waitFor();
  await canvas.press("Run Mill");
  await stage.house.hears({ step: "Mill", began: true });
  stage.house.tell({ step: "Mill", give: flour });
  await canvas.row("Mill", "flour").getByText(flour).waitFor();
}

const step = (name: string) => canvas.page.getByRole("button", { name, exact: true });
const lit = () =>
  canvas.page
    .locator(".edge.lit")
    .evaluateAll((edges) =>
      edges.map((edge) => `${(edge as SVGElement).dataset.from} -> ${(edge as SVGElement).dataset.to}`),
    );

it("the runs of a card are walked through, and what each was made from comes back", async () => {
  await grind(`barley ${grains}`, `grist ${grains}`);
  await canvas.press("Previous run of Mill");
  await canvas.row("Mill", "flour").getByText(`flour ${grains}`).waitFor();
  await eventually(() => canvas.field("Grain", "Grain").inputValue()).toBe(`oats ${grains}`);
  await canvas.card("Mill").getByText("remembered").waitFor();
  await canvas.sees("Mill", "ready");
  await canvas.press("Next run of Mill");
  await canvas.row("Mill", "flour").getByText(`grist ${grains}`).waitFor();
  await eventually(() => step("Next run of Mill").getAttribute("aria-disabled")).toBe("true");
  await eventually(() => step("Next run of Mill").getAttribute("title")).toBe("This is the latest run");
});

it("a run that failed is seen as such when one comes to it", async () => {
  await canvas.field("Grain", "Grain").fill(`sand ${grains}`);
  await canvas.field("Grain", "Grain").press("Enter");
  await canvas.sees("Mill", "stale");
  await canvas.press("Run Mill");
  await stage.house.hears({ step: "Mill", began: true });
  stage.house.tell({ step: "Mill", fail: "The stones are stuck." });
  await canvas.says("Mill", "The stones are stuck.");
  await canvas
    .card("Mill")
    .getByText(/^Run \d+ of \d+, failed$/)
    .waitFor({ state: "attached" });
  await canvas.press("Previous run of Mill");
  await canvas.sees("Mill", "ready");
  await canvas.press("Next run of Mill");
  await canvas.says("Mill", "The stones are stuck.");
  await canvas.press("Previous run of Mill");
  await canvas.sees("Mill", "ready");
});

it("what is written over an output feeds what is below, until it is lifted", async () => {
  await canvas.press("Edit Clean");
  const field = canvas.field("Sift", "Clean");
  await eventually(() => field.evaluate((input) => input.matches(":focus"))).toBe(true);
  await field.fill(`by hand ${grains}`);
  await field.press("Enter");
  await canvas.row("Mill", "clean").getByText(`by hand ${grains}`).waitFor();
  await canvas.sees("Mill", "stale");
  await canvas.says("Mill", /since Clean was pinned/);
  await field.press("Escape");
  await canvas.row("Sift", "clean").getByText("pinned", { exact: true }).waitFor();
  await canvas.press("Lift the pin of Clean");
  await canvas.row("Mill", "clean").getByText(`oats ${grains}`).waitFor();
  await canvas.sees("Mill", "ready");
  expect(await canvas.card("Sift").getByText("pinned").count()).toBe(0);
});

it("looking at an output as it would be edited changes nothing", async () => {
  await canvas.press("Edit Clean");
  await canvas.press("Done editing Clean");
  await canvas.row("Sift", "clean").getByText(`oats ${grains}`).waitFor();
  expect((await stage.house.view()).cards.Sift).toMatchObject({ chips: [], state: "ready" });
});

it("the foot of a card lifts what is pinned over it", async () => {
  await stage.house.command({
    kind: "pin",
    card: "Sift",
    port: "clean",
    value: { kind: "json", value: "pinned oats" },
  });
  await canvas.row("Mill", "clean").getByText("pinned oats").waitFor();
  await canvas.press("pinned: lift what is pinned over Sift");
  await canvas.row("Mill", "clean").getByText(`oats ${grains}`).waitFor();
});

it("a stale card says what changed first and lights the way that it took", async () => {
  await canvas.press("Run Bake");
  await canvas.sees("Bake", "ready");
  await canvas.field("Grain", "Grain").fill(`husks ${grains}`);
  await canvas.field("Grain", "Grain").press("Enter");
  await canvas.says("Bake", "since Grain changed");
  await canvas.status("Bake").hover();
  await eventually(lit).toEqual(["Grain.grain -> Sift.grain", "Sift.clean -> Mill.clean", "Mill.flour -> Bake.flour"]);
  await canvas.row("Grain", "grain").and(canvas.page.locator(".cause")).waitFor();
  await canvas.primary.hover();
  await eventually(lit).toEqual([]);
});

it("pressing 'Why?' leads to the field that changed", async () => {
  await canvas.press("Run Bake");
  await canvas.sees("Bake", "ready");
  await canvas.field("Mill", "Speed").fill(String(4 + (grains % 2)));
  await canvas.says("Bake", "since Speed changed");
  await canvas.press("Why? Shows what made Bake stale");
  await eventually(() => canvas.field("Mill", "Speed").evaluate((input) => input.matches(":focus"))).toBe(true);
});

it("an edge is fresh where the card below ran with this very value", async () => {
  const edge = (from: string) => canvas.page.locator(`.edge[data-from="${from}"]`).getAttribute("data-state");
  await canvas.field("Mill", "Speed").fill("9");
  await canvas.sees("Mill", "stale");
  await eventually(() => edge("Sift.clean")).toBe("fresh");
  await canvas.field("Grain", "Grain").fill(`chaff ${grains}`);
  await canvas.field("Grain", "Grain").press("Enter");
  await eventually(() => edge("Sift.clean")).toBe("stale");
  await eventually(() => edge("Grain.grain")).toBe("fresh");
});
