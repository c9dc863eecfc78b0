/**
 * The least that a node can cost which keeps what ours promise, one promise after the other: the graph written by hand with `await`, in
 * which every function has a port that tells how it stands, then a run that is remembered, then a signal that stops it. What millrace
 * costs beyond the last of these is its own: marking, waiting for all inputs, cutting off, demands, failures that stay in their branch.
 */
import { BehaviorSubject } from "rxjs";
import type { Flow, Peer } from "./async.ts";

type Signal =
  | { readonly kind: "stale" | "pending"; readonly last: number }
  | { readonly kind: "ready"; readonly value: number };

interface Run {
  readonly inputs: readonly number[];
  readonly value: number;
  readonly startedAt: number;
  readonly duration: number;
  readonly controller: AbortController | undefined;
}

/** As many as a sheet remembers. */
const most = 10_000;

function keeping(promises: { readonly remembers?: boolean; readonly stops?: boolean }): Peer {
  return ({ rows, width, call }) => {
    const ports = Array.from({ length: rows }, () =>
      Array.from({ length: width }, () => new BehaviorSubject<Signal>({ kind: "ready", value: 0 })),
    );
    const runs = new Map<number, Run>();
    let number = 0;

    async function node(port: BehaviorSubject<Signal>, ...inputs: [number, number]): Promise<number> {
      const controller = promises.stops ? new AbortController() : undefined;
      const startedAt = Date.now();
      port.next({ kind: "pending", last: lastOf(port) });
      const value = await call(...inputs);
      port.next({ kind: "ready", value });
      if (promises.remembers) {
        runs.set(++number, { inputs, value, startedAt, duration: Date.now() - startedAt, controller });
        runs.delete(number - most);
      }
      return value;
    }

    const flow: Flow = async (value) => {
      for (const row of ports) for (const port of row) port.next({ kind: "stale", last: lastOf(port) });
      let above: readonly number[] = Array.from({ length: width }, () => value);
      for (const row of ports) {
        const read = above;
        const given = (i: number) => [read[i] as number, read[(i + 1) % width] as number] as const;
        above =
          width === 1
            ? [await node(row[0] as BehaviorSubject<Signal>, ...given(0))]
            : await Promise.all(row.map((port, i) => node(port, ...given(i))));
      }
      return above[0] as number;
    };
    return flow;
  };
}

function lastOf({ value }: BehaviorSubject<Signal>): number {
  return value.kind === "ready" ? value.value : value.last;
}

export const floor: Readonly<Record<string, Peer>> = {
  "await, with a port that tells": keeping({}),
  "  and a run remembered": keeping({ remembers: true }),
  "  and a signal that stops it": keeping({ remembers: true, stops: true }),
};
