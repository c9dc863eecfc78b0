/** The same graphs written for each library: a source is set, values flow, a sink is read. Every peer gets its own best idiom, and counts what it computes. */
import { computed as preactComputed, effect as preactEffect, signal as preactSignal } from "@preact/signals-core";
import { computed as alienComputed, effect as alienEffect, signal as alienSignal } from "alien-signals";
import { FnNode, Graph, InputNode, type InputPort, type MemoryBounds, type Port, ui } from "millrace";
import { configure, autorun as mobxAutorun, computed as mobxComputed, observable, runInAction } from "mobx";
import { BehaviorSubject, combineLatest, distinctUntilChanged, map, type Observable, shareReplay } from "rxjs";

/** A graph of numbers, by node: the indexes of what it reads (-1 is the source) and how it computes. */
export interface Plan {
  readonly nodes: readonly { readonly from: readonly number[]; readonly fn: (...values: number[]) => number }[];
  /** The nodes that are watched. */
  readonly sinks: readonly number[];
}
/** A living graph: set the source, read the first sink, see how often functions ran. */
export interface Living {
  set(value: number): void;
  read(): number;
  readonly runs: () => number;
}
/** Writes the definition down; calling what it gives brings it to life. Only millrace tells the two apart: one definition serves many sheets. */
export type Peer = (plan: Plan) => () => Living;

configure({ enforceActions: "never" });

/** None of the others remembers what it computed: beside them stands a sheet that does not either, and one that does. */
const millrace =
  (memory: MemoryBounds): Peer =>
  ({ nodes, sinks }) => {
    let runs = 0;
    const source = new InputNode({ name: "source", ports: { value: ui.number({ value: 0 }) } });
    const made: Port<number>[] = [];
    const all: FnNode<unknown, { value: Port<number> }>[] = [];
    nodes.forEach(({ from, fn }, i) => {
      const inputs = Object.fromEntries(
        from.map((index, k) => [names[k] ?? `p${k}`, index < 0 ? source.outputs.value : made[index]]),
      );
      const counted = (bodies[from.length - 1] ?? joined)(fn, () => runs++);
      const node = new FnNode(counted as never, { name: `n${i}`, inputs: inputs as never, outputs: { value: null } });
      all.push(node as never);
      made.push((node.outputs as unknown as { value: Port<number> }).value);
    });
    const graph = new Graph({ name: "bench", nodes: all });
    return () => {
      const sheet = graph.sheet({ memory });
      let last = 0;
      for (const sink of sinks) sheet.value$(made[sink] as Port<number>).subscribe((value) => (last = value));
      const input: InputPort<number> = source.inputs.value;
      return { set: (value) => sheet.set(input, value), read: () => last, runs: () => runs };
    };
  };
const names = ["a", "b", "c", "d"];
type Fn = (...values: number[]) => number;
type Named = { a: number; b: number; c: number; d: number };
const bodies: readonly ((fn: Fn, count: () => void) => (inputs: Named) => number)[] = [
  (fn, count) =>
    ({ a }) => {
      count();
      return fn(a);
    },
  (fn, count) =>
    ({ a, b }) => {
      count();
      return fn(a, b);
    },
  (fn, count) =>
    ({ a, b, c }) => {
      count();
      return fn(a, b, c);
    },
  (fn, count) =>
    ({ a, b, c, d }) => {
      count();
      return fn(a, b, c, d);
    },
];
/** A wide join takes a record of any size. */
const joined = (fn: Fn, count: () => void) => (inputs: Record<string, number>) => {
  count();
  return fn(...Object.values(inputs));
};

function pulled(
  { nodes, sinks }: Plan,
  signal: (value: number) => { get(): number; set(value: number): void },
  computed: (fn: () => number) => () => number,
  effect: (fn: () => void) => void,
): Living {
  let runs = 0;
  const source = signal(0);
  const get = () => source.get();
  const made: (() => number)[] = [];
  for (const { from, fn } of nodes) {
    const [a = get, b = get, c = get, d = get] = from.map((index) => (index < 0 ? get : (made[index] as () => number)));
    const reads = from.map((index) => (index < 0 ? get : (made[index] as () => number)));
    const bodies = [
      () => {
        runs++;
        return fn(a());
      },
      () => {
        runs++;
        return fn(a(), b());
      },
      () => {
        runs++;
        return fn(a(), b(), c());
      },
      () => {
        runs++;
        return fn(a(), b(), c(), d());
      },
    ];
    made.push(
      computed(
        bodies[from.length - 1] ??
          (() => {
            runs++;
            return fn(...reads.map((read) => read()));
          }),
      ),
    );
  }
  let last = 0;
  // Deep chains of lazy values recurse when first read: reading from the source on keeps each read shallow.
  for (const read of made) read();
  for (const sink of sinks)
    effect(() => {
      last = (made[sink] as () => number)();
    });
  return { set: (value) => source.set(value), read: () => last, runs: () => runs };
}

const alien: Peer = (plan) => () =>
  pulled(
    plan,
    (value) => {
      const s = alienSignal(value);
      return { get: () => s(), set: (next) => void s(next) };
    },
    (fn) => alienComputed(fn),
    (fn) => void alienEffect(fn),
  );

const preact: Peer = (plan) => () =>
  pulled(
    plan,
    (value) => {
      const s = preactSignal(value);
      return {
        get: () => s.value,
        set: (next) => {
          s.value = next;
        },
      };
    },
    (fn) => {
      const c = preactComputed(fn);
      return () => c.value;
    },
    (fn) => void preactEffect(fn),
  );

const mobx: Peer = (plan) => () =>
  pulled(
    plan,
    (value) => {
      const s = observable.box(value);
      return { get: () => s.get(), set: (next) => runInAction(() => s.set(next)) };
    },
    (fn) => {
      const c = mobxComputed(fn, { keepAlive: true });
      return () => c.get();
    },
    (fn) => void mobxAutorun(fn),
  );

const raw: Peer =
  ({ nodes, sinks }) =>
  () => {
    let runs = 0;
    const source = new BehaviorSubject(0);
    const made: Observable<number>[] = [];
    for (const { from, fn } of nodes) {
      const inputs = from.map((index) => (index < 0 ? source : (made[index] as Observable<number>)));
      const values = combineLatest(inputs).pipe(
        map((all) => {
          runs++;
          return fn(...all);
        }),
        distinctUntilChanged(),
        shareReplay({ bufferSize: 1, refCount: true }),
      );
      made.push(values);
    }
    let last = 0;
    for (const sink of sinks) (made[sink] as Observable<number>).subscribe((value) => (last = value));
    return { set: (value) => source.next(value), read: () => last, runs: () => runs };
  };

export const peers: Readonly<Record<string, Peer>> = {
  millrace: millrace({ runs: 0 }),
  "millrace, remembering": millrace({}),
  "alien-signals": alien,
  "@preact/signals-core": preact,
  mobx,
  "rxjs combineLatest": raw,
};
