/** Faults of the engine, seeded on purpose: each is one edit of one file, and must be found by the tests that it names. */
export interface Mutant {
  readonly name: string;
  readonly file: string;
  readonly find: string;
  readonly put: string;
  /** Test files that must fail. */
  readonly killers: readonly string[];
}

const sequences = "test/laws/sequences.test.ts";
const laneStories = "test/laws/lanes-stories.test.ts";

export const mutants: readonly Mutant[] = [
  {
    name: "runs on stale inputs",
    file: "src/engine/step.ts",
    find: 'if (slot.now.kind !== "ready") return this.#wait(i);',
    put: 'if (slot.now.kind === "empty" || slot.now.kind === "failed") return this.#wait(i);',
    killers: [sequences],
  },
  {
    name: "publishes what came over stale inputs",
    file: "src/engine/step.ts",
    find: "if (live?.arrived) this.keep(live);",
    put: "if (live?.arrived) this.conclude(live);",
    killers: [sequences],
  },
  {
    name: "lets a superseded run go on",
    file: "src/engine/step.ts",
    find: "if (!this.again && this.differsAt(live.signals) < 0) {",
    put: "if (!this.again) {",
    killers: [sequences],
  },
  {
    name: "skips a mark when a signal is not ready",
    file: "src/engine/slot.ts",
    find: "for (let i = 0; i < readers.length; i++) (readers[i] as Reader).next(now);",
    put: "for (let i = 1; i < readers.length; i++) (readers[i] as Reader).next(now);",
    killers: [sequences],
  },
  {
    name: "visits without regard to height",
    file: "src/engine/asked.ts",
    find: "this.height = height ?? heightAbove(ins);",
    put: "this.height = height ?? 1;",
    killers: [sequences],
  },
  {
    name: "makes a new signal of an equal value",
    file: "src/engine/slot.ts",
    find: 'if (now.kind === "ready") return equal(now.value, value) ? now : undefined;',
    put: 'if (now.kind === "ready") return undefined;',
    killers: ["test/laws/minimality.test.ts", sequences],
  },
  {
    name: "fills a signal anew that somebody holds",
    file: "src/engine/slot.ts",
    find: "!spare.shared &&",
    put: "true &&",
    killers: ["test/laws/handed-out.test.ts"],
  },
  {
    name: "runs a manual node by itself",
    file: "src/engine/step.ts",
    find: "else if (this.auto || this.asked !== 0) this.#run(this.#whyNow());",
    put: "else this.#run(this.#whyNow());",
    killers: [sequences],
  },
  {
    name: "does not end a demand with what ended above",
    file: "src/engine/step.ts",
    find: "if (ending) this.endFromAbove(ending);",
    put: 'if (ending?.ending.kind === "refused") this.endFromAbove(ending);',
    killers: [sequences],
  },
  {
    name: "remembers nothing",
    file: "src/engine/memory.ts",
    find: "if (this.#answers.size === 0) return undefined;",
    put: "if (this.#answers.size >= 0) return undefined;",
    killers: ["test/laws/memory.test.ts", "test/laws/minimality.test.ts"],
  },
  {
    name: "answers from a run with other inputs",
    file: "src/engine/memory.ts",
    find: "?.find((run) => alike(run.signals, signals));",
    put: "?.find((run) => run.signals.length === signals.length);",
    killers: ["test/laws/memory.test.ts", sequences],
  },
  {
    name: "forgets the chosen run",
    file: "src/engine/step.ts",
    find: "if (this.#chosen !== undefined && this.#showChosen(this.#chosen)) return;",
    put: "this.#chosen = undefined;",
    killers: ["test/laws/memory.test.ts"],
  },
  {
    name: "runs below a selected run",
    file: "src/engine/step.ts",
    find: "if (this.wave.selecting && this.asked === 0) return this.#restBelow();",
    put: "",
    killers: ["test/laws/memory.test.ts"],
  },
  {
    name: "loses a pin when its node runs",
    file: "src/engine/slot.ts",
    find: "this.#pinned.own = signal;\n      return;",
    put: "this.#pinned = undefined;",
    killers: ["test/laws/memory.test.ts"],
  },
  {
    name: "zips by the first list",
    file: "src/engine/fan.ts",
    find: "const odd = lists.findIndex((list) => list.length !== first.length);",
    put: "const odd = -1;",
    killers: ["test/laws/scatter.test.ts"],
  },
  {
    name: "knows items by their place",
    file: "src/engine/scatter.ts",
    find: "const at = there?.findIndex((one) => equal(one.value, value)) ?? -1;",
    put: "const at = -1;",
    killers: ["test/laws/scatter.test.ts"],
  },
  {
    name: "swaps the first two items",
    file: "src/engine/gather.ts",
    find: "const values = parts.map(({ value }) => value);",
    put: "const values = parts.map((_, i) => (parts[i === 0 ? 1 : i === 1 ? 0 : i] ?? parts[i])?.value);",
    killers: ["test/laws/scatter.test.ts"],
  },
  {
    name: "lets every variant run",
    file: "src/engine/step.ts",
    find: "if (!this.enabled) return this.#goStale(this.#whyNow());",
    put: "",
    killers: ["test/laws/choice.test.ts"],
  },
  {
    name: "waits for people before it has settled",
    file: "src/engine/working.ts",
    find: "if (!this.node.answer) this.wave.runBegan();",
    put: "this.wave.runBegan();",
    killers: ["test/laws/interaction.test.ts"],
  },
  {
    name: "frees a place on cancel",
    file: "src/engine/attempt.ts",
    find: "if (!this.#atWork) this.ended();",
    put: "this.ended();",
    killers: [laneStories],
  },
  {
    name: "frees no place of a run that never began",
    file: "src/engine/attempt.ts",
    find: "if (!this.#atWork) this.ended();",
    put: "",
    killers: [laneStories],
  },
  {
    name: "lets one more into a lane",
    file: "src/engine/lane.ts",
    find: "if (this.working < this.#limit) {",
    put: "if (this.working <= this.#limit) {",
    killers: [laneStories],
  },
  {
    name: "keeps in line who was cancelled",
    file: "src/engine/lane.ts",
    find: 'if (state === "waits") this.#unline(place);',
    put: "",
    killers: [laneStories],
  },
  {
    name: "takes those that wait from one sheet alone",
    file: "src/engine/lane.ts",
    find: "this.#upNext = line.next;",
    put: "",
    killers: ["test/laws/lanes.test.ts"],
  },
  {
    name: "takes a stopped iterator for ended before it has returned",
    file: "src/engine/follow.ts",
    find: "Promise.resolve(iterator.return?.()).then(ended, ended);",
    put: "void iterator.return?.();\n    ended();",
    killers: [laneStories],
  },
  {
    name: "tries again without a place",
    file: "src/engine/attempts.ts",
    find: "if (this.#admitted()) this.#run.prepare();",
    put: "if (this.#attempt.number > 0) this.#run.prepare();",
    killers: [laneStories],
  },
  {
    name: "tries again after cancel",
    file: "src/engine/attempts.ts",
    find: "this.#callOff?.();",
    put: "",
    killers: [laneStories],
  },
  {
    name: "does not stop what ran out of time",
    file: "src/engine/attempt.ts",
    find: "this.said({ failure: timedOut(timeout) });\n      this.stop();",
    put: "this.said({ failure: timedOut(timeout) });",
    killers: ["test/laws/settled-runs.test.ts", "test/nodes/fn-context.test.ts"],
  },
  {
    name: "calls callables for every attempt",
    file: "src/engine/attempts.ts",
    find: "attempt.work(() => (this.#answered ? this.#call() : this.#ask(attempt)));",
    put: "attempt.work(() => this.#ask(attempt));",
    killers: ["test/engine/retry.test.ts"],
  },
];
