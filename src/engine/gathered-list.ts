/**
 * The list that a gather puts together from items that are all there, in order (S1). While it has the same items, only those that
 * changed since are looked at: of ten thousand a few may have.
 */
import { equal, listOf } from "./equal.ts";
import type { ItemPlace, ItemPlaces } from "./item-places.ts";
import { GatheredSignal } from "./items.ts";
import { type Ready, shared } from "./signal.ts";
import type { Slot } from "./slot.ts";

export class GatheredList {
  readonly #out: Slot;
  /** The lists that the items came from. */
  readonly #lists: () => readonly Ready[];
  /** What was put together last, while the items are the same. */
  #last: GatheredSignal | undefined = undefined;
  readonly #changed = new Set<ItemPlace>();

  constructor(out: Slot, lists: () => readonly Ready[]) {
    this.#out = out;
    this.#lists = lists;
  }

  /** A place says something new. */
  heard(place: ItemPlace): void {
    if (this.#last) this.#changed.add(place);
  }

  /** There are other items now. */
  forget(): void {
    this.#last = undefined;
  }

  /** Puts together what is ready; the rest is left out. */
  of({ all, counts }: ItemPlaces): Ready {
    const whole = counts.ready === all.length;
    const gathered = (whole ? this.#again() : undefined) ?? this.#anew(all);
    this.#changed.clear();
    this.#last = whole && gathered instanceof GatheredSignal ? gathered : undefined;
    return gathered;
  }

  #again(): Ready | undefined {
    const before = this.#last;
    if (before === undefined || (before as unknown) !== this.#out.good) return undefined;
    const same = [...this.#changed].every(({ at, slot }) => equal((slot.now as Ready).value, before.value[at]));
    if (same) return before as Ready;
    const parts = before.parts.slice();
    // A frozen list is copied a hundred times faster so than by `slice`.
    const values = [...before.value];
    let pinned = false;
    for (const { at, slot } of this.#changed) {
      const now = shared(slot.now) as Ready;
      parts[at] = now;
      values[at] = now.value;
      pinned ||= now.pinned;
    }
    // Whether the rest is pinned is not looked for where nothing was.
    return new GatheredSignal(listOf(values), parts, this.#lists(), before.pinned ? undefined : pinned) as Ready;
  }

  #anew(places: readonly ItemPlace[]): Ready {
    const parts: Ready[] = [];
    for (const { kind, slot } of places) if (kind === "ready") parts.push(shared(slot.now) as Ready);
    const values = parts.map(({ value }) => value);
    return this.#out.signalOf(values) ?? (new GatheredSignal(listOf(values), parts, this.#lists()) as Ready);
  }
}
