/**
 * Draws `photo.jpg`, the photograph of the quickstart: a water mill at sundown, with nothing but arithmetic, so that it is ours to give away.
 * The scene is a function from a point to a colour; what lies below the waterline is the scene once more, upside down and rippled.
 *
 * Run it with `node --import tsx examples/01-quickstart/make-photo.ts`.
 */
import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import { type Colour, clamp, colour, gradient, lit, mix, noise, ramp, speck, turbulence } from "./paint.ts";

const width = 1200;
const height = 800;
const shore = 548;
const sun = { x: 372, y: 308, radius: 46 };

const sunlight = colour("#ffd9a0");
const sky = [
  [0, colour("#1f4a63")],
  [0.34, colour("#4f8189")],
  [0.62, colour("#c9a98b")],
  [0.82, colour("#f2b26f")],
  [1, colour("#ffcf8a")],
] as const;

/** Rows of hills, the farthest first: `lift` above the shore, `swing` of the ridge, and how long its waves are. */
const hills = [
  { lift: 168, swing: 96, length: 330, tint: colour("#b98f7a"), seed: 3 },
  { lift: 112, swing: 84, length: 250, tint: colour("#7f7f7c"), seed: 11 },
  { lift: 62, swing: 70, length: 190, tint: colour("#456567"), seed: 29 },
  { lift: 18, swing: 44, length: 120, tint: colour("#22464b"), seed: 41 },
] as const;

const ink = colour("#10262c");

/** The other colours of the scene. */
const tints = {
  cloudNear: colour("#ffd3a1"),
  cloudFar: colour("#d98d74"),
  disc: colour("#fff3d6"),
  mist: colour("#c9a184"),
  leafGreen: colour("#31503f"),
  evening: colour("#b08a52"),
  grass: colour("#3b4a38"),
  stoneDark: colour("#2a2f33"),
  stoneLight: colour("#7b5d4c"),
  tileDark: colour("#2a1f22"),
  tileLight: colour("#8a4b3a"),
  lamp: colour("#ffc765"),
  lampGlow: colour("#ff9d3c"),
  oak: colour("#1b1a1c"),
  depth: colour("#143c4a"),
  crest: colour("#a8c4c0"),
  foam: colour("#dfe9e4"),
  reed: colour("#2f4a3c"),
} as const;

/** The photograph, as a JPEG of 1200 x 800. */
export async function makePhoto(): Promise<Buffer> {
  const pixels = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const seen = exposed(y < shore ? land(x, y) : water(x, y), x, y);
      for (let channel = 0; channel < 3; channel++)
        pixels[(y * width + x) * 3 + channel] = Math.round(clamp(seen[channel]!) * 255);
    }
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 84, mozjpeg: true })
    .toBuffer();
}

function land(x: number, y: number): Colour {
  const nearest = hills.findLastIndex((hill) => y - ridge(hill, x) >= 0.5);
  let seen = nearest < 0 ? heaven(x, y) : hillside(hills[nearest]!, x, y);
  for (const hill of hills.slice(nearest + 1)) {
    const edge = clamp(y - ridge(hill, x) + 0.5);
    if (edge > 0) seen = mix(seen, hillside(hill, x, y), edge);
  }
  return mill(bank(trees(seen, x, y), x, y), x, y);
}

function heaven(x: number, y: number): Colour {
  const away = Math.sqrt((x - sun.x) ** 2 + (y - sun.y) ** 2);
  let seen = gradient(sky, y / 430);
  const cloud = ramp(0.5, 0.78, turbulence(x / 260 + y / 500, y / 46, 5)) * ramp(20, 150, y) * ramp(420, 300, y);
  seen = mix(seen, mix(tints.cloudNear, tints.cloudFar, ramp(0, 620, away)), cloud * 0.62);
  seen = lit(seen, sunlight, 0.55 * Math.exp(-away / 150) + 0.25 * Math.exp(-away / 420));
  return mix(seen, tints.disc, clamp(sun.radius - away + 0.5));
}

/** The height of each ridge by column, worked out once. */
const ridges = new Map(
  hills.map((hill) => {
    const at = (x: number) => shore - hill.lift - hill.swing * (turbulence(x / hill.length, hill.seed, 5) - 0.35);
    return [hill, Float32Array.from({ length: width }, (_, x) => at(x))] as const;
  }),
);

function ridge(hill: (typeof hills)[number], x: number): number {
  return ridges.get(hill)![Math.round(Math.min(width - 1, Math.max(0, x)))]!;
}

function hillside(hill: (typeof hills)[number], x: number, y: number): Colour {
  const haze = ramp(0, 120, y - ridge(hill, x)) * 0.45;
  const glow = 0.5 * Math.exp(-Math.abs(x - sun.x) / 260) * (hill.lift / 168);
  const woods = (turbulence(x / 22, y / 9, 3) - 0.5) * 0.1;
  return lit(mix(mix(hill.tint, ink, clamp(woods + 0.05)), tints.mist, haze * (hill.lift / 168)), sunlight, glow);
}

const crowns = [
  { x: 1010, y: 462, wide: 70, tall: 70 },
  { x: 1100, y: 424, wide: 88, tall: 112 },
  { x: 1186, y: 456, wide: 66, tall: 88 },
  { x: 964, y: 506, wide: 40, tall: 40 },
  { x: 34, y: 484, wide: 84, tall: 52 },
  { x: 118, y: 512, wide: 58, tall: 32 },
  { x: 664, y: 446, wide: 19, tall: 112 },
  { x: 627, y: 480, wide: 14, tall: 76 },
  { x: 703, y: 490, wide: 14, tall: 62 },
] as const;

function trees(under: Colour, x: number, y: number): Colour {
  let seen = under;
  for (const crown of crowns) {
    const across = (x - crown.x) / crown.wide;
    const up = Math.max(0, crown.y - y) / crown.tall;
    const out = Math.sqrt(across ** 2 + up ** 2);
    if (out > 1.3) continue;
    const leaves = out + (turbulence(x / 13, y / 13, 4) - 0.5) * 0.62;
    const clumps = ramp(0.3, 0.72, turbulence(x / 20, y / 15, 3));
    const evening = ramp(0.75, -1, across) * ramp(-0.35, 0.9, up) * clumps;
    const leaf = mix(ink, tints.leafGreen, 0.25 + 0.55 * clumps);
    seen = mix(seen, mix(leaf, tints.evening, 0.42 * evening), ramp(1, 0.95, leaves));
  }
  return seen;
}

/** The strip of land that mill and trees stand on. */
function bank(under: Colour, x: number, y: number): Colour {
  if (y < shore - 30) return under;
  const rise = 17 * ramp(820, 980, x) + 7 * ramp(560, 640, x) + 15 * ramp(250, 60, x) + 5 * noise(x / 16, 2) - 4;
  return mix(under, mix(ink, tints.grass, 0.7 * noise(x / 5, y / 3)), clamp(y - shore + rise));
}

const wheel = { x: 774, y: 508, radius: 66 };

function mill(under: Colour, x: number, y: number): Colour {
  if (x < 680 || x > 1000 || y < 320) return under;
  let seen = under;
  const stones = 0.35 + 0.4 * noise(x / 14, y / 7) + 0.25 * noise(x / 4, y / 4);
  const wall = mix(tints.stoneDark, tints.stoneLight, stones * ramp(960, 820, x));
  seen = mix(seen, wall, inside(x - 828, 948 - x, y - 424));
  const slope = 1.02 * Math.abs(x - 888);
  const roof = mix(tints.tileDark, tints.tileLight, (0.4 + 0.6 * noise(x / 5, y / 3)) * ramp(930, 800, x));
  seen = mix(seen, roof, inside(y - 352 - slope, 430 - y));
  seen = mix(seen, wall, inside(x - 912, 930 - x, y - 344, 392 - y));
  for (const [left, top] of [
    [852, 452],
    [900, 452],
    [876, 398],
  ] as const) {
    const glass = inside(x - left, left + 18 - x, y - top, top + 26 - y);
    const bar = Math.abs(x - left - 9) < 1 || Math.abs(y - top - 12) < 1 ? 0.35 : 0;
    seen = mix(seen, mix(tints.lamp, ink, bar), glass);
    seen = lit(seen, tints.lampGlow, 0.35 * Math.exp(-Math.hypot(x - left - 9, y - top - 13) / 20));
  }
  return turning(seen, x, y);
}

function turning(under: Colour, x: number, y: number): Colour {
  const away = Math.sqrt((x - wheel.x) ** 2 + (y - wheel.y) ** 2);
  if (away > wheel.radius + 12) return under;
  const angle = Math.atan2(y - wheel.y, x - wheel.x);
  const spoke = Math.abs(Math.sin(angle * 4 + 0.3)) * away;
  const paddle = Math.abs(Math.sin(angle * 10)) * away;
  const wood = Math.max(
    clamp(4 - Math.abs(away - wheel.radius) + 0.5),
    clamp(3 - Math.abs(away - wheel.radius + 16) + 0.5),
    clamp(9 - away + 0.5),
    away < wheel.radius ? clamp(9 - spoke) : 0,
    away > wheel.radius - 18 ? clamp((22 - paddle) / 4) * clamp(wheel.radius + 9 - away) : 0,
  );
  const rim = ramp(0.2, 1, Math.cos(angle + 2.6));
  return mix(under, lit(tints.oak, sunlight, 0.32 * rim), wood);
}

/** 1 where every distance is positive, 0 where one is negative, and in between on the edge. */
function inside(...distances: readonly number[]): number {
  return clamp(Math.min(...distances) + 0.5);
}

function water(x: number, y: number): Colour {
  const deep = (y - shore) / (height - shore);
  const wave = turbulence(x / (40 + 130 * deep), y / (2.4 + 9 * deep), 3) - 0.5;
  const from = shore - 1 - (y - shore) * 1.35 + wave * (8 + 60 * deep);
  const mirrored = land(x + wave * (6 + 40 * deep), Math.min(shore - 1, Math.max(0, from)));
  let seen = mix(mix(mirrored, tints.depth, 0.2 + 0.42 * deep), tints.crest, 0.1 * ramp(0.08, 0.3, wave));
  const path = Math.exp(-(((x - sun.x) / (26 + 90 * deep)) ** 2));
  seen = lit(seen, sunlight, path * ramp(0, 0.22, wave + 0.04) * 0.9);
  const foam = Math.exp(-Math.hypot((x - wheel.x + 8) / 90, (y - shore - 4) / 14)) * noise(x / 5, y / 2);
  seen = lit(seen, tints.foam, foam * 0.8);
  return reeds(mix(seen, ink, 0.55 * Math.exp(-(y - shore) / 5)), x, y);
}

function reeds(under: Colour, x: number, y: number): Colour {
  const bank = height - 30 - 120 * ramp(760, 1240, x) - 70 * ramp(260, -60, x);
  const blades = 46 * noise(x / 3.1 + (y - height) / 26, 5) * noise(x / 40, 9) + 16 * turbulence(x / 30, 2, 3);
  return mix(under, mix(ink, tints.reed, 0.6 * noise(x / 4, y / 12)), clamp(y - bank + blades));
}

/** What the lens and the film add: darker corners, and grain. */
function exposed(seen: Colour, x: number, y: number): Colour {
  const corner = Math.hypot(x / width - 0.5, y / height - 0.5);
  const light = 1.04 - 0.5 * corner ** 2;
  const grain = (speck(x, y) + speck(x + 7919, y) - 1) * 0.035;
  return [seen[0] * light + grain, seen[1] * light + grain, seen[2] * light + grain];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await writeFile(new URL("photo.jpg", import.meta.url), await makePhoto());
}
