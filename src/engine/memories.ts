/**
 * The memories of a graph's nodes, and of the graphs inside it. The items of a scattered graph share theirs: an item that comes
 * back finds what it was answered before (R1).
 */

import type { BaseNode } from "./base-node.ts";
import { NodeMemory } from "./node-memory.ts";

export class Memories {
  /** The nodes that these lie inside of, by name. */
  readonly path: readonly string[];
  readonly #nodes = new Map<BaseNode, NodeMemory>();
  readonly #graphs = new Map<BaseNode, Memories>();

  constructor(path: readonly string[] = []) {
    this.path = path;
  }

  of(node: BaseNode): NodeMemory {
    const memory = this.#nodes.get(node) ?? new NodeMemory(this.path, node);
    this.#nodes.set(node, memory);
    return memory;
  }

  /** Those inside a graph's node. */
  inside(node: BaseNode): Memories {
    const memories = this.#graphs.get(node) ?? new Memories([...this.path, node.name]);
    this.#graphs.set(node, memories);
    return memories;
  }
}
