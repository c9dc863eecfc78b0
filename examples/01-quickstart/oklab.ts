/** Colours as the eye measures them (OKLab): equal steps look equal, so that means, distances and blends of colours come out as a painter would choose them. */

/** Lightness from 0 to 1, green to red, blue to yellow. */
export type Lab = readonly [lightness: number, greenRed: number, blueYellow: number];

/** The light of each of the 256 levels of a screen. */
const light = Float64Array.from({ length: 256 }, (_, level) => {
  const share = level / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
});

export function toLab(red: number, green: number, blue: number): Lab {
  const [r, g, b] = [light[red]!, light[green]!, light[blue]!];
  const long = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const medium = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const short = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * long + 0.793617785 * medium - 0.0040720468 * short,
    1.9779984951 * long - 2.428592205 * medium + 0.4505937099 * short,
    0.0259040371 * long + 0.7827717662 * medium - 0.808675766 * short,
  ];
}

/** Levels from 0 to 255; a colour that no screen can show is brought to the nearest edge. */
export function toLevels([lightness, greenRed, blueYellow]: Lab): [red: number, green: number, blue: number] {
  const long = (lightness + 0.3963377774 * greenRed + 0.2158037573 * blueYellow) ** 3;
  const medium = (lightness - 0.1055613458 * greenRed - 0.0638541728 * blueYellow) ** 3;
  const short = (lightness - 0.0894841775 * greenRed - 1.291485548 * blueYellow) ** 3;
  return [
    level(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short),
    level(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short),
    level(-0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short),
  ];
}

export function fromHex(hex: string): Lab {
  const number = Number.parseInt(hex.slice(1), 16);
  return toLab(number >> 16, (number >> 8) & 255, number & 255);
}

export function toHex(lab: Lab): string {
  return `#${toLevels(lab)
    .map((level) => level.toString(16).padStart(2, "0"))
    .join("")}`;
}

export function blend(from: Lab, to: Lab, share: number): Lab {
  return [
    from[0] + (to[0] - from[0]) * share,
    from[1] + (to[1] - from[1]) * share,
    from[2] + (to[2] - from[2]) * share,
  ];
}

/** What a difference counts for: hue more than light, as it does when a person names the colours of a picture. */
export const weights = [1, 6, 6] as const;

/** The square of how different two colours are. */
export function distance(a: Lab, b: Lab): number {
  return weights[0] * (a[0] - b[0]) ** 2 + weights[1] * (a[1] - b[1]) ** 2 + weights[2] * (a[2] - b[2]) ** 2;
}

function level(share: number): number {
  const bounded = Math.min(1, Math.max(0, share));
  return Math.round(255 * (bounded <= 0.0031308 ? 12.92 * bounded : 1.055 * bounded ** (1 / 2.4) - 0.055));
}
