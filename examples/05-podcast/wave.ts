/** Sound files of 16 bits (WAV): taken apart, and joined into one. Clips that sound faster or slower than the first are brought to its rate. */

interface Sound {
  /** Samples a second. */
  readonly rate: number;
  readonly samples: Int16Array;
}

/** One file of many, with so many seconds of silence between them. */
export function joined(clips: readonly Uint8Array[], pause: number): Uint8Array {
  const sounds = clips.map(read);
  const rate = sounds[0]?.rate ?? 24_000;
  const silence = new Int16Array(Math.round(rate * pause));
  const parts = sounds.flatMap((sound, i) => (i === 0 ? [atRate(sound, rate)] : [silence, atRate(sound, rate)]));
  const samples = new Int16Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    samples.set(part, at);
    at += part.length;
  }
  return written({ rate, samples });
}

/** @throws Error for a file that is no WAV of 16 bits */
export function read(file: Uint8Array): Sound {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const word = (at: number) => String.fromCharCode(...file.subarray(at, at + 4));
  if (file.length < 44 || word(0) !== "RIFF" || word(8) !== "WAVE") throw new Error("A clip is no WAV file.");
  let [rate, channels, bits] = [0, 1, 16];
  for (let at = 12; at + 8 <= file.length; ) {
    const size = view.getUint32(at + 4, true);
    if (word(at) === "fmt ") {
      channels = view.getUint16(at + 10, true);
      rate = view.getUint32(at + 12, true);
      bits = view.getUint16(at + 22, true);
    }
    if (word(at) === "data") {
      if (bits !== 16) throw new Error(`A clip has ${bits} bits a sample, and 16 can be joined.`);
      // A stream that was written as it came says that it is endless.
      const end = Math.min(at + 8 + size, file.length);
      const frames = Math.floor((end - at - 8) / 2 / channels);
      const sample = (frame: number) => view.getInt16(at + 8 + frame * channels * 2, true);
      return { rate, samples: Int16Array.from({ length: frames }, (_, frame) => sample(frame)) };
    }
    at += 8 + size + (size % 2);
  }
  throw new Error("A clip has no sound in it.");
}

export function written({ rate, samples }: Sound): Uint8Array {
  const bytes = new Uint8Array(44 + samples.length * 2);
  const view = new DataView(bytes.buffer);
  const word = (at: number, text: string) => bytes.set(new TextEncoder().encode(text), at);
  word(0, "RIFF");
  view.setUint32(4, 36 + samples.length * 2, true);
  word(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, rate * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  word(36, "data");
  view.setUint32(40, samples.length * 2, true);
  for (const [i, sample] of samples.entries()) view.setInt16(44 + i * 2, sample, true);
  return bytes;
}

/** The nearest two samples, weighed by their distance. */
function atRate({ rate, samples }: Sound, wanted: number): Int16Array {
  if (rate === wanted) return samples;
  return Int16Array.from({ length: Math.round((samples.length * wanted) / rate) }, (_, i) => {
    const at = (i * rate) / wanted;
    const [before, after] = [samples[Math.floor(at)] ?? 0, samples[Math.ceil(at)] ?? 0];
    return Math.round(before + (after - before) * (at % 1));
  });
}
