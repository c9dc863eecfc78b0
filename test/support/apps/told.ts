/** A step in the test's hand: it says when it begins and when it is stopped, and works until a message tells it what it made. */
import type { RunContext } from "millrace";

/** What a test tells a step. */
interface Order {
  readonly step: string;
  readonly progress?: number;
  readonly message?: string;
  readonly log?: string;
  readonly give?: string;
  readonly fail?: string;
}

export function told(step: string, inputs: object, run: RunContext): Promise<string> {
  return new Promise((resolve, reject) => {
    const obey = (order: Order) => {
      if (order.step !== step) return;
      if (order.log !== undefined) run.log(order.log);
      if (order.progress !== undefined) run.progress(order.progress, order.message);
      if (order.give === undefined && order.fail === undefined) return;
      process.off("message", obey);
      if (order.give !== undefined) resolve(order.give);
      else reject(new Error(order.fail));
    };
    process.on("message", obey);
    run.signal.addEventListener("abort", () => {
      process.off("message", obey);
      process.send?.({ step, stopped: true });
      reject(run.signal.reason);
    });
    process.send?.({ step, began: true, inputs });
  });
}
