/** The signals of an earlier life of a sheet, made again when they are asked for and each once: what was the very same signal is the same again (W6). */
import { handedOut } from "./equal.ts";
import { GatheredSignal, ItemSignal, LaidOverItem } from "./items.ts";
import type { Keeper } from "./keeper.ts";
import type { Kept, KeptSignal } from "./kept.ts";
import { type Ready, ReadySignal, shared } from "./signal.ts";

export class PastSignals {
  readonly #kept: Kept["signals"];
  readonly #sheet: string;
  readonly #keeper: Keeper;
  readonly #made = new Map<number, Ready | undefined>();

  /** `sheet`: the id of the sheet that they are of. */
  constructor(kept: Kept["signals"], sheet: string, keeper: Keeper) {
    this.#kept = kept;
    this.#sheet = sheet;
    this.#keeper = keeper;
  }

  /** `undefined` when what it held is lost. */
  at(id: number): Ready | undefined {
    const known = this.#made.get(id);
    if (known !== undefined || this.#made.has(id)) return known;
    const kept = this.#kept.get(id);
    const made = kept && this.#make(kept);
    this.#made.set(id, made);
    if (made) this.#keeper.know(made, id);
    return made;
  }

  /** Those of these names, in this order; `undefined` unless all are there. */
  all(names: readonly string[], ids: Readonly<Record<string, number>>): readonly Ready[] | undefined {
    const signals: Ready[] = [];
    for (const name of names) {
      const id = Object.hasOwn(ids, name) ? ids[name] : undefined;
      const signal = id === undefined ? undefined : this.at(id);
      if (signal === undefined) return undefined;
      signals.push(signal);
    }
    return signals;
  }

  /** These, with those that they lead to. */
  withAllLedTo(ids: Iterable<number>): ReadonlySet<number> {
    const all = new Set(ids);
    for (const id of all) {
      const kept = this.#kept.get(id);
      if (kept?.list !== undefined) all.add(kept.list);
      for (const one of [...(kept?.parts ?? []), ...(kept?.lists ?? [])]) all.add(one);
    }
    return all;
  }

  #make({ value, run, pinned, list, parts, lists = [], at }: KeptSignal): Ready | undefined {
    if (parts) return this.#gathered(parts, lists);
    const own = handedOut(value);
    const whole = list === undefined ? undefined : this.at(list);
    if (whole) return shared(new ItemSignal(own, whole) as unknown as Ready);
    const whose = at === undefined ? [] : this.#known(lists);
    if (at !== undefined && whose.length > 0) return shared(new LaidOverItem(own, whose, at) as unknown as Ready);
    return shared(new ReadySignal(own, this.#sheet, run, pinned) as Ready);
  }

  #gathered(ids: readonly number[], listIds: readonly number[]): Ready | undefined {
    const parts = ids.map((id) => this.at(id));
    if (parts.includes(undefined)) return undefined;
    const values = parts.map((part) => (part as Ready).value);
    const lists = this.#known(listIds);
    return shared(new GatheredSignal(handedOut(values), parts as Ready[], lists) as unknown as Ready);
  }

  /** Which list is whose is known by its place: of some of them nothing is known. */
  #known(listIds: readonly number[]): readonly Ready[] {
    const lists = listIds.map((id) => this.at(id));
    return lists.includes(undefined) ? [] : (lists as Ready[]);
  }
}
