/** Bytes written one after another, of which the last can be taken away again as a digest. What is written tells its own length, so no two sequences of writes give the same bytes. */
import { Sha256 } from "./sha256.ts";

/** Text above this is written as its digest. */
const shortText = 128;
/** Text that is written piece by piece: each piece in one byte a character if it can, else in two. */
const pieceLength = 16_384;

const sum = new Sha256();

export class ByteStack {
  #bytes = new Uint8Array(256);
  #view = new DataView(this.#bytes.buffer);
  length = 0;

  byte(value: number): void {
    this.#reserve(1);
    this.#bytes[this.length++] = value;
  }

  number(value: number): void {
    this.#reserve(8);
    this.#view.setFloat64(this.length, value);
    this.length += 8;
  }

  bytes(value: Uint8Array): void {
    this.#reserve(value.length);
    this.#bytes.set(value, this.length);
    this.length += value.length;
  }

  /** Text with its length; a long one as its digest. */
  text(value: string): void {
    this.number(value.length);
    if (value.length > shortText) return this.bytes(digestOfText(value));
    this.#reserve(value.length * 2 + 1);
    this.length = written(value, 0, value.length, this.#bytes, this.length);
  }

  /** Takes away what was written from `start` on and gives its digest. */
  taken(start: number): Uint8Array {
    const digest = sum.update(this.#bytes, start, this.length).digest();
    this.length = start;
    return digest;
  }

  #reserve(count: number): void {
    if (this.length + count <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.length + count));
    larger.set(this.#bytes.subarray(0, this.length));
    this.#bytes = larger;
    this.#view = new DataView(larger.buffer);
  }
}

/** Writes one piece of a text, led by the bytes that a character takes. Gives where it ends. */
function written(text: string, from: number, to: number, into: Uint8Array, start: number): number {
  let at = start;
  into[at++] = 1;
  let all = 0;
  for (let i = from; i < to; i++) {
    const unit = text.charCodeAt(i);
    all |= unit;
    into[at++] = unit;
  }
  if (all <= 0xff) return at;
  at = start;
  into[at++] = 2;
  for (let i = from; i < to; i++) {
    const unit = text.charCodeAt(i);
    into[at++] = unit >> 8;
    into[at++] = unit;
  }
  return at;
}

const piece = new Uint8Array(pieceLength * 2 + 1);

function digestOfText(text: string): Uint8Array {
  const known = recent.get(text);
  if (known !== undefined) return known;
  for (let from = 0; from < text.length; from += pieceLength) {
    const to = Math.min(text.length, from + pieceLength);
    sum.update(piece, 0, written(text, from, to, piece, 0));
  }
  const digest = sum.digest();
  remember(text, digest);
  return digest;
}

/** Digests of the long texts met last. A text cannot be held weakly, so few are held, and none that would weigh. */
const recent = new Map<string, Uint8Array>();
const worthRemembering = 16_384;
const mostHeld = 16 * 1024 * 1024;
let held = 0;

function remember(text: string, digest: Uint8Array): void {
  if (text.length < worthRemembering || text.length > mostHeld / 2) return;
  recent.set(text, digest);
  held += text.length;
  for (const oldest of recent.keys()) {
    if (held <= mostHeld) return;
    recent.delete(oldest);
    held -= oldest.length;
  }
}
