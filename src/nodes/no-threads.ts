/** What is said where a function should run in a thread, and there are none. */
import { GraphError } from "../engine/graph-error.ts";

export function noThreads(): GraphError {
  const what = "FnNode.inWorker needs Node's threads; in a page, write new FnNode(fn, options).";
  return new GraphError("not-expressible", what);
}
