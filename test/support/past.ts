/** What has happened to a world, as far as the witness needs it: who asked, who cancelled, from which inputs each node made its last good outputs. */
import type { AnyPort, Outcome, Signal } from "../../src/index.ts";
import type { Traced } from "./graphs.ts";
import type { Told } from "./naive.ts";
import type { Start, World } from "./world.ts";

/** One demand on one node, from being asked to its end. */
export interface Asked {
  readonly node: number;
  readonly only: boolean;
  readonly again: boolean;
  readonly epoch: number;
  /** Nothing of it can run: an empty port above; for one step alone, an input that is not ready. */
  readonly refusable: boolean;
  /** True when the very change that asked made an input ready, or unready: then both ends are right. */
  either: boolean;
  outcome: Outcome | undefined;
}

export class Past {
  readonly faults: string[] = [];
  /** Every demand ever made. */
  readonly asks: Asked[] = [];
  /** By node: the inputs that its present good outputs were made from, and the move since when. */
  readonly good = new Map<number, { readonly inputs: readonly Traced[]; readonly at: number }>();
  /** By node: the last move after which it showed a failure of its own. */
  readonly failedAt = new Map<number, number>();
  readonly #cancels: { readonly node: number | null; readonly epoch: number }[] = [];
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  fault(law: string, what: string): void {
    this.faults.push(`[${law}] ${what} (move ${this.#world.epoch})`);
  }

  cancelled(node: number | null): void {
    this.#cancels.push({ node, epoch: this.#world.epoch });
  }

  /** Asked itself to run anew, by `again` or because a callable feeds it, and not done with before it ran. */
  anew(node: number, since: number, now?: Start): boolean {
    const callable = this.#world.wired.feeds[node]!.some((feed) => feed.kind === "callable");
    const ran = ({ epoch }: Asked) =>
      this.#world.starts.some((start) => start !== now && start.node === node && start.epoch >= epoch);
    return this.asks.some(
      (asked) =>
        asked.node === node &&
        asked.epoch >= since &&
        (asked.again || callable) &&
        (asked.outcome === undefined || ran(asked)),
    );
  }

  /** Whether a demand is one for this node too. */
  wants(asked: Asked, node: number): boolean {
    return asked.node === node || (!asked.only && this.#world.wired.above[asked.node]!.has(node));
  }

  /** Cancelled itself, or with all. */
  stopped(node: number, since: number): boolean {
    return this.#cancels.some((cancel) => cancel.epoch >= since && (cancel.node === null || cancel.node === node));
  }

  anyStopped(since: number): boolean {
    return this.#cancels.some((cancel) => cancel.epoch >= since);
  }

  stoppedAbove(node: number, since: number): boolean {
    return [...this.#world.wired.above[node]!].some((above) => this.stopped(above, since));
  }

  /** A run that has failed, and said so, or was cancelled: its node rests. One that failed unheard, its inputs stale, is no answer. */
  rests(last: Start): boolean {
    return (
      (last.ended && last.failed && (this.failedAt.get(last.node) ?? -1) >= last.epoch) ||
      this.stopped(last.node, last.epoch + 1)
    );
  }

  /** Something above has changed, or somebody asked. */
  stirred(node: number, since: number): boolean {
    const { wired, changedAt } = this.#world;
    if (wired.calls[node]) return true;
    if ([...wired.reach[node]!].some((source) => changedAt[source]! > since)) return true;
    return this.asks.some((asked) => asked.epoch > since && this.wants(asked, node));
  }

  /** A later run has ended well and was kept unpublished: a node remembers one result, and that is its last. */
  keptSince(node: number, since: number): boolean {
    return this.#world.starts.some(
      (start) => start.node === node && start.epoch >= since && start.ended && !start.failed,
    );
  }

  // ── small questions that all witnesses ask

  callable(node: number, input: string): boolean {
    return this.#world.wired.feeds[node]![Number(input.slice(1))]?.kind === "callable";
  }

  callableAt(node: number, name: string): number {
    return this.#world.wired.feeds[node]!.findIndex((feed) => feed.kind === "callable" && feed.name === name);
  }

  signal(port: AnyPort<unknown>): Signal<unknown> {
    return this.#world.sheet!.signal(port);
  }

  /** What the inputs of a node hold, but for callables. */
  inputs(node: number): readonly Signal<unknown>[] {
    const ports = Object.values(this.#world.nodes[node]!.inputs);
    return ports.filter((port) => !this.callable(node, port.name)).map((port) => this.signal(port));
  }
}

export function holds(told: Told, value: unknown): boolean {
  return told.kind === "value" && alike(told.value, value);
}

export function same(one: readonly Traced[], other: readonly Traced[]): boolean {
  return one.length === other.length && one.every((value, k) => alike(value, other[k]));
}

/** Compares two traced values; written here, since the engine's own comparison is under test. */
export function alike(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (!one || !other) return false;
  const a = one as Traced;
  const b = other as Traced;
  const sources = Object.keys(a.from);
  return (
    a.n === b.n &&
    sources.length === Object.keys(b.from).length &&
    sources.every((source) => a.from[source] === b.from[source])
  );
}

export function said(value: unknown): string {
  return JSON.stringify(value, (_, inner) => (inner instanceof Set ? [...inner] : inner)) ?? "nothing";
}
