/** What `millrace/testing` takes and gives: checked by `types.test.ts`, never run. */
import type { Arbitrary } from "fast-check";
import { FnNode, Graph, type InputPort, type OutputPort, type RunContext, ui } from "millrace";
import {
  apply,
  type Difference,
  differences,
  type Edit,
  edits,
  evaluate,
  graphs,
  type Held,
  type HeldRun,
  held,
  type Ledger,
  ledger,
  type RandomGraph,
  values,
} from "millrace/testing";
import { same } from "./same.ts";

// ── values have the type of the component's value
const tone = ui.dropdown({ choices: ["calm", "loud"] });
same<ReturnType<typeof values<string>>, Arbitrary<string>>(true);
const tones: Arbitrary<"calm" | "loud"> = values(tone);
void tones;
// @ts-expect-error: a node is no component
values(new FnNode(() => 1, { outputs: { n: null } }));

// ── a held function is a node's function, and knows its inputs
const slow = held<{ text: string }, number>();
same<typeof slow, Held<{ text: string }, number>>(true);
const length = new FnNode(slow.fn, { inputs: { text: ui.textbox() }, outputs: { n: ui.number() } });
// @ts-expect-error: it takes a text
new FnNode(slow.fn, { inputs: { text: ui.number() }, outputs: { n: ui.number() } });
// @ts-expect-error: it gives a number
new FnNode(slow.fn, { inputs: { text: ui.textbox() }, outputs: { n: ui.textbox() } });

export async function runs(): Promise<void> {
  const run: HeldRun<{ text: string }, number> = await slow.started();
  same<typeof run.inputs.text, string>(true);
  same<typeof run.context, RunContext>(true);
  run.emit(1);
  run.finish(2);
  run.fail("anything");
  // @ts-expect-error: a text is no number
  run.finish("2");
}

// ── graphs, edits, what differs
const graph = new Graph({ name: "Types", nodes: [length] });
same<ReturnType<typeof edits>, Arbitrary<readonly Edit[]>>(true);
edits(graph, { max: 3, only: ["set", "run", "pin"] });
// @ts-expect-error: no such kind
edits(graph, { only: ["paint"] });
graphs({ maxNodes: 3, async: false, scatter: false, choices: false, failures: false }) satisfies Arbitrary<RandomGraph>;
export function looked({ graph, inputs, outputs }: RandomGraph): void {
  edits(graph);
  same<typeof inputs, readonly InputPort<number>[]>(true);
  same<typeof outputs, readonly OutputPort<unknown>[]>(true);
}

export async function compared(): Promise<void> {
  const sheet = graph.sheet();
  const ran: Ledger = ledger(sheet);
  same<ReturnType<typeof ran.take>, readonly string[]>(true);
  await apply(sheet, { kind: "set", input: length.inputs.text, value: "a" });
  // @ts-expect-error: a run says whether it is made again
  await apply(sheet, { kind: "run", node: length });
  const { value } = await evaluate(sheet);
  same<ReturnType<typeof value<number>>, number | undefined>(true);
  const n: number | undefined = value(length.outputs.n);
  void n;
  const found: readonly Difference[] = await differences(sheet);
  for (const { port, expected, actual } of found) void [port.name, expected, actual];
}

export function worded(edit: Edit): string {
  switch (edit.kind) {
    case "set":
      return edit.input.name;
    case "run":
    case "cancel":
    case "select":
      return edit.node.name;
    case "choose":
      return edit.choice.name;
    case "answer":
      return edit.step.name;
    case "runAll":
      return edit.again ? "again" : "all";
    case "cancelAll":
      return "all";
    case "pin":
    case "unpin":
      return `${edit.output.name} ${edit.item ?? "whole"}`;
    case "editRow":
      return `${edit.list.name} ${edit.row}`;
    case "sweep":
      return `${edit.input.name} ${edit.values.length} ${edit.node.name}`;
    case "inside":
      return `${edit.node.name} ${edit.item ?? ""} ${worded(edit.edit)}`;
    case "batch":
      return `${edit.edits.length}`;
    case "settle":
      return "settle";
    default:
      return edit satisfies never;
  }
}
