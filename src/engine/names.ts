/** The names of a graph's nodes: each is there once. Names that authors chose are kept; the others are numbered. */

import type { BaseNode } from "./base-node.ts";
import { GraphError } from "./graph-error.ts";

export class Names {
  /** The names that are taken, each with the number that the next node of that name gets. */
  readonly #taken = new Map<string, number>();

  /** Gives nodes that join their names: chosen ones first, the others in the order of the flow. @throws GraphError `duplicate-name`, and then takes none */
  take(joining: readonly BaseNode[]): void {
    const chosen = new Set<string>();
    let twice: string | undefined;
    for (const { named, name } of joining) {
      if (!named) continue;
      if (this.#taken.has(name) || chosen.has(name)) twice ??= name;
      chosen.add(name);
    }
    if (twice !== undefined) {
      throw new GraphError("duplicate-name", `Two nodes are named '${twice}'; give one of them another name.`, {
        node: twice,
      });
    }
    for (const name of chosen) this.#taken.set(name, 2);
    for (const node of joining.filter((one) => !one.named)) node.settleName(this.#free(node.name));
  }

  #free(wanted: string): string {
    let name = wanted;
    let number = this.#taken.get(wanted) ?? 1;
    for (; this.#taken.has(name); number++) name = `${wanted} ${number}`;
    this.#taken.set(wanted, Math.max(number, 2));
    this.#taken.set(name, this.#taken.get(name) ?? 2);
    return name;
  }
}
