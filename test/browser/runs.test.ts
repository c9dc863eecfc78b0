/** A card's drawer: its runs, what went in and came out, which runs it came from, and how two of them differ. */
import { expect, it } from "vitest";
import { violations } from "./axe.ts";
import type { Canvas } from "./canvas.ts";
import { eventually, setStage } from "./stage.ts";

const stage = setStage("test/support/apps/studio.ts");

const drawer = (canvas: Canvas, name: string) => canvas.page.getByRole("complementary", { name: `Runs of ${name}` });
const lines = (canvas: Canvas, name: string) => drawer(canvas, name).locator("ol.runs li");
const set = (words: string) =>
  stage.house.command({ kind: "set", card: "Scene", port: "prompt", value: { kind: "json", value: words } });

it("a pressed header opens the runs of its card, and Escape shuts them", async () => {
  const canvas = await stage.canvas();
  await set("A heron in the reeds");
  await canvas.page.getByText("Weather", { exact: true }).first().click();
  await drawer(canvas, "Weather").getByText("fallback", { exact: true }).waitFor();
  await canvas.page.keyboard.press("Escape");
  await drawer(canvas, "Weather").waitFor({ state: "detached" });
  await canvas.page.getByRole("button", { name: "Move Weather" }).focus();
  await canvas.page.keyboard.press("Enter");
  await drawer(canvas, "Weather").waitFor();
  await canvas.press("Close the runs of Weather");
});

it("a run is looked at with its inputs, its outputs and the runs that it came from", async () => {
  const canvas = await stage.canvas();
  await canvas.page.getByText("Texts", { exact: true }).first().click();
  const runs = drawer(canvas, "Texts");
  await runs.getByText("Inputs").waitFor();
  await runs
    .getByRole("group", { name: "The runs that this one came from" })
    .getByRole("button", { name: "Captions" })
    .click();
  await drawer(canvas, "Captions").getByText("Outputs").waitFor();
  // Its output is a list of rows, and an input of the same name is a text.
  await drawer(canvas, "Captions").getByText("Guest", { exact: true }).first().waitFor();
});

it("two runs are compared by the words that differ, and an old one is shown again", async () => {
  const canvas = await stage.canvas();
  await canvas.press("Open Frame: 2 steps inside");
  await set("A stork in the reeds");
  await canvas.row("Border", "framed").getByText("~ A stork in t ~").waitFor();
  await canvas.page.getByText("Border", { exact: true }).first().click();
  await eventually(() => lines(canvas, "Border").count()).toBe(3);
  await drawer(canvas, "Border").getByLabel("Compare with another run").selectOption({ label: "run 2" });
  await drawer(canvas, "Border").locator("ins").getByText("heron").first().waitFor();
  await drawer(canvas, "Border").locator("del").getByText("stork").first().waitFor();
  await lines(canvas, "Border").nth(1).getByRole("button").click();
  await drawer(canvas, "Border").getByLabel("Compare with another run").selectOption({ label: "none" });
  await drawer(canvas, "Border").getByRole("button", { name: "Show this run" }).click();
  await canvas.row("Border", "framed").getByText("~ A heron in t ~").waitFor();
  await eventually(() => lines(canvas, "Border").nth(1).textContent()).toContain("shown");
});

it.each(["light", "dark"] as const)(
  "axe finds nothing to complain of in the drawer, the sheet menu and inside, %s",
  async (colorScheme) => {
    const canvas = await stage.canvas({ colorScheme });
    await canvas.page.getByText("Weather", { exact: true }).first().click();
    await drawer(canvas, "Weather").getByText("Outputs").waitFor();
    // Pointed at, a card dims what has nothing to do with it.
    await canvas.page.mouse.move(20, 500);
    await canvas.page.locator("mr-card[data-dim]").first().waitFor({ state: "detached" });
    expect(await violations(canvas)).toEqual([]);
    await canvas.press("Close the runs of Weather");
    await canvas.page.locator("mr-sheets .sheet").click();
    expect(await violations(canvas)).toEqual([]);
    await canvas.page.keyboard.press("Escape");
    await canvas.press("Open Frame: 2 steps inside");
    await canvas.card("Border").waitFor();
    expect(await violations(canvas)).toEqual([]);
  },
);
