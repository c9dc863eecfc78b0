/**
 * The empty sources that keep steps from running, looked for only above what is not ready. What was learnt of one step serves the
 * next: asking for all costs no more than asking for the last.
 */
import type { Asked } from "./asked.ts";
import type { Slot } from "./slot.ts";

/** An empty source, and the step that reads it. */
export interface Lack {
  readonly reader: Asked;
  readonly slot: Slot;
}

export class Lacks {
  readonly #known = new Map<Asked, Lack | undefined>();

  of(asked: Asked): Lack | undefined {
    const path: { readonly step: Asked; at: number }[] = [];
    if (!this.#known.has(asked)) path.push({ step: asked, at: 0 });
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const slot = top.step.ins[top.at];
      const above = slot?.owner;
      if (slot === undefined) {
        this.#known.set(top.step, undefined);
        path.pop();
      } else if (slot.now.kind === "ready" || (above && this.#known.has(above) && !this.#known.get(above))) top.at++;
      else if (above && !this.#known.has(above)) path.push({ step: above, at: 0 });
      else {
        const lack = above ? this.#known.get(above) : { reader: top.step, slot };
        for (const { step } of path) this.#known.set(step, lack);
        path.length = 0;
      }
    }
    return this.#known.get(asked);
  }
}
