/**
 * Finds the few colours that a picture is made of: its dots are cut in two where they differ most until there are enough heaps,
 * and k-means moves the heaps until they stand still. Nothing is random, so equal pictures give equal palettes.
 */
import { setImmediate as breath } from "node:timers/promises";
import sharp from "sharp";
import type { Watch } from "./darkroom.ts";
import { distance, fromHex, type Lab, toHex, toLab, toLevels, weights } from "./oklab.ts";

const rounds = 40;

/** `count` dominant colours as `#rrggbb`, from dark to light. */
export async function dominant(picture: Uint8Array, count: number, watch: Watch): Promise<string[]> {
  const dots = await sample(picture);
  let colours = heapsOf(dots, count).map(mean);
  for (let round = 1; round <= rounds; round++) {
    const moved = gathered(dots, colours).map((near, index) => (near.length > 0 ? mean(near) : colours[index]!));
    const still = moved.every((colour, index) => distance(colour, colours[index]!) < 1e-9);
    colours = moved;
    if (still) break;
    watch.progress(round / rounds, `round ${round}`);
    await breath();
    watch.signal.throwIfAborted();
  }
  return colours.toSorted((a, b) => a[0] - b[0]).map(toHex);
}

/** The colours side by side, as a PNG. */
export function swatches(colours: readonly string[]): Promise<Buffer> {
  const row = Uint8Array.from(colours.flatMap((colour) => toLevels(fromHex(colour))));
  return sharp(row, { raw: { width: colours.length, height: 1, channels: 3 } })
    .resize(colours.length * 180, 120, { fit: "fill", kernel: "nearest" })
    .png()
    .toBuffer();
}

/** A small copy of the picture holds its colours as well as the picture does. */
async function sample(picture: Uint8Array): Promise<Lab[]> {
  const small = await sharp(picture)
    .resize(160, 160, { fit: "inside" })
    .flatten({ background: "#ffffff" })
    .toColourspace("srgb")
    .raw()
    .toBuffer();
  return Array.from({ length: small.length / 3 }, (_, dot) =>
    toLab(small[dot * 3]!, small[dot * 3 + 1]!, small[dot * 3 + 2]!),
  );
}

/** Cuts the heap of dots that differ most in two, across the side on which they differ, until there are `count` heaps. */
function heapsOf(dots: readonly Lab[], count: number): readonly (readonly Lab[])[] {
  const heaps: (readonly Lab[])[] = [dots];
  while (heaps.length < count) {
    const spreads = heaps.map((heap) => Math.max(...spread(heap)));
    const chosen = spreads.indexOf(Math.max(...spreads));
    heaps.splice(chosen, 1, ...cut(heaps[chosen]!));
  }
  return heaps;
}

function cut(heap: readonly Lab[]): readonly (readonly Lab[])[] {
  const along = spread(heap);
  const side = along.indexOf(Math.max(...along));
  const middle = mean(heap)[side]!;
  const halves = [heap.filter((dot) => dot[side]! <= middle), heap.filter((dot) => dot[side]! > middle)];
  return halves.every((half) => half.length > 0) ? halves : [heap, heap];
}

/** How much the dots differ on each side, all together. */
function spread(heap: readonly Lab[]): number[] {
  const middle = mean(heap);
  const sums = [0, 0, 0];
  for (const dot of heap)
    for (let side = 0; side < 3; side++) sums[side]! += weights[side]! * (dot[side]! - middle[side]!) ** 2;
  return sums;
}

function mean(dots: readonly Lab[]): Lab {
  const sum = [0, 0, 0];
  for (const dot of dots) for (let side = 0; side < 3; side++) sum[side]! += dot[side]!;
  return [sum[0]! / dots.length, sum[1]! / dots.length, sum[2]! / dots.length];
}

/** For each colour, the dots that look most like it. */
function gathered(dots: readonly Lab[], colours: readonly Lab[]): readonly (readonly Lab[])[] {
  const heaps: Lab[][] = colours.map(() => []);
  for (const dot of dots) {
    let nearest = 0;
    for (let index = 1; index < colours.length; index++) {
      if (distance(dot, colours[index]!) < distance(dot, colours[nearest]!)) nearest = index;
    }
    heaps[nearest]!.push(dot);
  }
  return heaps;
}
