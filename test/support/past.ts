/** What has happened to a world, as far as the witness needs it: who asked, who cancelled, from which inputs each node made its last good outputs. */
import type { AnyPort, Outcome, Signal } from "../../src/index.ts";
import { same } from "../../src/testing/same.ts";
import type { Start } from "./manners.ts";
import type { Right, Told } from "./scratch.ts";
import type { World } from "./world.ts";

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
  readonly good = new Map<number, { readonly inputs: readonly unknown[]; readonly at: number }>();
  /** By node: the last move after which it showed a failure of its own. */
  readonly failedAt = new Map<number, number>();
  readonly #cancels: { readonly node: number | null; readonly epoch: number }[] = [];
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  fault(law: string, what: string, at = this.#world.epoch): void {
    this.faults.push(`[${law}] ${what} (move ${at})`);
  }

  /** Of what is right now: what is wrong, by its law. */
  claim(law: string, wrong: (right: Right) => string | undefined): void {
    const at = this.#world.epoch;
    this.#world.claim((right) => {
      const what = wrong(right);
      if (what !== undefined) this.fault(law, what, at);
    });
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
    const { ins, feeds } = this.#world.wired;
    return feeds[node]?.[ins[node]!.findIndex(({ name }) => name === input)]?.kind === "callable";
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
  return told.kind === "value" && same(told.value, value);
}

export function said(value: unknown): string {
  return JSON.stringify(value, (_, inner) => (inner instanceof Set ? [...inner] : inner)) ?? "nothing";
}
