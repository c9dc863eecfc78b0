/** The quickstart's image work alone: its photograph, its letters where there are no fonts, and how it stops. */
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import sharp from "sharp";
import { expect, test } from "vitest";
import { duotone, mount, shrink } from "../../examples/01-quickstart/darkroom.ts";
import { letter } from "../../examples/01-quickstart/lettering.ts";
import { makePhoto } from "../../examples/01-quickstart/make-photo.ts";
import { dominant, swatches } from "../../examples/01-quickstart/palette.ts";

const example = new URL("../../examples/01-quickstart/", import.meta.url);
const unwatched = { signal: new AbortController().signal, progress: () => {} };

test("the photograph that is checked in is the one the script draws", async () => {
  const ours = await readFile(new URL("photo.jpg", example));
  const [drawn, kept] = await Promise.all(
    [makePhoto(), ours].map(async (bytes) =>
      sharp(await bytes)
        .raw()
        .toBuffer({ resolveWithObject: true }),
    ),
  );

  expect([kept!.info.width, kept!.info.height]).toEqual([1200, 800]);
  expect([drawn!.info.width, drawn!.info.height]).toEqual([1200, 800]);
  expect(ours.byteLength).toBeLessThan(200_000);
  let difference = 0;
  for (let index = 0; index < kept!.data.length; index++)
    difference += Math.abs(kept!.data[index]! - drawn!.data[index]!);
  expect(difference / kept!.data.length).toBeLessThan(2);
});

test("shrinking makes a picture narrower and never wider", async () => {
  const photo = await readFile(new URL("photo.jpg", example));

  expect(await sharp(await shrink(photo, 600)).metadata()).toMatchObject({ width: 600, height: 400, format: "jpeg" });
  expect(await sharp(await shrink(photo, 5000)).metadata()).toMatchObject({ width: 1200, height: 800 });
});

test("the palette finds the colours that are there", async () => {
  const flag = ["#101030", "#b02020", "#2080d0", "#e0c040", "#f4f4f0"];

  const found = await dominant(await swatches(flag), 5, unwatched);

  expect(found).toHaveLength(5);
  for (const [index, hex] of flag.entries()) expect(apart(levels(found[index]!), levels(hex))).toBeLessThan(4);
});

test("a picture with fewer colours than asked still gives a palette", async () => {
  const palette = await dominant(await swatches(["#336699"]), 5, unwatched);

  expect(palette).toEqual(Array.from({ length: 5 }, () => "#336699"));
});

test("strength 0 leaves the picture as it is; strength 1 leaves two inks and their blends", async () => {
  const picture = await swatches(["#000000", "#cc2222", "#22cc22", "#2222cc", "#ffffff"]);
  const inks = ["#102030", "#f0e0c0"];

  const plain = await colours(await duotone(picture, inks, 0, unwatched));
  const printed = await colours(await duotone(picture, inks, 1, unwatched));

  for (const [index, dot] of (await colours(picture)).entries()) expect(apart(plain[index]!, dot)).toBeLessThan(8);
  const [darkest, , green, , lightest] = printed;
  expect(darkest![2]! - darkest![0]!).toBeGreaterThan(20);
  expect(lightest![0]! - lightest![2]!).toBeGreaterThan(20);
  expect(green![1]! - Math.max(green![0]!, green![2]!)).toBeLessThan(10);
});

test("duotone says how far it is, band by band, and lets others work in between", async () => {
  const picture = await shrink(await readFile(new URL("photo.jpg", example)), 300);
  const heard: number[] = [];
  let turns = 0;
  const clock = setInterval(() => turns++, 0);
  await duotone(picture, ["#102030", "#f0e0c0"], 0.5, { ...unwatched, progress: (fraction) => heard.push(fraction) });
  clearInterval(clock);

  expect(heard).toEqual(Array.from({ length: 24 }, (_, band) => (band + 1) / 24));
  expect(turns).toBeGreaterThan(0);
});

test("duotone stops at the end of the band in which it is told to", async () => {
  const picture = await shrink(await readFile(new URL("photo.jpg", example)), 900);
  const heard: number[] = [];
  const stop = new AbortController();
  const progress = (fraction: number) => {
    heard.push(fraction);
    if (heard.length === 2) stop.abort();
  };

  await expect(duotone(picture, ["#102030", "#f0e0c0"], 0.5, { signal: stop.signal, progress })).rejects.toThrow(
    "aborted",
  );
  expect(heard).toEqual([1 / 24, 2 / 24]);
});

test("letters are drawn where there are no fonts at all", async () => {
  const script = `
    const { letter } = await import(${JSON.stringify(new URL("lettering.ts", example).href)});
    const pictures = await Promise.all(["iiiiiiii", "mmmmmmmm"].map(letter));
    process.stdout.write(JSON.stringify(pictures.map((picture) => picture.toString("base64"))));`;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--import", "tsx", "--input-type=module", "--eval", script],
    {
      env: { ...process.env, FONTCONFIG_FILE: "/dev/null" },
      maxBuffer: 2 ** 24,
    },
  );
  const pictures = (JSON.parse(stdout) as string[]).map((picture) => sharp(Buffer.from(picture, "base64")));
  const [narrow, wide] = await Promise.all(pictures.map((picture) => picture.metadata()));
  const ink = (await pictures[1]!.stats()).channels[3];

  // Where a typeface is missing every letter is the same empty box.
  expect(wide!.width).toBeGreaterThan(narrow!.width * 1.8);
  expect(ink).toMatchObject({ min: 0, max: 255 });
});

test("a caption is text, never markup", async () => {
  const { width } = await sharp(await letter("<b>Tom</b> & Jerry")).metadata();
  const plain = await sharp(await letter("Tom & Jerry")).metadata();

  expect(width).toBeGreaterThan(plain.width * 1.3);
});

test("a caption with broken characters is drawn without them", async () => {
  const plain = await letter("Tom   Jerry");

  expect(Buffer.compare(await letter("Tom \u0007 Jerry"), plain)).toBe(0);
  expect((await sharp(await letter("Tom \ud800 Jerry")).metadata()).width).toBeGreaterThan(0);
});

test("even one dot of a picture becomes a postcard", async () => {
  const dot = await sharp({ create: { width: 1, height: 1, channels: 3, background: "#808080" } })
    .png()
    .toBuffer();
  const picture = await shrink(dot, 900);
  const palette = await dominant(picture, 5, unwatched);
  const card = await mount(
    await duotone(picture, palette, 1, unwatched),
    await letter("Hello"),
    await swatches(palette),
  );

  expect(await sharp(card).metadata()).toMatchObject({ format: "jpeg" });
});

/** The colour in the middle of each of five equal columns. */
async function colours(picture: Buffer): Promise<number[][]> {
  const { data, info } = await sharp(picture).raw().toBuffer({ resolveWithObject: true });
  return Array.from({ length: 5 }, (_, column) => {
    const dot = Math.round(info.height / 2) * info.width + Math.round(((column + 0.5) * info.width) / 5);
    return Array.from(data.subarray(dot * info.channels, dot * info.channels + 3));
  });
}

function levels(hex: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
}

/** The largest difference on any channel. */
function apart(a: readonly number[], b: readonly number[]): number {
  return Math.max(...a.map((level, channel) => Math.abs(level - b[channel]!)));
}
