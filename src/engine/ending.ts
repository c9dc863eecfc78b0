/**
 * What goes on though it was told to stop: a function that ignores its `AbortSignal` keeps its place in its lane until it has
 * really ended (R9), and people are told so.
 */
import type { BaseNode } from "./base-node.ts";
import type { AnyNode } from "./node.ts";
import type { Wave } from "./wave.ts";

/** The runs of one node, on one sheet, that were told to stop and are at work all the same. */
export class Endings {
  /** How many there are. */
  count = 0;
  readonly #node: BaseNode;
  readonly #wave: Wave;
  #told = 0;
  #telling = false;

  constructor(node: BaseNode, wave: Wave) {
    this.#node = node;
    this.#wave = wave;
  }

  change(by: 1 | -1): void {
    this.count += by;
    if (this.#telling) return;
    this.#telling = true;
    // Many are stopped at once, and most end at once.
    queueMicrotask(() => this.#tell());
  }

  #tell(): void {
    this.#telling = false;
    if (this.count === this.#told) return;
    this.#told = this.count;
    this.#wave.inside(() =>
      this.#wave.tell({ kind: "still-ending", step: this.#node as unknown as AnyNode, runs: this.count }),
    );
  }
}

/** Those of a node and all its items. */
export function endingsOf(node: BaseNode, wave: Wave): Endings {
  const ofSheet = known.get(wave) ?? new Map<BaseNode, Endings>();
  known.set(wave, ofSheet);
  const endings = ofSheet.get(node) ?? new Endings(node, wave);
  ofSheet.set(node, endings);
  return endings;
}
const known = new WeakMap<Wave, Map<BaseNode, Endings>>();
