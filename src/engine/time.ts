/** Where waiting and chance come from: parameters, so that tests hold both in their hands. */

export interface Time {
  /** Calls back once after so many milliseconds; gives what calls it off. */
  after(ms: number, call: () => void): () => void;
  /** A number from 0 up to, and never, 1. */
  random(): number;
}

/** Beyond this many milliseconds a timer would go off at once. */
const longest = 2 ** 31 - 1;

export const realTime: Time = {
  after(ms, call) {
    const timer = setTimeout(call, Math.min(ms, longest));
    return () => clearTimeout(timer);
  },
  random: Math.random,
};
