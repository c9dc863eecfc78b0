/** The browser that npm brings, for machines that have none. */
import { expect, it } from "vitest";
import { openBrowser } from "../support/browser.ts";
import { openHouse } from "../support/house.ts";
import { Canvas } from "./canvas.ts";

const fits = process.platform === "linux" && process.arch === "x64";

it.skipIf(!fits)("the Chromium from npm shows the canvas (it is made for x64 Linux alone)", async () => {
  const [browser, house] = await Promise.all([openBrowser("npm"), openHouse("test/support/apps/mill.ts")]);
  try {
    const canvas = new Canvas(await browser.newPage());
    await canvas.open(house.link);
    await canvas.field("Label", "Words").fill("By npm alone");
    await canvas.says("Label", "By npm alone x 2");
    expect(canvas.complaints).toEqual([]);
  } finally {
    await Promise.allSettled([browser.close(), house.close()]);
  }
});
