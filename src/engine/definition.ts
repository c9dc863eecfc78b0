/**
 * The digest of all that a node's runs depend on besides what flows in: its definition, its constants, what it calls, the
 * names of its inputs. The same in every process, so that a sheet opened by a later version of the app knows which of its
 * results are of another node.
 */

import type { BaseNode } from "./base-node.ts";
import { contentId } from "./equal.ts";
import { described } from "./failure.ts";
import { fingerprintOf } from "./fingerprint.ts";

const known = new WeakMap<BaseNode, string>();

export function printOf(node: BaseNode): string {
  const present = known.get(node);
  if (present !== undefined) return present;
  const feeds = Object.values(node.inputs).map(({ name, source }): [string, unknown] => {
    if (source.kind === "constant") return [name, ["constant", stable(source.value)]];
    return [name, source.kind === "callable" ? ["callable", String(source.call)] : "flows"];
  });
  const print = fingerprintOf(`${node.depth} ${node.definition}`, Object.fromEntries(feeds)).slice(0, 16);
  known.set(node, print);
  return print;
}

/** What is known by identity alone is another thing in another process: of that only what it is called can be told. */
function stable(value: unknown): unknown {
  return plain(value) ? value : described(value);
}

const budget = 10_000;

function plain(value: unknown): boolean {
  const waiting: unknown[] = [value];
  try {
    for (let left = budget; waiting.length > 0; left--) {
      const one = waiting.pop();
      if (typeof one === "function" || typeof one === "symbol" || left === 0) return false;
      if (typeof one !== "object" || one === null || contentId in one || ArrayBuffer.isView(one)) continue;
      const prototype: unknown = Object.getPrototypeOf(one);
      if (Array.isArray(one) || prototype === Object.prototype || prototype === null)
        waiting.push(...Object.values(one));
      else if (one instanceof Map || one instanceof Set) for (const inner of one) waiting.push(inner);
      else if (!(one instanceof Date || one instanceof ArrayBuffer)) return false;
    }
    return true;
  } catch {
    return false;
  }
}
