/** Options by name: one that nobody reads is refused where it is written, for in silence it would be left out. */
import { described } from "./failure.ts";
import { GraphError } from "./graph-error.ts";

/** @throws GraphError `wrong-type` for what is no object of these options; `whose` begins the sentence */
export function refuseUnknown(options: unknown, known: readonly string[], whose: string, node?: string): void {
  if (options === undefined) return;
  const about = node === undefined ? {} : { node };
  if (typeof options !== "object" || options === null || Array.isArray(options)) {
    const example = known.map((name) => `${name}: ...`).join(", ");
    throw new GraphError(
      "wrong-type",
      `${whose} takes options by name, { ${example} }, and this is ${described(options)}.`,
      about,
    );
  }
  const unknown = Object.keys(options).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw new GraphError("wrong-type", `${whose} has no option '${unknown}'.`, { ...about, known, meant: unknown });
}

/** @throws GraphError `unknown-port` for what names nothing: a list, or no object at all */
export function refuseUnnamed(ports: unknown, what: string, whose: string): void {
  if (ports === undefined || (typeof ports === "object" && ports !== null && !Array.isArray(ports))) return;
  const example = `${what}: { text: ui.textbox() }`;
  throw new GraphError(
    "unknown-port",
    `The ${what} of ${whose} are named, e.g. ${example}, and this is ${described(ports)}.`,
  );
}
