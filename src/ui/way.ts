/**
 * The way into graphs inside graphs that one has gone: a name for each, `Frame`, or `Frame[17]` for that of an item by its id.
 * An item keeps its id while it moves, so one stays in the graph that was opened. The server is asked for what is not there;
 * where it says no, one stands outside again.
 */
import type { Answer, Command } from "../protocol/command.ts";
import type { View } from "../protocol.ts";
import { type Opened, renumbered, withId } from "./opened.ts";

/** What was opened: a card, and of a scattered one an item. */
export interface Door {
  readonly card: string;
  readonly item?: Opened;
}

export class Way {
  #doors: readonly Door[] = [];
  #names: readonly string[] = [];
  /** What the server was asked for and has not answered. */
  #asked: readonly string[] | null = null;
  readonly #changed: () => void;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** From the sheet's own graph down; none where one has not gone into any. The same list while one stays. */
  get names(): readonly string[] {
    return this.#names;
  }

  in(door: Door): void {
    this.#go([...this.#doors, door]);
  }

  /** Out again until one is so many graphs deep; the card that one comes out of. */
  out(deep: number): string | undefined {
    const left = this.#doors[deep]?.card;
    this.#go(this.#doors.slice(0, deep));
    return left;
  }

  /** The view of the graph that one has gone into; `undefined` while it is not there. */
  shown(view: View): View | undefined {
    return viewInside(view, this.#names);
  }

  /** Where one is, as people read it, the sheet's graph first: `Frame`, `Frame, item 3`. */
  words(view: View): readonly string[] {
    return [
      view.graph,
      ...this.#doors.map(({ card, item }, i) => {
        const at = viewInside(view, this.#names.slice(0, i + 1))?.item ?? item?.at;
        return at === undefined ? card : `${card}, item ${at + 1}`;
      }),
    ];
  }

  /** Others may have looked into so many graphs since that this one was let go; the server may have begun anew. */
  seek(view: View, ask: (command: Command) => Promise<Answer>): void {
    const [names, door] = [this.#names, this.#doors.at(-1)];
    if (!door || this.shown(view) || this.#asked === names) return;
    const { card, item } = door;
    const again = item && this.#anew(view, door, item);
    if (again) return this.#go([...this.#doors.slice(0, -1), { card, item: again }]);
    this.#asked = names;
    void ask({ kind: "open", card, inside: names.slice(0, -1), ...(item && { item: item.id }) }).then(({ ok }) => {
      if (!ok && this.#names === names) this.out(names.length - 1);
      if (this.#asked === names) this.#asked = null;
    });
  }

  /** A server that began anew knows the item by another id. */
  #anew(view: View, { card }: Door, item: Opened): Opened | undefined {
    const outer = viewInside(view, this.#names.slice(0, -1));
    const lists = outer?.cards[card]?.outputs.flatMap(({ items }) => items ?? []) ?? [];
    if (lists.some((items) => withId(items, item.id))) return undefined;
    return lists.map((items) => renumbered(item, items)).find((one) => one !== undefined);
  }

  #go(doors: readonly Door[]): void {
    this.#doors = doors;
    this.#names = doors.map(({ card, item }) => (item ? `${card}[${item.id}]` : card));
    this.#changed();
  }
}

function viewInside(view: View, names: readonly string[]): View | undefined {
  return names.reduce<View | undefined>(
    (at, name) => (at && Object.hasOwn(at.insides, name) ? at.insides[name] : undefined),
    view,
  );
}
