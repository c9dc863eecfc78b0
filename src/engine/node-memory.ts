/**
 * The runs of one node, all its items' together: its history, and among them those that answer. A run answers for inputs that are
 * equal to its own (R1), the latest first, until the same were tried again in vain.
 */
import { alike, glanceAt } from "./alike.ts";
import type { Failure } from "./failure.ts";
import { addressIn } from "./kept.ts";
import type { RememberedRun } from "./remembered-run.ts";
import { RunsByGlance } from "./run-tables.ts";
import type { Ready } from "./signal.ts";

export class NodeMemory {
  readonly #path: readonly string[];
  readonly #node: { readonly name: string };
  /** In the order in which they ended: a linked list. */
  #first: RememberedRun | undefined = undefined;
  #last: RememberedRun | undefined = undefined;
  /** Those that answer, the latest first. Made for the first run: most nodes of a large graph never have one that is remembered. */
  #answers: RunsByGlance | undefined = undefined;

  constructor(path: readonly string[], node: { readonly name: string }) {
    this.#path = path;
    this.#node = node;
  }

  /** Where its node lives, graph by graph: the same in every life of the sheet. */
  get address(): string {
    return addressIn(this.#path, this.#node);
  }

  /** Oldest first, by when they began: of two items, the later may end before. */
  get inOrder(): readonly RememberedRun[] {
    return this.#all.sort((a, b) => a.number - b.number);
  }

  /** The latest run that ended in that very failure. */
  failed(failure: Failure): RememberedRun | undefined {
    return this.#all.findLast(({ result }) => "failure" in result && result.failure === failure);
  }

  /** The latest run that was made from equal inputs and ended well. */
  answer(signals: readonly Ready[]): RememberedRun | undefined {
    if (this.#answers === undefined) return undefined;
    const glance = glanceAt(signals);
    let run = this.#answers.first(glance);
    while (run !== undefined && !(run.glance === glance && alike(run.signals, signals))) run = run.next;
    return run;
  }

  add(run: RememberedRun): void {
    run.before = this.#last;
    if (this.#last) this.#last.after = run;
    else this.#first = run;
    this.#last = run;
    if (run.answers) this.#list(run);
  }

  /** What was made from these is an answer no more. */
  disown(signals: readonly Ready[]): void {
    for (let run = this.answer(signals); run !== undefined; run = this.answer(signals)) this.#unlist(run);
  }

  /** Makes a run the answer to its inputs, before all others. */
  prefer(run: RememberedRun): void {
    if (!run.answers || !run.kept) return;
    this.#unlist(run);
    run.answers = true;
    this.#list(run);
  }

  forget(run: RememberedRun): void {
    if (run.before) run.before.after = run.after;
    else this.#first = run.after;
    if (run.after) run.after.before = run.before;
    else this.#last = run.before;
    run.before = undefined;
    run.after = undefined;
    if (run.answers) this.#unlist(run);
  }

  get #all(): RememberedRun[] {
    const all: RememberedRun[] = [];
    for (let run = this.#first; run !== undefined; run = run.after) all.push(run);
    return all;
  }

  #list(run: RememberedRun): void {
    this.#answers ??= new RunsByGlance();
    this.#answers.add(run);
  }

  #unlist(run: RememberedRun): void {
    run.answers = false;
    this.#answers?.delete(run);
  }
}
