/** The canvas for every hand and eye: keyboard, screen reader, light and dark, little motion, a phone. */
import type { BrowserContextOptions } from "playwright-core";
import { expect, it } from "vitest";
import { violations } from "./axe.ts";
import type { Canvas } from "./canvas.ts";
import { eventually, setStage } from "./stage.ts";

const stage = setStage("test/support/apps/mill.ts");

/** The name of what has the focus, through all shadows. */
const focused = ({ page }: Canvas) =>
  page.evaluate(() => {
    let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    return at?.getAttribute("aria-label") ?? at?.id ?? "";
  });

async function tabTo(canvas: Canvas, name: string): Promise<void> {
  for (let i = 0; i < 60; i++) {
    if ((await focused(canvas)) === name) return;
    await canvas.page.keyboard.press("Tab");
  }
  throw new Error(`Sixty tabs do not lead to '${name}'.`);
}

async function runningCanvas(options?: BrowserContextOptions): Promise<Canvas> {
  const canvas = await stage.canvas(options);
  await canvas.press("Run Bake");
  await stage.house.hears({ step: "Mill", began: true });
  stage.house.tell({ step: "Mill", progress: 0.5, message: "half way" });
  await canvas.says("Mill", "half way");
  return canvas;
}

async function stop(canvas: Canvas): Promise<void> {
  await canvas.press("Stop Mill");
  await canvas.sees("Mill", "stale");
}

it("a step is found by the tab key, shown, and run by Enter", async () => {
  const canvas = await stage.canvas();
  await tabTo(canvas, "Run Mill");
  const button = canvas.page.getByRole("button", { name: "Run Mill", exact: true });
  expect(
    await button.evaluate((at) => at.matches(":focus-visible") && getComputedStyle(at).outlineStyle !== "none"),
  ).toBe(true);
  const at = await button.boundingBox();
  expect(at).toMatchObject({
    x: expect.toSatisfy((x: number) => x > 0 && x < 1420),
    y: expect.toSatisfy((y: number) => y > 48 && y < 880),
  });
  await canvas.page.keyboard.press("Enter");
  await stage.house.hears({ step: "Mill", began: true });
  await tabTo(canvas, "Stop Mill");
  await canvas.page.keyboard.press("Enter");
  await stage.house.hears({ step: "Mill", stopped: true });
});

it("the run menu is walked by arrows and left by Escape", async () => {
  const canvas = await stage.canvas();
  await tabTo(canvas, "Run options for Mill");
  await canvas.page.keyboard.press("Enter");
  const items = canvas.card("Mill").getByRole("menuitem");
  await eventually(() => items.evaluateAll((all) => all.findIndex((item) => item.matches(":focus")))).toBe(0);
  await canvas.page.keyboard.press("ArrowDown");
  await eventually(() => items.evaluateAll((all) => all.findIndex((item) => item.matches(":focus")))).toBe(1);
  await canvas.page.keyboard.press("Escape");
  await items.first().waitFor({ state: "hidden" });
  await eventually(() => focused(canvas)).toBe("Run options for Mill");
});

it("arrows pan the canvas, and plus, minus and zero zoom it", async () => {
  const canvas = await stage.canvas();
  const box = async () => (await canvas.card("Label").boundingBox())!;
  const before = await box();
  await canvas.region.focus();
  await canvas.page.keyboard.press("ArrowRight");
  await eventually(async () => Math.round(before.x - (await box()).x)).toBe(64);
  await canvas.page.keyboard.press("ArrowDown");
  await eventually(async () => Math.round(before.y - (await box()).y)).toBe(64);
  await canvas.page.keyboard.press("-");
  await eventually(async () => (await box()).width).toBeLessThan(before.width * 0.85);
  await canvas.page.keyboard.press("0");
  await eventually(async () => Math.round((await box()).width)).toBe(288);
});

it.each(["light", "dark"] as const)(
  "axe finds nothing to complain of in the %s, at work and at rest",
  async (colorScheme) => {
    const canvas = await runningCanvas({ colorScheme });
    expect(await violations(canvas)).toEqual([]);
    await stop(canvas);
    expect(await violations(canvas)).toEqual([]);
  },
);

it("the theme follows the system until one chooses, and the choice is remembered", async () => {
  const canvas = await stage.canvas({ colorScheme: "dark" });
  const theme = () => canvas.page.evaluate(() => document.documentElement.dataset.theme);
  const ground = () => canvas.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  expect([await theme(), await ground()]).toEqual(["dark", "rgb(14, 20, 24)"]);
  await canvas.page.emulateMedia({ colorScheme: "light" });
  await canvas.page.getByRole("button", { name: "Dark theme" }).waitFor();
  expect(await theme()).toBe("light");
  await canvas.page.emulateMedia({ colorScheme: "dark" });
  await canvas.press("Light theme");
  expect([await theme(), await ground()]).toEqual(["light", "rgb(246, 247, 248)"]);
  await canvas.page.reload();
  await canvas.page.getByRole("button", { name: "Dark theme" }).waitFor();
  expect(await theme()).toBe("light");
  await canvas.page.emulateMedia({ colorScheme: "light" });
  await canvas.page.emulateMedia({ colorScheme: "dark" });
  expect(await theme()).toBe("light");
});

it.each([
  ["moves", "no-preference", true],
  ["stands still for those who want little motion", "reduce", false],
] as const)("the water %s", async (_what, reducedMotion, moves) => {
  const canvas = await runningCanvas({ reducedMotion });
  const water = canvas.page.locator('.edge[data-state="flowing"] path').first();
  await water.waitFor({ state: "attached" });
  const motions = await water.evaluate(
    (path) => path.getAnimations().filter(({ playState }) => playState === "running").length,
  );
  expect(motions > 0).toBe(moves);
  const card = canvas.card("Mill");
  const turning = await card.evaluate((host) => host.getAnimations({ subtree: true }).length);
  if (!moves) expect(turning).toBe(0);
  await stop(canvas);
});

it("on a phone one card fills the width, and can be run by a tap", async () => {
  // Where the tests before have looked is kept by the server; a phone is to see it for the first time.
  await stage.house.kill();
  await stage.house.start();
  const canvas = await stage.canvas({
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
    deviceScaleFactor: 2,
  });
  const grain = (await canvas.card("Grain").boundingBox())!;
  expect(grain.x).toBeGreaterThanOrEqual(0);
  expect(grain.width).toBeGreaterThan(250);
  expect(await canvas.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await canvas.press("Fit");
  await canvas.card("Mill").getByRole("button", { name: "Run Mill", exact: true }).tap();
  await stage.house.hears({ step: "Mill", began: true });
  await canvas.sees("Mill", "pending");
  await canvas.primary.waitFor();
  await stop(canvas);
});
