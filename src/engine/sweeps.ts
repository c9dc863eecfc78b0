/** The sweeps of a sheet: a sheet stands beside it for every value, runs the one node, and closes. What is cancelled here is cancelled there too. */
import { waitsInVain } from "./beside.ts";
import type { AnyNode, Node } from "./node.ts";
import type { InputPort } from "./port.ts";
import type { Outcome } from "./run.ts";
import type { SeenSheet } from "./seen-sheet.ts";
import type { Sheet } from "./sheet.ts";

type Beside = Sheet & Pick<SeenSheet, "living">;

export class Sweeps {
  readonly #besides = new Set<Beside>();

  /** Runs a node on a sheet that stands beside, but for one input. */
  async run<T, In, Out>(
    beside: Beside,
    node: Node<In, Out>,
    input: InputPort<T>,
    value: NoInfer<T>,
    signal?: AbortSignal,
  ): Promise<Outcome<In, Out>> {
    const stop = () => beside.cancel();
    this.#besides.add(beside);
    signal?.addEventListener("abort", stop);
    try {
      beside.set(input, value);
      const end = beside.run(node);
      if (signal?.aborted) stop();
      // Nothing is under way any more, and it has not ended.
      const inVain = beside.settled().then(() => waitsInVain(beside.living) as Outcome<In, Out>);
      return await Promise.race([end, inVain]);
    } finally {
      signal?.removeEventListener("abort", stop);
      this.#besides.delete(beside);
      beside.close();
    }
  }

  cancel(node: AnyNode | undefined): void {
    for (const beside of this.#besides) beside.cancel(node);
  }

  close(): void {
    for (const beside of this.#besides) beside.close();
  }
}
