/** The witness of ports: looks at every signal after every move, and at every one that a subscriber hears. */
import type { OutPort } from "../../src/engine/port.ts";
import type { AnyPort, Signal } from "../../src/index.ts";
import { same } from "../../src/testing/same.ts";
import { poison } from "./manners.ts";
import { holds, type Past, said } from "./past.ts";
import type { World } from "./world.ts";

type AnySignal = Signal<unknown>;

interface Memory {
  readonly node: number;
  readonly port: OutPort & AnyPort<unknown>;
  /** The last ready signal seen here, and the move after which it was seen. */
  good: Extract<AnySignal, { kind: "ready" }> | undefined;
  goodAt: number;
}

export class Ports {
  readonly #world: World;
  readonly #past: Past;
  readonly #memories: readonly Memory[];

  constructor(world: World, past: Past) {
    this.#world = world;
    this.#past = past;
    this.#memories = world.nodes.flatMap((_, node) =>
      world.outs(node).map((port) => ({ node, port: port as Memory["port"], good: undefined, goodAt: -1 })),
    );
  }

  get count(): number {
    return this.#memories.length;
  }

  /** Watches a port as a person does; gives back how to stop. */
  watch(index: number, closed: () => boolean): () => void {
    const memory = this.#memories[index]!;
    const sheet = this.#world.sheet!;
    const name = this.#name(memory);
    let heard: AnySignal | undefined;
    let value: unknown;
    const subscription = sheet.signal$(memory.port).subscribe({
      next: (signal) => {
        if (signal === heard) this.#past.fault("W10", `${name} tells the same signal twice`);
        if (signal !== sheet.signal(memory.port))
          this.#past.fault("W10", `${name} tells a signal that is not its latest`);
        heard = signal;
        this.#right(memory, signal);
        this.#remembers(memory, signal);
      },
      error: () => this.#past.fault("W1", `${name} errors`),
      complete: () => closed() || this.#past.fault("W1", `${name} completes`),
    });
    subscription.add(
      sheet.value$(memory.port).subscribe((next) => {
        if (same(value, next)) this.#past.fault("W6", `${name} tells an unchanged value again`);
        value = next;
      }),
    );
    return () => subscription.unsubscribe();
  }

  look(): void {
    for (const memory of this.#memories) {
      const signal = this.#past.signal(memory.port);
      this.#right(memory, signal);
      this.#remembers(memory, signal);
      if (signal.kind === "stale") this.#because(memory, signal);
    }
    for (const [node, { kind }] of this.#world.nodes.entries()) {
      if (kind === "fn") this.#together(node);
    }
  }

  /** Nothing runs any more: what is auto, has ready inputs and was not stopped is ready or failed. */
  lookSettled(): void {
    for (const memory of this.#memories) {
      const { node } = memory;
      const { kind } = this.#past.signal(memory.port);
      if (kind === "pending") this.#past.fault("Q10", `${this.#name(memory)} is pending when all is settled`);
      if (kind === "ready" || kind === "failed" || this.#world.nodes[node]!.kind !== "fn") continue;
      if (!this.#world.auto(node) || this.#past.inputs(node).some((input) => input.kind !== "ready")) continue;
      const last = this.#world.starts.findLast((start) => start.node === node);
      if (this.#past.stopped(node, last?.epoch ?? 0)) continue;
      this.#past.fault("W4", `${this.#name(memory)} is auto with ready inputs, and ${kind}`);
    }
  }

  /** W4, Q9: ready is right at that moment, and so is failed. */
  #right({ node, port }: Memory, signal: AnySignal): void {
    const name = `${this.#world.name(node)}.${port.name}`;
    if (signal.kind === "ready") {
      const { value } = signal;
      this.#past.claim("W4", (right) => {
        const told = right.out(port);
        return holds(told, value) ? undefined : `${name} is ready with ${said(value)} where ${said(told)} is right`;
      });
    } else if (signal.kind === "failed") {
      const { failure } = signal;
      const root = failure.reason === "upstream" ? failure.root : this.#world.name(node);
      if (failure.reason !== "upstream") this.#past.failedAt.set(node, this.#world.epoch);
      this.#past.claim("W4", (right) => {
        const told = right.out(port);
        return told.kind === "failed" ? undefined : `${name} failed where ${said(told)} is right: ${failure.message}`;
      });
      this.#past.claim("R3", (right) => {
        const told = right.out(port);
        if (told.kind !== "failed" || told.roots.has(root)) return undefined;
        return `${name} says that ${root} failed, and it was ${[...told.roots]}`;
      });
    } else if (signal.kind === "pending" && signal.partial === poison) {
      this.#past.fault("R2", `${name} listens to a run that was stopped`);
    }
  }

  /** W6: an equal value is the very same signal; and `last` is the last good value. */
  #remembers(memory: Memory, signal: AnySignal): void {
    const { good, node } = memory;
    const name = this.#name(memory);
    if (signal.kind === "ready") {
      const other = good && good !== signal && this.#world.nodes[node]!.kind === "fn";
      if (other && same(good.value, signal.value))
        this.#past.fault("W6", `${name} holds an equal value in another signal`);
      memory.good = signal;
      memory.goodAt = this.#world.epoch;
    } else if (signal.kind !== "empty" && !same(signal.last, good?.value) && !this.#kept(memory, signal.last)) {
      this.#past.fault(
        "W4",
        `${name} shows ${said(signal.last)} as its last good value, which was ${said(good?.value)}`,
      );
    }
  }

  /** A run that ends while its inputs are stale is kept unpublished: its value may be shown as the last good one. */
  #kept({ node, port }: Memory, value: unknown): boolean {
    return this.#world.starts.some(
      ({ node: other, outputs }) => other === node && outputs !== undefined && same(outputs[port.name], value),
    );
  }

  /** R8: a stale signal names a source above it that really changed since it was last ready. */
  #because(memory: Memory, signal: Extract<AnySignal, { kind: "stale" }>): void {
    const { port, change } = signal.because;
    const { wired, changedAt } = this.#world;
    const name = this.#name(memory);
    if (port === undefined) {
      if (change === "set") this.#past.fault("R8", `${name} is stale because of a set, and does not say where`);
      return;
    }
    const source = wired.sourceOf(port);
    const path = `${port.node.name}.${port.name}`;
    if (!wired.reach[memory.node]!.has(source))
      return this.#past.fault("R8", `${name} is stale because of ${path}, which is not above it`);
    if (changedAt[source]! > memory.goodAt) return;
    this.#past.fault("R8", `${name} is stale because of ${path}, which has not changed since`);
  }

  /** What a node's inputs say decides what its outputs may say; and all outputs agree. */
  #together(node: number): void {
    const name = this.#world.name(node);
    const signals = this.#past.inputs(node);
    const outs = this.#memories.filter((memory) => memory.node === node);
    const kinds = new Set(outs.map((memory) => this.#past.signal(memory.port).kind));
    if (kinds.size > 1) this.#past.fault("W3", `${name} shows ${[...kinds].join(" and ")} at once`);
    const [kind] = kinds;
    this.#stopsWhatChanged(node);
    if (kind === undefined) return;
    const below = signals.some((signal) => signal.kind === "failed");
    if (below && kind !== "failed") this.#past.fault("R3", `${name} is ${kind} below a failure`);
    if (signals.some((signal) => signal.kind !== "ready")) {
      if (kind === "ready") this.#past.fault("W3", `${name} is ready above an input that is not`);
    } else if (kind === "empty") this.#past.fault("W4", `${name} is empty though every input is ready`);
    else if (signals.length === this.#world.wired.feeds[node]!.length) this.#cutsOff(node, kind === "ready", signals);
  }

  /** W6: with the inputs of its last outputs it is ready again. */
  #cutsOff(node: number, ready: boolean, signals: readonly AnySignal[]): void {
    const past = this.#past;
    const inputs = signals.map((signal) => (signal as { value: unknown }).value);
    const good = past.good.get(node);
    if (ready) past.good.set(node, { inputs, at: this.#world.epoch + 1 });
    else if (
      good &&
      same(good.inputs, inputs) &&
      !past.anew(node, good.at) &&
      !past.keptSince(node, good.at) &&
      !past.stopped(node, good.at)
    ) {
      past.fault("W6", `${this.#world.name(node)} is not ready though its inputs are those of its last outputs`);
    }
  }

  /** Q8: no run goes on of which an input has really changed. */
  #stopsWhatChanged(node: number): void {
    const ports = this.#world.wired.ins[node]!;
    for (const start of this.#world.held) {
      if (start.node !== node || !start.context || start.context.signal.aborted) continue;
      for (const [k, port] of ports.entries()) {
        const signal = this.#past.callable(node, port.name)
          ? undefined
          : this.#past.signal(port as unknown as AnyPort<unknown>);
        if (signal?.kind !== "ready" || same(signal.value, start.inputs[k])) continue;
        this.#past.fault("Q8", `a run of ${this.#world.name(node)} goes on though its input ${port.name} has changed`);
      }
    }
  }

  #name(memory: Memory): string {
    return `${this.#world.name(memory.node)}.${memory.port.name}`;
  }
}
