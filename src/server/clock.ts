/** Where the server's time comes from: a parameter everywhere, so that tests hold the hands of the clock. */

export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Calls back once after `ms`; gives what calls it off. */
  after(ms: number, call: () => void): () => void;
  /** Calls back once at the end of this turn of the loop; gives what calls it off. */
  soon(call: () => void): () => void;
}

/** The real one. Its timers keep no process alive. */
export const wallClock: Clock = {
  now: () => Date.now(),
  after(ms, call) {
    const timer = setTimeout(call, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
  soon(call) {
    const turn = setImmediate(call);
    return () => clearImmediate(turn);
  },
};
