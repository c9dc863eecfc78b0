/** The witness of starts: looks when a function is called, and when one is told to stop. */
import { same } from "../../src/testing/same.ts";
import type { Start } from "./manners.ts";
import { holds, type Past, said } from "./past.ts";
import type { World } from "./world.ts";

export class Starts {
  readonly #world: World;
  readonly #past: Past;
  /** By node: how often it has started since the last edit. */
  readonly #since = new Map<number, { readonly edit: number; readonly count: number }>();

  constructor(world: World, past: Past) {
    this.#world = world;
    this.#past = past;
    world.onStart = (start) => this.#started(start);
    world.onAbort = (start) => this.#stopped(start);
  }

  #started(start: Start): void {
    if (start.inputs.some((input) => input === undefined)) {
      return this.#past.fault("W2", `${this.#world.name(start.node)} runs without an input`);
    }
    this.#waited(start);
    this.#sees(start);
    this.#may(start);
    this.#rested(start);
    this.#latest(start);
  }

  /** W2: every input is ready. */
  #waited({ node }: Start): void {
    const { sheet } = this.#world;
    if (!sheet) return;
    for (const port of Object.values(this.#world.nodes[node]!.inputs)) {
      const kind = this.#past.callable(node, port.name) ? "ready" : sheet.signal(port).kind;
      if (kind !== "ready") this.#past.fault("W2", `${this.#world.name(node)} runs while ${port.name} is ${kind}`);
    }
  }

  /** W3: its inputs are all of this moment. */
  #sees({ node, inputs }: Start): void {
    const name = this.#world.name(node);
    const { feeds } = this.#world.wired;
    this.#past.claim("W3", (right) => {
      const told = right.ins(node);
      const k = inputs.findIndex((input, i) => feeds[node]![i]!.kind !== "callable" && !holds(told[i]!, input));
      return k < 0 ? undefined : `${name} sees ${said(inputs[k])} at ${k} where ${said(told[k])} is right`;
    });
  }

  /** W5, R5: once a change; and a manual node only when somebody asks. */
  #may({ node }: Start): void {
    const { edits } = this.#world;
    const before = this.#since.get(node);
    const count = before?.edit === edits ? before.count + 1 : 1;
    this.#since.set(node, { edit: edits, count });
    if (count > 1 && !this.#world.late(node))
      this.#past.fault("W5", `${this.#world.name(node)} runs ${count} times for one change`);
    const asked = this.#past.asks.some((one) => one.outcome === undefined && this.#past.wants(one, node));
    if (!this.#world.auto(node) && !asked)
      this.#past.fault("R5", `${this.#world.name(node)} is manual and runs by itself`);
  }

  /** W6, Q5: its inputs are not those of its last outputs, nor of the run after which it rests. */
  #rested(start: Start): void {
    const { node } = start;
    const past = this.#past;
    const name = this.#world.name(node);
    const good = past.good.get(node);
    if (good && same(good.inputs, start.inputs) && !past.anew(node, good.at, start) && !past.keptSince(node, good.at)) {
      past.fault("W6", `${name} runs again though its inputs are those of its last outputs`);
    }
    const last = this.#world.starts.findLast((other) => other !== start && other.node === node);
    if (last && past.rests(last) && same(last.inputs, start.inputs) && !past.stirred(node, last.epoch)) {
      past.fault("Q5", `${name} runs again by itself after it failed or was cancelled`);
    }
  }

  /** R2: when a run starts, every earlier run of the node has been told to stop. */
  #latest(start: Start): void {
    for (const other of this.#world.held) {
      if (other !== start && other.node === start.node && other.context && !other.context.signal.aborted) {
        this.#past.fault("R2", `${this.#world.name(start.node)} runs again while an earlier run was not told to stop`);
      }
    }
  }

  /** Q7, Q8: a run is stopped only because an input really changed, by a newer run, a cancel or the close. */
  #stopped({ node, inputs, epoch }: Start): void {
    if (this.#past.stopped(node, epoch) || this.#past.anew(node, epoch)) return;
    const { feeds } = this.#world.wired;
    this.#past.claim("Q7", (right) => {
      const told = right.ins(node);
      const changed = inputs.some((input, i) => feeds[node]![i]!.kind !== "callable" && !holds(told[i]!, input));
      return changed ? undefined : `a run of ${this.#world.name(node)} is stopped though its inputs are what they were`;
    });
  }
}
