/** Paint for landscapes drawn with numbers: value noise, soft edges, colours. All of it is pure: the same place always has the same grain. */

export type Colour = readonly [red: number, green: number, blue: number];

/** A colour written as on the web, as three numbers from 0 to 1. */
export function colour(hex: string): Colour {
  const number = Number.parseInt(hex.slice(1), 16);
  return [(number >> 16) / 255, ((number >> 8) & 255) / 255, (number & 255) / 255];
}

export function mix(a: Colour, b: Colour, share: number): Colour {
  return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share, a[2] + (b[2] - a[2]) * share];
}

/** Lays light on a colour, as a screen does: it brightens and never passes white. */
export function lit(under: Colour, light: Colour, amount: number): Colour {
  return [
    1 - (1 - under[0]) * (1 - light[0] * amount),
    1 - (1 - under[1]) * (1 - light[1] * amount),
    1 - (1 - under[2]) * (1 - light[2] * amount),
  ];
}

export function clamp(value: number): number {
  return Math.min(1, Math.max(0, value));
}

/** 0 below `from`, 1 above `to`, and an even slope between. */
export function ramp(from: number, to: number, value: number): number {
  const share = clamp((value - from) / (to - from));
  return share * share * (3 - 2 * share);
}

/** The colour at `place` on a gradient of stops in rising order. */
export function gradient(stops: readonly (readonly [place: number, colour: Colour])[], place: number): Colour {
  const next = stops.findIndex(([at]) => at >= place);
  if (next === 0) return stops[0]![1];
  if (next < 0) return stops.at(-1)![1];
  const [from, below] = stops[next - 1]!;
  const [to, above] = stops[next]!;
  return mix(below, above, ramp(from, to, place));
}

/** A number from 0 to 1 that belongs to this point of the grid for ever. */
export function speck(x: number, y: number): number {
  let bits = Math.imul(x, 374761393) + Math.imul(y, 668265263);
  bits = Math.imul(bits ^ (bits >>> 13), 1274126177);
  bits = Math.imul(bits ^ (bits >>> 16), 2246822519);
  return ((bits ^ (bits >>> 15)) >>> 0) / 4294967296;
}

/** Smooth noise from 0 to 1, one bump per unit. */
export function noise(x: number, y: number): number {
  const left = Math.floor(x);
  const top = Math.floor(y);
  const across = ramp(0, 1, x - left);
  const down = ramp(0, 1, y - top);
  const upper = speck(left, top) + (speck(left + 1, top) - speck(left, top)) * across;
  const lower = speck(left, top + 1) + (speck(left + 1, top + 1) - speck(left, top + 1)) * across;
  return upper + (lower - upper) * down;
}

/** Noise upon finer noise, 0 to 1: clouds, hills, leaves. */
export function turbulence(x: number, y: number, octaves: number): number {
  let sum = 0;
  let weight = 0;
  for (let octave = 0, size = 1; octave < octaves; octave++, size *= 2) {
    sum += noise(x * size + octave * 17, y * size + octave * 31) / size;
    weight += 1 / size;
  }
  return sum / weight;
}
