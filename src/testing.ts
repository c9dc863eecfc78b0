/** The door of `millrace/testing`: what Millrace itself is tested with, for testing your own graphs with fast-check. */
export { type Held, type HeldRun, held } from "./testing/held.ts";
export { type Ledger, ledger } from "./testing/ledger.ts";
export { values } from "./testing/values.ts";
