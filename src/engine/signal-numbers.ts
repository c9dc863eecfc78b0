/**
 * The numbers of the signals that are kept: a signal has one for as long as its sheet lives, so that what held the very same
 * signal holds it again (W6). What a new one holds is told once.
 */
import { GatheredSignal, ItemSignal, LaidOverItem } from "./items.ts";
import type { KeptSignal } from "./kept.ts";
import { given, type Ready, type ReadySignal, shared } from "./signal.ts";

export class SignalNumbers {
  readonly #numbers = new WeakMap<Ready, number>();
  /** The signals that stand for constants: as many as there are definitions. */
  readonly #constants = new Map<object, Ready>();
  #last = 0;
  #new: KeptSignal[] = [];

  /** The number of a signal; of a new one, what it holds is told with the next `take`. */
  of(signal: Ready): number {
    const known = this.#numbers.get(signal);
    if (known !== undefined) return known;
    const id = ++this.#last;
    this.#numbers.set(shared(signal), id);
    const { number: run, pinned } = signal as unknown as ReadySignal;
    const about = { id, run, pinned };
    const inner: unknown = signal;
    if (inner instanceof GatheredSignal) {
      const parts = inner.parts.map((part) => this.of(part));
      const lists = inner.lists.map((list) => this.of(list));
      this.#new.push({ ...about, parts, ...(lists.length > 0 && { lists }) });
    } else if (inner instanceof ItemSignal)
      this.#new.push({ ...about, value: signal.value, list: this.of(inner.list) });
    else if (inner instanceof LaidOverItem)
      this.#new.push({ ...about, value: signal.value, lists: inner.lists.map((list) => this.of(list)), at: inner.at });
    else this.#new.push({ ...about, value: signal.value });
    return id;
  }

  /** The number for some constants: they are the same for all runs of a definition, so they are told once. */
  ofConstants(constants: object): number {
    const known = this.#constants.get(constants) ?? given(constants);
    this.#constants.set(constants, known);
    return this.of(known);
  }

  /** What is new since it was taken last. */
  take(): readonly KeptSignal[] {
    const taken = this.#new;
    this.#new = [];
    return taken;
  }

  /** The numbers of these signals, as far as they have one, with those of all that they lead to; and of all constants. */
  ledToBy(signals: Iterable<Ready>): Set<number> {
    const found = new Set<number>();
    const open = [...this.#constants.values(), ...signals];
    for (let signal = open.pop(); signal !== undefined; signal = open.pop()) {
      const id = this.#numbers.get(signal);
      if (id === undefined || found.has(id)) continue;
      found.add(id);
      for (const one of ledTo(signal)) open.push(one);
    }
    return found;
  }

  /** A signal that was kept in an earlier life. */
  know(signal: Ready, id: number): void {
    this.#numbers.set(signal, id);
    this.pass(id);
  }

  /** What was constant for runs of an earlier life. */
  knowConstants(signal: Ready): void {
    this.#constants.set(signal.value as object, signal);
  }

  /** A number that is taken: no other signal gets it. */
  pass(id: number): void {
    this.#last = Math.max(this.#last, id);
  }
}

function ledTo(signal: Ready): readonly Ready[] {
  const inner: unknown = signal;
  if (inner instanceof GatheredSignal) return [...inner.parts, ...inner.lists];
  if (inner instanceof LaidOverItem) return inner.lists;
  return inner instanceof ItemSignal ? [inner.list] : [];
}
