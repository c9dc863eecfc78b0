/**
 * What every test here stands on: one browser and one real server a file, and as many canvases as a test opens, each in a
 * profile of its own that the server has let in. A page that complains of anything fails its test.
 */
import type { Browser, BrowserContextOptions, Locator } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { openBrowser } from "../support/browser.ts";
import { type House, openHouse } from "../support/house.ts";
import { Canvas } from "./canvas.ts";

export interface Stage {
  readonly house: House;
  /** Opens the canvas in a profile of its own and waits for its cards. */
  canvas(options?: BrowserContextOptions): Promise<Canvas>;
  /** A browser that was not let in yet, and has opened nothing. */
  visitor(): Promise<Canvas>;
  /** Opens another tab beside a canvas. */
  tab(beside: Canvas): Promise<Canvas>;
}

/** Like `expect`, asked again and again: a busy machine is slow, and that is no failure. */
export const eventually = <T>(look: () => T) => expect.poll(look, { timeout: 20_000 });

/** Whether an element has the focus, in whichever shadow it stands. */
export const focused = (what: Locator): Promise<boolean> =>
  what.evaluate((element) => (element.getRootNode() as ShadowRoot).activeElement === element);

export function setStage(app: string): Stage {
  let browser: Browser | undefined;
  let house: House | undefined;
  const open: Canvas[] = [];

  beforeAll(async () => {
    [browser, house] = await Promise.all([openBrowser(), openHouse(app)]);
  });
  afterEach(async () => {
    const shown = open.splice(0);
    await Promise.all(shown.map((canvas) => canvas.page.context().close()));
    expect(shown.flatMap((canvas) => canvas.complaints)).toEqual([]);
  });
  afterAll(async () => {
    // A browser that broke down does not keep the server from being closed.
    await Promise.allSettled([browser?.close(), house?.close()]);
  });

  const stranger = async (options: BrowserContextOptions = {}): Promise<Canvas> => {
    if (!browser) throw new Error("The browser opens when the tests begin.");
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
    context.setDefaultTimeout(20_000);
    return kept(new Canvas(await context.newPage()));
  };
  const kept = (canvas: Canvas): Canvas => {
    open.push(canvas);
    return canvas;
  };
  const stage: Stage = {
    get house() {
      if (!house) throw new Error("The house opens when the tests begin.");
      return house;
    },
    async canvas(options) {
      const canvas = await stranger(options);
      const { origin } = stage.house;
      const pass = { ...(await stage.house.pass()), url: origin, httpOnly: true, sameSite: "Strict" } as const;
      await canvas.page.context().addCookies([pass]);
      await canvas.open(origin);
      return canvas;
    },
    visitor: () => stranger(),
    async tab(beside) {
      const canvas = kept(new Canvas(await beside.page.context().newPage()));
      await canvas.open(stage.house.origin);
      return canvas;
    },
  };
  return stage;
}
