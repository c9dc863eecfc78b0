/**
 * SHA-256 (FIPS 180-4) at once, for a fingerprint that is needed before the next line runs: the one that browsers bring
 * makes its caller wait. Bytes may come in any number of pieces; the digest depends on their sequence alone.
 */

/** The first 32 bits of the fractional parts of the roots of the first primes. */
const { constants, initial } = (() => {
  const primes: number[] = [];
  for (let n = 2; primes.length < 64; n++) if (primes.every((prime) => n % prime !== 0)) primes.push(n);
  const fraction = (root: number): number => (root - Math.floor(root)) * 2 ** 32;
  return {
    constants: Int32Array.from(primes, (prime) => fraction(Math.cbrt(prime)) | 0),
    initial: Int32Array.from(primes.slice(0, 8), (prime) => fraction(Math.sqrt(prime)) | 0),
  };
})();

const words = new Int32Array(64);
const blockBytes = 64;

/** A digest under way. `digest` ends it, and begins another. */
export class Sha256 {
  readonly #state = new Int32Array(initial);
  readonly #block = new Uint8Array(blockBytes);
  #filled = 0;
  #length = 0;

  /** Takes `bytes` from `start` up to `end`. */
  update(bytes: Uint8Array, start = 0, end = bytes.length): this {
    this.#length += end - start;
    let at = start;
    if (this.#filled > 0) {
      at = Math.min(end, start + blockBytes - this.#filled);
      this.#keep(bytes, start, at);
      if (this.#filled < blockBytes) return this;
      compress(this.#state, this.#block, 0);
      this.#filled = 0;
    }
    for (; at + blockBytes <= end; at += blockBytes) compress(this.#state, bytes, at);
    this.#keep(bytes, at, end);
    return this;
  }

  /** The 32 bytes. */
  digest(): Uint8Array {
    const block = this.#block;
    block[this.#filled] = 0x80;
    block.fill(0, this.#filled + 1);
    if (this.#filled >= blockBytes - 8) {
      compress(this.#state, block, 0);
      block.fill(0);
    }
    store(block, 56, Math.floor(this.#length / 2 ** 29));
    store(block, 60, this.#length << 3);
    compress(this.#state, block, 0);
    const digest = new Uint8Array(32);
    for (let i = 0; i < 8; i++) store(digest, i * 4, this.#state[i] as number);
    this.#state.set(initial);
    this.#filled = 0;
    this.#length = 0;
    return digest;
  }

  #keep(bytes: Uint8Array, start: number, end: number): void {
    for (let i = start; i < end; i++) this.#block[this.#filled++] = bytes[i] as number;
  }
}

function store(bytes: Uint8Array, at: number, word: number): void {
  bytes[at] = word >>> 24;
  bytes[at + 1] = word >>> 16;
  bytes[at + 2] = word >>> 8;
  bytes[at + 3] = word;
}

/** One block, from `at` on, into the state. */
function compress(state: Int32Array, bytes: Uint8Array, at: number): void {
  for (let i = 0, j = at; i < 16; i++, j += 4) {
    words[i] =
      ((bytes[j] as number) << 24) |
      ((bytes[j + 1] as number) << 16) |
      ((bytes[j + 2] as number) << 8) |
      (bytes[j + 3] as number);
  }
  for (let i = 16; i < 64; i++) {
    const x = words[i - 15] as number;
    const y = words[i - 2] as number;
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    words[i] = ((words[i - 16] as number) + s0 + (words[i - 7] as number) + s1) | 0;
  }
  let a = state[0] as number;
  let b = state[1] as number;
  let c = state[2] as number;
  let d = state[3] as number;
  let e = state[4] as number;
  let f = state[5] as number;
  let g = state[6] as number;
  let h = state[7] as number;
  for (let i = 0; i < 64; i++) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const one = (h + s1 + ((e & f) ^ (~e & g)) + (constants[i] as number) + (words[i] as number)) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const two = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + one) | 0;
    d = c;
    c = b;
    b = a;
    a = (one + two) | 0;
  }
  state[0] = (state[0] as number) + a;
  state[1] = (state[1] as number) + b;
  state[2] = (state[2] as number) + c;
  state[3] = (state[3] as number) + d;
  state[4] = (state[4] as number) + e;
  state[5] = (state[5] as number) + f;
  state[6] = (state[6] as number) + g;
  state[7] = (state[7] as number) + h;
}

/** Bytes as hexadecimal digits. */
export function hexOf(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += (byte < 16 ? "0" : "") + byte.toString(16);
  return text;
}
