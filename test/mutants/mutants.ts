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
];
