/** `FnNode.inWorker` in a page, which has none of Node's threads: it refuses. Stands in for `worker.ts`. */
import { noThreads } from "./no-threads.ts";

/** @throws GraphError always */
export function inWorker(): never {
  throw noThreads();
}
