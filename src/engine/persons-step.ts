/** A step that a person answers: a run of it is pending until then (I1). */

import type { Answer, BaseNode } from "./base-node.ts";
import { described } from "./failure.ts";
import { GraphError } from "./graph-error.ts";
import type { LiveRun } from "./live-run.ts";
import type { Node } from "./node.ts";
import { Step } from "./step.ts";

export class PersonsStep extends Step {
  /** Where there is nothing to answer, nobody is asked. */
  protected override work(live: LiveRun): void {
    const failure = this.#answer.lacks?.(this.#given(live));
    if (failure) live.arrived = { failure };
    else this.wave.tell({ kind: "waiting", step: this.node as unknown as Node });
  }

  /** @throws GraphError `not-waiting` when nobody is waited for, `wrong-type` for an answer that will not do */
  answer(given: unknown): void {
    const { live } = this;
    if (live === undefined || live.arrived !== undefined) throw notWaiting(this.node);
    const inputs = this.#given(live);
    const expected = this.#answer.refuses(given, inputs);
    if (expected !== undefined)
      throw new GraphError("wrong-type", `${this.name} takes ${expected}, and this is ${described(given)}.`, {
        node: this.name,
      });
    live.answered(() => this.#answer.take(given, inputs));
  }

  get #answer(): Answer {
    return this.node.answer as Answer;
  }

  /** What a run works from, by input. */
  #given({ signals }: LiveRun): Readonly<Record<string, unknown>> {
    const { assembly, constants } = this.wiring;
    return assembly.assemble(signals, constants);
  }
}

export function notWaiting(node: BaseNode): GraphError {
  const what = node.answer ? "does not wait for anybody now" : "is not a step that a person answers";
  return new GraphError("not-waiting", `${node.name} ${what}: an answer is taken while its port is pending.`, {
    node: node.name,
  });
}
