/** The quickstart as a stranger meets it: a link, a slider, a picture of their own. */
import sharp from "sharp";
import { expect, it } from "vitest";
import type { View } from "../../src/protocol.ts";
import type { Canvas } from "./canvas.ts";
import { eventually, setStage } from "./stage.ts";

const stage = setStage("examples/01-quickstart/app.ts");

const runs = ({ cards }: View) => Object.fromEntries(Object.values(cards).map(({ name, runs }) => [name, runs]));
const postcardOf = ({ cards }: View) => cards.Postcard?.outputs[0]?.value;

/** How often each card has begun since, those that have. */
async function begunSince(before: View): Promise<Record<string, number>> {
  const counts = runs(before);
  const now = Object.entries(runs(await stage.house.view()));
  return Object.fromEntries(
    now.map(([name, count]) => [name, count - (counts[name] ?? 0)]).filter(([, more]) => more !== 0),
  );
}

/** Waits for another postcard than this. */
async function nextPostcard(canvas: Canvas, before: View): Promise<void> {
  await eventually(async () => postcardOf(await stage.house.view())).not.toEqual(postcardOf(before));
  await canvas.sees("Postcard", "ready");
}

async function settledCanvas(options?: Parameters<typeof stage.canvas>[0]): Promise<Canvas> {
  const canvas = await stage.canvas(options);
  await canvas.sees("Postcard", "ready");
  return canvas;
}

it("a slider moves only the cards below it", async () => {
  const canvas = await settledCanvas();
  const before = await stage.house.view();
  await canvas.watchFlashes();
  await canvas.field("Duotone", "Strength").press("ArrowLeft");
  await nextPostcard(canvas, before);
  expect(await canvas.flashed()).toEqual(["Duotone", "Postcard"]);
  expect(await begunSince(before)).toEqual({ Duotone: 1, Postcard: 1 });
});

it("a slider that is dragged is followed, and the last of its values wins", async () => {
  const canvas = await settledCanvas();
  const before = await stage.house.view();
  await canvas.watchFlashes();
  const strength = canvas.field("Duotone", "Strength");
  const { x, y, width, height } = (await strength.boundingBox())!;
  await canvas.page.mouse.move(x + width * 0.75, y + height / 2);
  await canvas.page.mouse.down();
  for (let part = 0.75; part > 0.2; part -= 0.05) {
    await canvas.page.mouse.move(x + width * part, y + height / 2);
    await canvas.page.evaluate(() => new Promise(requestAnimationFrame));
  }
  await canvas.page.mouse.up();
  const shown = Number(await strength.inputValue());
  expect(shown).toBeLessThan(0.3);
  const cards = async () => Object.values((await stage.house.view()).cards);
  const held = async () =>
    (await cards()).flatMap(({ inputs }) => inputs).find(({ name }) => name === "strength")?.value;
  await eventually(held).toEqual({ kind: "json", value: shown });
  await eventually(async () =>
    (await cards()).filter(({ state }) => state !== "ready").map(({ name }) => name),
  ).toEqual([]);
  expect(postcardOf(await stage.house.view())).not.toEqual(postcardOf(before));
  expect(await canvas.flashed()).toEqual(["Duotone", "Postcard"]);
});

it("a caption moves only the other branch", async () => {
  const canvas = await settledCanvas();
  const before = await stage.house.view();
  await canvas.watchFlashes();
  await canvas.field("Lettering", "Caption").fill("Water turns the wheel");
  await nextPostcard(canvas, before);
  expect(await canvas.flashed()).toEqual(["Lettering", "Postcard"]);
  expect(Object.keys(await begunSince(before)).sort()).toEqual(["Lettering", "Postcard"]);
});

it("a picture of one's own goes all the way, and no two cards ever cover each other", async () => {
  const canvas = await settledCanvas();
  const before = await stage.house.view();
  await canvas.watchFlashes();
  await canvas.watchOverlaps();
  // Upright and narrow, unlike the one that ships: every card with a picture grows.
  const picture = { create: { width: 420, height: 700, channels: 3, background: "#2b6e8f" } } as const;
  const sun = { create: { width: 160, height: 160, channels: 3, background: "#f4c95d" } } as const;
  const png = await sharp(picture)
    .composite([{ input: await sharp(sun).png().toBuffer(), left: 200, top: 90 }])
    .png()
    .toBuffer();
  await canvas
    .field("Photo", "Photograph")
    .setInputFiles({ name: "lighthouse.png", mimeType: "image/png", buffer: png });
  await nextPostcard(canvas, before);
  expect(await canvas.flashed()).toEqual(["Duotone", "Palette", "Postcard", "Resize"]);
  expect((await stage.house.view()).cards.Photo?.outputs[0]?.value).toMatchObject({
    kind: "file",
    file: { name: "lighthouse.png" },
  });
  const shown = canvas.row("Postcard", "postcard").locator(".frame img");
  const width = () => shown.evaluate((img) => (img as HTMLImageElement).naturalWidth);
  await eventually(width).toBe(Math.round(420 * 0.04) * 2 + 420);
  const { frames, overlaps } = await canvas.overlaps();
  expect(frames).toBeGreaterThan(10);
  expect(overlaps).toEqual([]);
});

it("cards that results make grow never cover each other, from the first on", async () => {
  // What is not on disk yet is cut off, and waits to be asked to go on.
  await eventually(async () => (await stage.house.view()).saved).toBe(true);
  await stage.house.kill();
  await stage.house.start();
  const canvas = await stage.canvas();
  await canvas.watchOverlaps();
  await canvas.sees("Postcard", "ready");
  await canvas.row("Postcard", "postcard").locator(".frame img").waitFor();
  await canvas.press("Tidy");
  const { frames } = await canvas.overlaps();
  await eventually(async () => (await canvas.overlaps()).frames).toBeGreaterThan(frames + 20);
  expect((await canvas.overlaps()).overlaps).toEqual([]);
});

it.each([
  ["as it opens", async () => {}],
  ["zoomed out", async (canvas: Canvas) => canvas.press("Zoom out")],
  ["panned", async (canvas: Canvas) => canvas.region.press("ArrowLeft")],
])("every edge ends at the dots of the ports it names, %s", async (_when, move) => {
  const canvas = await settledCanvas();
  await move(canvas);
  const edges = Object.keys((await stage.house.view()).edges);
  const furthest = async () => Math.max(...(await canvas.gaps()).flatMap(({ from, to }) => [from, to]));
  await eventually(furthest).toBeLessThan(1.5);
  expect(await canvas.gaps()).toHaveLength(edges.length);
});

it("nothing is asked of anybody but the server", async () => {
  const canvas = await settledCanvas();
  const before = await stage.house.view();
  await canvas.field("Duotone", "Strength").press("ArrowRight");
  await nextPostcard(canvas, before);
  const elsewhere = canvas.requests.filter(
    (request) => !/^\w+ (blob:)?http/.test(request) || !request.includes(`${stage.house.origin}/`),
  );
  expect(canvas.requests.length).toBeGreaterThan(5);
  expect(elsewhere).toEqual([]);
});
