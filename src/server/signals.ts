/** SIGINT and SIGTERM: the first stops cleanly, a second exits at once. Who listens to them for its own reasons decides itself when to exit. */

const signals = ["SIGINT", "SIGTERM"] as const;
const stops = new Set<() => Promise<void>>();
let stopping = false;

/** Has `stop` called when the process is told to end; gives what takes that back. */
export function stopOnSignals(stop: () => Promise<void>): () => void {
  if (stops.size === 0) for (const signal of signals) process.on(signal, end);
  stops.add(stop);
  return () => {
    stops.delete(stop);
    if (stops.size === 0 && !stopping) for (const signal of signals) process.off(signal, end);
  };
}

async function end(signal: NodeJS.Signals): Promise<void> {
  if (stopping) process.exit(1);
  stopping = true;
  await Promise.allSettled([...stops].map((stop) => stop()));
  // A function that never ends, or a timer of its own, would keep the process alive for ever.
  if (process.listenerCount(signal) <= 1) process.exit(0);
  stopping = false;
  for (const known of signals) process.off(known, end);
}
