/** Random sheets whose functions share one lane, all in the test's hand: what really is at work is written down beside what the lane believes. */
import fc from "fast-check";
import { Observable } from "rxjs";
import { LivingSheet } from "../../src/engine/living-sheet.ts";
import {
  FnNode,
  Graph,
  type InputPort,
  type Lane,
  type Node,
  type Outcome,
  type RunContext,
  ui,
} from "../../src/index.ts";
import { FakeTime } from "./fake-time.ts";
import { type Later, later } from "./later.ts";

export interface BusyNode {
  readonly manner: "promise" | "stream" | "flow" | "sync";
  /** Ends at once when it is told to stop. */
  readonly heeds: boolean;
  readonly trigger: "auto" | "manual";
  /** Reads the node before it. */
  readonly below: boolean;
  readonly lane: boolean;
  readonly retries: number;
  readonly timeout: number | undefined;
  readonly fallback: boolean;
}

export type BusyMove =
  | { readonly do: "set"; readonly sheet: number; readonly node: number; readonly n: number }
  | { readonly do: "run"; readonly sheet: number; readonly node: number; readonly again: boolean }
  | { readonly do: "cancel"; readonly sheet: number; readonly node: number | null }
  | { readonly do: "close"; readonly sheet: number }
  | { readonly do: "end"; readonly which: number; readonly well: boolean }
  | { readonly do: "pass"; readonly ms: number };

const nodes: fc.Arbitrary<BusyNode> = fc.record({
  manner: fc.constantFrom("promise", "stream", "flow", "sync"),
  heeds: fc.boolean(),
  trigger: fc.constantFrom("auto", "auto", "manual"),
  below: fc.boolean(),
  lane: fc.constantFrom(true, true, true, false),
  retries: fc.constantFrom(0, 0, 1, 2),
  timeout: fc.constantFrom(undefined, undefined, 30),
  fallback: fc.boolean(),
});
export const busySheets = fc.array(fc.array(nodes, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 3 });

const sheet = fc.nat(2);
const node = fc.nat(3);
const move: fc.Arbitrary<BusyMove> = fc.oneof(
  { weight: 40, arbitrary: fc.record({ do: fc.constant("set" as const), sheet, node, n: fc.nat(2) }) },
  { weight: 30, arbitrary: fc.record({ do: fc.constant("run" as const), sheet, node, again: fc.boolean() }) },
  { weight: 20, arbitrary: fc.record({ do: fc.constant("cancel" as const), sheet, node: fc.option(node) }) },
  { weight: 60, arbitrary: fc.record({ do: fc.constant("end" as const), which: fc.nat(), well: fc.boolean() }) },
  { weight: 30, arbitrary: fc.record({ do: fc.constant("pass" as const), ms: fc.constantFrom(0, 10, 40) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("close" as const), sheet }) },
);
export const busyMoves = fc.array(move, { maxLength: 40 });

/** Something of a function that is at work. */
interface Work {
  end(well: boolean): void;
}

export class Busy {
  readonly time = new FakeTime();
  readonly sheets: readonly LivingSheet[];
  readonly ends: { outcome: Outcome | undefined }[] = [];
  /** What really is at work in the lane, and outside. */
  readonly inLane = new Set<Work>();
  readonly outside = new Set<Work>();
  /** The most that ever were at work in the lane at once. */
  most = 0;
  readonly #nodes: readonly (readonly Node[])[];
  readonly #closed = new Set<number>();

  constructor(plans: readonly (readonly BusyNode[])[], lane: Lane) {
    this.#nodes = plans.map((plan) => {
      const made: Node[] = [];
      for (const [i, one] of plan.entries()) made.push(this.#make(i, one, lane, made.at(-1)));
      return made;
    });
    this.sheets = this.#nodes.map(
      (nodes, i) =>
        new LivingSheet(new Graph({ name: `Busy ${i}`, nodes }), {
          time: this.time,
          memory: { runs: i % 2 ? 100 : 0 },
        }),
    );
  }

  get atWork(): readonly Work[] {
    return [...this.inLane, ...this.outside];
  }

  /** The signals of the outputs of all sheets that are open. */
  get signals() {
    return this.sheets.flatMap((sheet, i) =>
      this.#closed.has(i) ? [] : (this.#nodes[i] ?? []).map((node) => sheet.signal(node.outputs.out as never)),
    );
  }

  async make(move: BusyMove): Promise<void> {
    if (move.do === "pass") return this.time.pass(move.ms);
    if (move.do === "end") return this.atWork[move.which % Math.max(1, this.atWork.length)]?.end(move.well);
    const i = move.sheet % this.sheets.length;
    const sheet = this.sheets[i] as LivingSheet;
    if (this.#closed.has(i)) return;
    const nodes = this.#nodes[i] as readonly Node[];
    if (move.do === "close") {
      this.#closed.add(i);
      return sheet.close();
    }
    const node = move.node === null ? undefined : (nodes[move.node % nodes.length] as Node);
    if (move.do === "cancel") return sheet.cancel(node);
    if (move.do === "set") return sheet.set(node?.inputs.n as InputPort<number>, move.n);
    const asked: { outcome: Outcome | undefined } = { outcome: undefined };
    this.ends.push(asked);
    void sheet.run(node as Node, { again: move.again }).then((outcome) => {
      if (asked.outcome) throw new Error("A demand ended twice.");
      asked.outcome = outcome;
    });
  }

  #make(i: number, plan: BusyNode, lane: Lane, above: Node | undefined): Node {
    const fn = (_: object, context: RunContext) => this.#work(plan, context);
    const inputs = { n: ui.number({ value: 0 }), ...(plan.below && above && { up: above.outputs.out }) };
    return new FnNode(fn as never, {
      name: `f${i}`,
      inputs: inputs as never,
      outputs: { out: ui.number() },
      trigger: plan.trigger,
      retries: { times: plan.retries, delay: 20 },
      ...(plan.lane && { lane }),
      ...(plan.timeout !== undefined && { timeout: plan.timeout }),
      ...(plan.fallback && { fallback: -1 }),
    }) as unknown as Node;
  }

  #work(plan: BusyNode, context: RunContext): unknown {
    const set = plan.lane ? this.inLane : this.outside;
    const over = later<number>();
    const work: Work = {
      end: (well) => (well ? over.resolve(Math.floor(this.time.passed)) : over.reject(new Error("no"))),
    };
    set.add(work);
    this.most = Math.max(this.most, this.inLane.size);
    const done = () => void set.delete(work);
    over.promise.catch(() => undefined);
    if (plan.heeds) context.signal.addEventListener("abort", () => over.reject(new Error("stopped")));
    if (plan.manner === "sync") {
      done();
      return this.time.passed;
    }
    if (plan.manner === "promise") return over.promise.finally(done);
    return plan.manner === "stream" ? stream(over, done) : flow(over, done);
  }
}

async function* stream(over: Later<number>, done: () => void): AsyncGenerator<number> {
  try {
    yield 1;
    yield await over.promise;
  } finally {
    done();
  }
}

function flow(over: Later<number>, done: () => void): Observable<number> {
  return new Observable((subscriber) => {
    subscriber.next(1);
    over.promise.then(
      (value) => {
        subscriber.next(value);
        subscriber.complete();
      },
      (error) => subscriber.error(error),
    );
    return done;
  });
}
