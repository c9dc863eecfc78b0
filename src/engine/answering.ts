/** The persons' steps of a call: nobody waits there, so an answer is given beforehand or the call is refused before anything runs. */

import { BaseNode, baseOf } from "./base-node.ts";
import { GraphError } from "./graph-error.ts";
import { neededBy } from "./needed.ts";
import type { AnyPort } from "./port.ts";
import type { Sheet } from "./sheet.ts";
import { goalsOf, type Signature } from "./signature.ts";

/** @throws GraphError `missing-input` for a step that would wait for ever */
export function refuseUnanswered(
  { graph }: Pick<Sheet, "graph">,
  { answers }: Signature,
  given: ReadonlyMap<BaseNode, unknown>,
  chosen: ReadonlyMap<BaseNode, number>,
): void {
  const selected = (choice: BaseNode) => [choice.above[chosen.get(choice) ?? 0] as BaseNode];
  for (const one of neededBy(graph, goalsOf(graph), selected)) {
    if (!(one instanceof BaseNode) || !one.answer || given.has(one)) continue;
    const named = answers.get(one.name) === one;
    const instead = named
      ? `give its answer as the input '${one.name}'`
      : "open a sheet of the graph instead, and answer it there";
    throw new GraphError(
      "missing-input",
      `'${one.name}' waits for a person, and in a call there is nobody to ask: ${instead}.`,
      { node: one.name, ...(named && { port: one.name }) },
    );
  }
}

/** Answers each step as soon as it waits, until it is called off; `refused` hears of an answer that will not do. */
export function answerWith(
  given: ReadonlyMap<BaseNode, unknown>,
  sheet: Sheet,
  refused: (error: unknown) => void,
): () => void {
  if (given.size === 0) return () => undefined;
  const answer = (step: BaseNode) => {
    const waits = given.has(step) && sheet.signal(step.outPorts[0] as unknown as AnyPort<unknown>).kind === "pending";
    if (!waits) return;
    try {
      sheet.answer(step as never, given.get(step) as never);
    } catch (error) {
      refused(error);
    }
  };
  const heard = sheet.events$.subscribe((event) => {
    if (event.kind === "waiting") answer(baseOf(event.step));
  });
  for (const step of given.keys()) answer(step);
  return () => heard.unsubscribe();
}
