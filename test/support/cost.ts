/**
 * What a piece of work costs, counted and not timed: how many blocks of the engine's and of RxJS's code were executed, as
 * the JavaScript engine itself counts them. The same work gives the same number on any machine, so a law about cost can
 * be tested exactly. Loops inside built-in methods are not seen, only the callbacks that they call.
 */
import { Session } from "node:inspector/promises";

/** Blocks of code executed by `work`, in the engine and in RxJS. */
export async function cost(work: () => void): Promise<number> {
  const session = new Session();
  session.connect();
  try {
    await session.post("Profiler.enable");
    await session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
    await session.post("Profiler.takePreciseCoverage");
    work();
    const { result } = await session.post("Profiler.takePreciseCoverage");
    const counts = result
      .filter((script) => /\/src\/engine\/|\/rxjs\//.test(script.url))
      .flatMap((script) => script.functions.flatMap((one) => one.ranges.map((range) => range.count)));
    return counts.reduce((sum, count) => sum + count, 0);
  } finally {
    await session.post("Profiler.stopPreciseCoverage");
    session.disconnect();
  }
}
