/**
 * Writes the caption: white letters with a soft shadow on nothing at all.
 * The typeface comes as a package, so that every machine can draw it.
 */
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import sharp from "sharp";

const type = {
  font: "DejaVu Serif Italic 64",
  fontfile: createRequire(import.meta.url).resolve("dejavu-fonts-ttf/ttf/DejaVuSerif-Italic.ttf"),
  width: 1000,
  dpi: 72,
  rgba: true,
  align: "centre",
} as const;
const margin = 28;

// A machine without fonts has no settings for them either: the letters come out all the same, but not without a complaint.
if (process.platform === "linux" && !existsSync("/etc/fonts/fonts.conf")) {
  process.env.FONTCONFIG_FILE ??= fileURLToPath(new URL("fonts.conf", import.meta.url));
}

/** The caption as a transparent PNG; a blank one is a picture of nothing. */
export async function letter(caption: string): Promise<Buffer> {
  if (caption.trim() === "") return nothing();
  const letters = await sharp({ text: { text: white(caption.trim()), ...type } })
    .extend({ top: margin, bottom: margin, left: margin, right: margin, background: "#fff0" })
    .png()
    .toBuffer();
  const shadow = await sharp(letters).linear([0, 0, 0, 1], [8, 20, 26, 0]).blur(7).png().toBuffer();
  return sharp(shadow)
    .composite([{ input: shadow }, { input: letters }])
    .png()
    .toBuffer();
}

function nothing(): Promise<Buffer> {
  return sharp({ create: { width: 8, height: 8, channels: 4, background: "#0000" } })
    .png()
    .toBuffer();
}

/** The text in the markup that is read here, where `<`, `>` and `&` mean something, and broken characters are refused. */
function white(text: string): string {
  const whole = text.replaceAll(/(?!\n)[\p{Cc}\p{Cs}]/gu, " ");
  const plain = whole.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  return `<span foreground="#fff">${plain}</span>`;
}
