/** Nodes, graphs and sheets as plain JavaScript sees them: anything may be given to anything, and no compiler looks. */
import { FnNode } from "../../src/index.ts";
/** That nothing is known of it is the point. */
export type Loose = any;

export function loose(thing: unknown): Loose {
  return thing;
}

/** `new Kind(...given)`. */
export function made(Kind: unknown, ...given: unknown[]): Loose {
  return new (Kind as Loose)(...given);
}

export function fn(work: unknown, options?: unknown): Loose {
  return made(FnNode, work, options);
}
