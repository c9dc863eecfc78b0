/** What the bench runs in threads. */
import type { RunContext } from "millrace";

/** Keeps a processor busy for so long. */
export function burn({ ms }: { ms: number }): number {
  const end = performance.now() + ms;
  let turns = 0;
  while (performance.now() < end) turns++;
  return turns;
}

export function next({ n }: { n: number }): number {
  return n + 1;
}

/** Says so, then turns for ever. */
export function turn({ beats }: { beats: Int32Array }, { log }: RunContext): number {
  log("turning");
  for (;;) Atomics.add(beats, 0, 1);
}

export function hold({ bytes }: { bytes: Uint8Array }): Uint8Array {
  return bytes;
}
