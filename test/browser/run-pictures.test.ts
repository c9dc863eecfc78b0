/** Two runs that gave pictures, compared: one lies over the other, and a slider says how much of it is seen. */
import { expect, it } from "vitest";
import { setStage } from "./stage.ts";

const stage = setStage("test/support/apps/pictures.ts");

it("the pictures of two runs lie under one slider, moved by keys and by the mouse", async () => {
  const canvas = await stage.canvas();
  await stage.house.command({ kind: "set", card: "Dye", port: "colour", value: { kind: "json", value: "#2233aa" } });
  await canvas.page.getByText("Dye", { exact: true }).first().click();
  const drawer = canvas.page.getByRole("complementary", { name: "Runs of Dye" });
  await drawer.getByLabel("Compare with another run").selectOption({ label: "run 1" });
  const slider = drawer.getByRole("slider", { name: "How much of the first Cloth is seen" });
  const pictures = drawer.locator(".under img");
  await pictures.first().waitFor();
  expect(await pictures.evaluateAll((all) => new Set(all.map((one) => (one as HTMLImageElement).src)).size)).toBe(2);
  const seen = () => drawer.locator(".under .over").evaluate((over) => getComputedStyle(over).clipPath);

  expect(await seen()).toContain("50%");
  await slider.focus();
  await canvas.page.keyboard.press("Home");
  expect(await seen()).toContain("100%");
  const box = (await slider.boundingBox())!;
  await canvas.page.mouse.click(box.x + box.width - 2, box.y + box.height / 2);
  expect(Number(await slider.inputValue())).toBeGreaterThan(90);
});
