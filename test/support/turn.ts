/** Turns of the event loop. Nothing is slept: what waits for nobody has happened when they are over. */

/** Every kept promise has been heard. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Every error that RxJS reports has been reported: it does so from a timer of no length. */
export function reports(): Promise<void> {
  return new Promise((resolve) => setTimeout(() => setTimeout(resolve)));
}
