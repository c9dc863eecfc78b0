/** A fallback that its ports would refuse is found while wiring, not only when every attempt has failed. One that is to become a file is looked at then. */
import type { BaseNode } from "../engine/base-node.ts";
import { GraphError } from "../engine/graph-error.ts";
import { Outputs } from "../engine/outputs.ts";

/** @throws GraphError `wrong-type` */
export function checkFallback({ name, fallback, convert, outPorts }: BaseNode): void {
  if (fallback === undefined || convert !== undefined) return;
  const sorted = new Outputs(outPorts, []).sort(fallback.value);
  if (!("failure" in sorted)) return;
  const what = `The fallback of '${name}' stands in for what it gives, and will not do. ${sorted.failure.message}`;
  const port = sorted.failure.reason === "bad-output" ? { port: sorted.failure.port } : undefined;
  throw new GraphError("wrong-type", what, { node: name, ...port });
}
