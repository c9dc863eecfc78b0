/**
 * Takes the pictures of the documents from the running quickstart: light and dark, on a desk and on a phone.
 * `npm run picture` puts them into docs/pictures, `npm run picture -- <folder>` elsewhere.
 */
import { mkdir, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { openBrowser } from "./browser.ts";
import { type House, openHouse } from "./house.ts";

const desk: BrowserContextOptions = { viewport: { width: 1440, height: 900 } };
const phone: BrowserContextOptions = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
const pictures = [
  { name: "canvas-light", options: { ...desk, colorScheme: "light" } },
  { name: "canvas-dark", options: { ...desk, colorScheme: "dark" } },
  { name: "phone-light", options: { ...phone, colorScheme: "light" } },
  { name: "phone-dark", options: { ...phone, colorScheme: "dark" } },
] as const;

/** Larger pictures make a document slow to open. */
const largest = 450_000;

const folder = resolve(process.argv[2] ?? join(import.meta.dirname, "..", "..", "docs", "pictures"));
await mkdir(folder, { recursive: true });
const house = await openHouse("examples/01-quickstart/app.ts");
const browser = await openBrowser();
try {
  for (const { name, options } of pictures)
    await take(join(folder, `${name}.png`), await quietPage(browser, house, options));
} finally {
  await Promise.allSettled([browser.close(), house.close()]);
}

/** The canvas with everything made, painted and at rest. */
async function quietPage(browser: Browser, house: House, options: BrowserContextOptions): Promise<Page> {
  const context = await browser.newContext({ ...options, reducedMotion: "reduce" });
  await context.addCookies([{ ...(await house.pass()), url: house.origin, httpOnly: true, sameSite: "Strict" }]);
  const page = await context.newPage();
  await page.goto(house.origin);
  await page.locator('.world:not(.unready) mr-card[aria-label="Postcard"][data-state="ready"]').waitFor();
  await page
    .locator("mr-card .thumb, mr-card .frame img")
    .evaluateAll((all) => Promise.all(all.map((picture) => (picture as any).decode())));
  await page.evaluate(() => (globalThis as any).document.fonts.ready);
  await page.locator("mr-card[data-flash]").first().waitFor({ state: "detached" });
  for (let before = "", now = await places(page); before !== now; before = now, now = await places(page)) {
    // Cards make room for pictures that have just arrived.
    await page.waitForTimeout(400);
  }
  return page;
}

async function places(page: Page): Promise<string> {
  const cards = await page.locator("mr-card").all();
  return JSON.stringify(await Promise.all(cards.map((card) => card.boundingBox())));
}

async function take(path: string, page: Page): Promise<void> {
  await page.screenshot({ path, animations: "disabled" });
  await page.context().close();
  const { size } = await stat(path);
  if (size > largest) throw new Error(`${path} has ${size} bytes, and ${largest} is the most.`);
  console.log(`${path} (${Math.round(size / 1000)} KB)`);
}
