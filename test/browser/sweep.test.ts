/** A card tried with several values of an input above it, from its drawer. */
import { expect, it } from "vitest";
import { violations } from "./axe.ts";
import { eventually, setStage } from "./stage.ts";

const stage = setStage("test/support/apps/studio.ts");

it("tries every choice of an input above, shows what comes of each, and uses one", async () => {
  const canvas = await stage.canvas();
  const mood = () =>
    canvas
      .row("Scene", "mood")
      .locator("select")
      .evaluate((select: HTMLSelectElement) => select.selectedOptions[0]?.textContent?.trim());
  await canvas.page.getByText("Texts", { exact: true }).first().click();
  const drawer = canvas.page.getByRole("complementary", { name: "Runs of Texts" });
  await drawer.getByText("Try several values").click();
  await drawer.getByLabel("Input to try").selectOption({ label: "Scene: Mood" });
  await eventually(() => drawer.getByLabel("Values to try, one a line").inputValue()).toBe(
    "Golden hour\nBlue hour\nNoon",
  );
  await drawer.getByLabel("Values to try, one a line").fill("Blue hour\nNight");
  await drawer.getByRole("button", { name: "Try them" }).click();
  await drawer.getByRole("alert").getByText("'Night' is not one of Golden hour, Blue hour, Noon.").waitFor();
  await drawer.getByLabel("Values to try, one a line").fill("Blue hour\nNoon");
  await drawer.getByRole("button", { name: "Try them" }).click();
  const cells = drawer.getByRole("list", { name: "What came of each value" }).getByRole("listitem");
  await eventually(() => cells.count()).toBe(2);
  expect(await cells.nth(0).textContent()).toContain("Blue hour");
  // The sheet has stayed as it was.
  expect(await mood()).toBe("Golden hour");
  await cells.nth(1).getByRole("button", { name: "Use Noon" }).click();
  await eventually(mood).toBe("Noon");
});

it.each(["light", "dark"] as const)("axe finds nothing to complain of in the grid, %s", async (colorScheme) => {
  const canvas = await stage.canvas({ colorScheme });
  await canvas.page.getByText("Weather", { exact: true }).first().click();
  const drawer = canvas.page.getByRole("complementary", { name: "Runs of Weather" });
  await drawer.getByText("Try several values").click();
  // Of the card above it, Mood leads there and nothing else.
  expect(await drawer.getByLabel("Input to try").getByRole("option").allTextContents()).toEqual(["Scene: Mood"]);
  await drawer.getByRole("button", { name: "Try them" }).click();
  await drawer.getByRole("list", { name: "What came of each value" }).waitFor();
  await canvas.page.mouse.move(20, 500);
  await canvas.page.locator("mr-card[data-dim]").first().waitFor({ state: "detached" });
  expect(await violations(canvas)).toEqual([]);
});
