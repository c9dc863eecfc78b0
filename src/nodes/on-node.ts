/** Node's own modules without an import, so that what uses them also loads in a page. */

type Modules = "node:fs" | "node:os" | "node:path" | "node:url";

/** A module of Node's; where there is none, `otherwise` is thrown. */
export function onNode<K extends Modules>(
  id: K,
  otherwise: () => Error,
): NonNullable<ReturnType<typeof process.getBuiltinModule<K>>> {
  const found = typeof process === "undefined" ? undefined : process.getBuiltinModule?.(id);
  if (found) return found as never;
  throw otherwise();
}
