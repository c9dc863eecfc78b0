/** A choice on the canvas: one card, its variants as an accordion, the selected one's outputs. */
import { expect, it } from "vitest";
import { eventually, setStage } from "./stage.ts";

const stage = setStage("test/support/apps/studio.ts");

it("is one card: its variants have none of their own", async () => {
  const canvas = await stage.canvas();
  expect(await canvas.card("Kokoro").count()).toBe(0);
  const variants = canvas.card("Voice").getByRole("radiogroup", { name: "Variant of Voice" }).getByRole("radio");
  expect(await variants.evaluateAll((all) => all.map((radio) => (radio as HTMLInputElement).checked))).toEqual([
    true,
    false,
  ]);
});

it("another variant is chosen by its radio button, and what it made is shown again without a run", async () => {
  const canvas = await stage.canvas();
  await canvas.sees("Voice", "failed");
  await canvas.card("Voice").getByRole("radio", { name: "Parler" }).check();
  await canvas.sees("Voice", "ready");
  await canvas
    .row("Voice", "sound")
    .getByText(/^♫ bad weather/)
    .waitFor();
  await canvas.watchFlashes();
  await canvas.card("Voice").getByRole("radio", { name: "Kokoro" }).check();
  await canvas.sees("Voice", "failed");
  await canvas.card("Voice").getByRole("radio", { name: "Parler" }).check();
  await canvas.sees("Voice", "ready");
  expect(await canvas.flashed()).toEqual([]);
});

it("the radio buttons are one stop of the tab key, walked by arrows", async () => {
  const canvas = await stage.canvas();
  await canvas.card("Voice").getByRole("radio", { name: "Parler" }).focus();
  await canvas.page.keyboard.press("ArrowUp");
  await canvas.sees("Voice", "failed");
  await canvas.page.keyboard.press("ArrowDown");
  await canvas.sees("Voice", "ready");
});

it("the inputs of a variant are edited also while another is selected", async () => {
  const canvas = await stage.canvas();
  await canvas.press("Inputs of Kokoro");
  await canvas.field("Voice", "Speed").fill("4");
  await eventually(async () => {
    const { variants } = (await stage.house.view()).cards.Voice ?? {};
    return variants?.[0]?.inputs[1]?.value;
  }).toEqual({ kind: "json", value: 4 });
  await canvas.sees("Voice", "ready");
  await canvas.press("Inputs of Kokoro");
  await canvas.field("Voice", "Speed").waitFor({ state: "detached" });
});

it("an edge into a folded variant ends at its line, and is grey while another is selected", async () => {
  const canvas = await stage.canvas();
  const edge = (to: string) => canvas.page.locator(`.edge[data-to="${to}"]`);
  await eventually(() => edge("Kokoro.text").getAttribute("data-state")).toBe("empty");
  await eventually(() => edge("Parler.text").getAttribute("data-state")).toBe("fresh");
  const end = await edge("Kokoro.text")
    .locator("path")
    .nth(1)
    .evaluate((path) => {
      const line = path as SVGPathElement;
      const at = line.getPointAtLength(line.getTotalLength()).matrixTransform(line.getScreenCTM()!);
      return { x: at.x, y: at.y };
    });
  const pick = (await canvas.card("Voice").locator(".pick").first().boundingBox())!;
  expect(end.y).toBeGreaterThan(pick.y);
  expect(end.y).toBeLessThan(pick.y + pick.height);
  expect(Math.abs(end.x - pick.x)).toBeLessThan(3);
});
