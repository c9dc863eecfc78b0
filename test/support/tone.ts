/** A tone that swells and fades, as a WAV of 8 bit: a sound that can be told from silence. */
export function tone(seconds: number, pitch: number): Uint8Array {
  const rate = 8000;
  const length = Math.round(seconds * rate);
  const bytes = Buffer.alloc(44 + length);
  bytes.write("RIFF", 0);
  bytes.writeUInt32LE(36 + length, 4);
  bytes.write("WAVEfmt ", 8);
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(rate, 24);
  bytes.writeUInt32LE(rate, 28);
  bytes.writeUInt16LE(1, 32);
  bytes.writeUInt16LE(8, 34);
  bytes.write("data", 36);
  bytes.writeUInt32LE(length, 40);
  for (let i = 0; i < length; i++) {
    const loud = Math.sin((Math.PI * i) / length) ** 2;
    bytes[44 + i] = Math.round(128 + 120 * loud * Math.sin((2 * Math.PI * pitch * i) / rate));
  }
  return bytes;
}
