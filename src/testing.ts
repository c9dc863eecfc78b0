/** The door of `millrace/testing`: what Millrace itself is tested with, for testing your own graphs with fast-check. */
export { type Difference, differences } from "./testing/differences.ts";
export { apply, type Edit } from "./testing/edit.ts";
export { edits } from "./testing/edits.ts";
export { evaluate } from "./testing/evaluate.ts";
export { graphs, type RandomGraph } from "./testing/graphs.ts";
export { type Held, type HeldRun, held } from "./testing/held.ts";
export { type Ledger, ledger } from "./testing/ledger.ts";
export { values } from "./testing/values.ts";
