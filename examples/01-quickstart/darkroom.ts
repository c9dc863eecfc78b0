/**
 * What happens to the photograph: it is made smaller, printed in two colours, and mounted as a postcard.
 * Bytes in, bytes out; nothing here knows of graphs. Equal bytes in give equal bytes out.
 */
import { setImmediate as breath } from "node:timers/promises";
import sharp from "sharp";
import { blend, fromHex, type Lab, toLab, toLevels } from "./oklab.ts";

/** What long work needs from the one who ordered it: when to stop, and whom to tell how far it is. */
export interface Watch {
  readonly signal: AbortSignal;
  progress(fraction: number, message?: string): void;
}

const jpeg = { quality: 90, chromaSubsampling: "4:4:4" } as const;
const paper = "#fffdf9";

/** The photograph upright, in plain red, green and blue, and at most `width` wide. */
export function shrink(photo: Uint8Array, width: number): Promise<Buffer> {
  return sharp(photo)
    .autoOrient()
    .resize({ width, withoutEnlargement: true })
    .flatten({ background: paper })
    .toColourspace("srgb")
    .jpeg(jpeg)
    .toBuffer();
}

const bands = 24;

/**
 * Prints the picture in the darkest and the lightest of `colours`; `strength` says how much of the print covers the picture.
 * It goes down the picture band by band, and takes a breath after each, so that it can be watched and stopped.
 */
export async function duotone(
  picture: Uint8Array,
  colours: readonly string[],
  strength: number,
  watch: Watch,
): Promise<Buffer> {
  const { data, info } = await sharp(picture).raw().toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  const lightness = Float32Array.from({ length: width * height }, (_, dot) => labAt(data, dot)[0]);
  const shadow = deepened(fromHex(colours[0]!));
  const shine = raised(fromHex(colours.at(-1)!));
  const print = new Uint8Array(data.length);

  for (let band = 0; band < bands; band++) {
    const end = Math.round((height * (band + 1)) / bands);
    for (let y = Math.round((height * band) / bands); y < end; y++) {
      for (let x = 0; x < width; x++) {
        const dot = y * width + x;
        const inked = blend(shadow, shine, tone(lightness, width, height, x, y));
        print.set(toLevels(blend(labAt(data, dot), inked, strength)), dot * 3);
      }
    }
    watch.progress((band + 1) / bands, `band ${band + 1} of ${bands}`);
    await breath();
    watch.signal.throwIfAborted();
  }
  return sharp(print, { raw: { width, height, channels: 3 } })
    .jpeg(jpeg)
    .toBuffer();
}

/** White paper; on it the picture, the lettering across its foot, and the colours below. */
export async function mount(picture: Uint8Array, lettering: Uint8Array, colours: Uint8Array): Promise<Buffer> {
  const { width, height } = await sharp(picture).metadata();
  const border = Math.round(width * 0.04);
  const letters = await within(lettering, Math.ceil(width * 0.86), Math.ceil(height * 0.4));
  const strip = await sharp(colours)
    .resize(width, Math.max(1, Math.round(width * 0.07)), { fit: "fill" })
    .toBuffer({ resolveWithObject: true });
  const centre = border + Math.round((width - letters.info.width) / 2);
  const foot = border + Math.round(height * 0.97) - letters.info.height;
  const below = border + height + Math.round(border / 2);
  const whole = { width: width + 2 * border, height: below + strip.info.height + border };
  return sharp({ create: { ...whole, channels: 3, background: paper } })
    .composite([
      { input: Buffer.from(picture), left: border, top: border },
      { input: letters.data, left: centre, top: foot },
      { input: strip.data, left: border, top: below },
    ])
    .jpeg(jpeg)
    .toBuffer();
}

/** A picture made to fit, never made larger. */
function within(picture: Uint8Array, width: number, height: number) {
  return sharp(picture)
    .resize({ width, height, fit: "inside", withoutEnlargement: true })
    .toBuffer({ resolveWithObject: true });
}

function labAt(data: Uint8Array, dot: number): Lab {
  return toLab(data[dot * 3]!, data[dot * 3 + 1]!, data[dot * 3 + 2]!);
}

/** Ink as dark as a shadow ought to be, and paper as light as it can be; both keep their colour, and the ink shows more of it. */
function deepened([lightness, greenRed, blueYellow]: Lab): Lab {
  const richer = Math.min(2.2, 0.075 / Math.max(0.001, Math.hypot(greenRed, blueYellow)));
  return [Math.min(lightness, 0.27), greenRed * richer, blueYellow * richer];
}

function raised([lightness, greenRed, blueYellow]: Lab): Lab {
  return [Math.max(lightness, 0.94), greenRed, blueYellow];
}

const reach = 8;
const tolerance = 0.12;

/** How much two lightnesses have to do with each other, by their difference in steps of 1/256. */
const alike = Float32Array.from({ length: 257 }, (_, step) => Math.exp(-((step / 256 / tolerance) ** 2)));

/**
 * How light this point is to be in the print: its detail is drawn out against its surroundings, as one dodges and burns under an enlarger.
 * Neighbours count by how alike they are (a bilateral mean), so that no halo runs along an edge; no running sum can do that, hence the wait.
 */
function tone(lightness: Float32Array, width: number, height: number, x: number, y: number): number {
  const here = lightness[y * width + x]!;
  let sum = 0;
  let weight = 0;
  for (let row = Math.max(0, y - reach); row <= Math.min(height - 1, y + reach); row++) {
    for (let column = Math.max(0, x - reach); column <= Math.min(width - 1, x + reach); column++) {
      const there = lightness[row * width + column]!;
      const share = alike[(Math.abs(there - here) * 256) | 0]!;
      sum += there * share;
      weight += share;
    }
  }
  const detail = here - sum / weight;
  return Math.min(1, Math.max(0, (here - 0.16) / 0.82 + detail * 1.6));
}
