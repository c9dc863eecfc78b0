/** Nodes of an app tried on sheets of their own, and what the sheet tells of it. */
import {
  type Failure,
  FileRef,
  GradioNode,
  Graph,
  type Node,
  type Outcome,
  type Outputs,
  type Progress,
} from "../../../src/index.ts";
import { png } from "../../nodes/png.ts";

type Options = Readonly<Record<string, unknown>>;

/** A node made without types. */
export function gradioNode(source: unknown, options?: unknown): Node {
  return new (GradioNode as unknown as new (source: unknown, options: unknown) => Node)(source, options);
}

/** How one run of a node ended, and what was heard of it. */
export interface Told {
  readonly end: Outcome;
  /** The value, or the values by port. */
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly failure: Failure | undefined;
  readonly log: readonly string[];
  readonly progress: readonly Progress[];
  /** Of the first port. */
  readonly partials: readonly unknown[];
}

/** Calls an endpoint once. Outputs are named by their components, or hidden. */
export async function called(
  source: string,
  apiName: string | number,
  inputs: Options,
  outputs: Outputs = { out: null },
  options: Options = {},
): Promise<Told> {
  return ran(gradioNode(source, { apiName, inputs, outputs, retries: 0, ...options }));
}

/** Runs a node on a sheet of its own. */
export async function ran(node: Node): Promise<Told> {
  const sheet = new Graph({ name: "One call", nodes: [node] }).sheet();
  const [log, progress, partials]: [string[], Progress[], unknown[]] = [[], [], []];
  sheet.events$.subscribe((event) => {
    if (event.kind === "run-log") log.push(event.line);
    if (event.kind === "run-progress") progress.push(event.progress);
    if (event.kind !== "signal" || event.signal.kind !== "pending" || event.signal.partial === undefined) return;
    if (event.port === Object.values(node.outputs)[0]) partials.push(event.signal.partial);
  });
  const end = await sheet.run(node);
  sheet.close();
  const outputs = end.kind === "ready" ? end.outputs : {};
  return { end, outputs, failure: end.kind === "failed" ? end.failure : undefined, log, progress, partials };
}

export function picture(name = "dot.png", note = ""): Promise<FileRef> {
  return FileRef.fromBytes(png(note), { name });
}
