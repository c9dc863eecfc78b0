/** Where a graph's sheets are saved: a name for files, never a way through folders. */
import { GraphError } from "./graph-error.ts";

/** The author's word, or a slug of the graph's name, in which what is not a letter or a digit becomes a dash; `false` saves nothing. */
export function persistKeyOf(name: string, persistKey: unknown): string | false {
  if (persistKey === false) return false;
  if (persistKey === undefined) {
    const slug = name
      .normalize("NFKC")
      .toLowerCase()
      .replace(/[^\p{L}\p{M}\p{N}]+/gu, "-");
    return slug.replace(/^-|-$/g, "") || "graph";
  }
  if (typeof persistKey === "string" && /^[\p{L}\p{N}][\p{L}\p{M}\p{N}._ -]*$/u.test(persistKey)) return persistKey;
  throw new GraphError(
    "wrong-type",
    `The persistKey of '${name}' is made of letters, digits, dashes and dots, e.g. "my-graph", or it is false.`,
  );
}
