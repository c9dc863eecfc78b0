/** What lives for one item: a step, a fan of its own where the item is a list in turn, or what takes it apart or puts it together. */
import type { Asked } from "./asked.ts";
import type { Fan, Part } from "./fan.ts";
import type { Reader, Slot } from "./slot.ts";
import type { Step } from "./step.ts";
import type { Spot } from "./wiring.ts";

/** The steps of all items, however deep. */
export function leaves(fan: Fan): readonly Asked[] {
  return fan.parts.flatMap((part) => [...part.steps]);
}

/** What lives for every item, however deep, and where the item stands in the outermost list. */
export function itemsOf(fan: Fan): readonly ItemPart[] {
  return fan.parts.flatMap((part, at) => innermost(part).map((one) => ({ at, part: one })));
}
export interface ItemPart {
  readonly at: number;
  readonly part: Part;
}

function innermost(part: Part): readonly Part[] {
  return part.parts ? part.parts.flatMap(innermost) : [part];
}

/** One item's step, as a part of a fan. */
export class StepPart implements Part {
  readonly #step: Step;
  readonly #spot: Spot;

  constructor(step: Step, spot: Spot) {
    this.#step = step;
    this.#spot = spot;
  }

  get steps(): readonly [Step] {
    return [this.#step];
  }

  get goals(): readonly [Step] {
    return [this.#step];
  }

  get outs(): readonly Slot[] {
    return this.#step.outs;
  }

  place(at: number): void {
    this.#spot.at = at;
  }

  retire(): ReadonlySet<Reader> {
    this.#step.retire();
    return new Set([this.#step]);
  }
}

export function fanPart(fan: Fan, spot: Spot): Part {
  return {
    outs: fan.structures,
    get steps() {
      return leaves(fan);
    },
    get goals() {
      return fan.parts.flatMap(({ goals }) => goals);
    },
    get parts() {
      return fan.parts;
    },
    place: (at) => {
      spot.at = at;
    },
    retire: () => {
      const gone = new Set<Reader>([fan, ...fan.parts.flatMap((part) => [...part.retire()])]);
      fan.retire();
      return gone;
    },
  };
}

/** What passes an item on in a slot of its own, and runs nothing. */
export function slotPart(out: Slot): Part {
  return {
    outs: [out],
    steps: [],
    goals: [],
    place: () => undefined,
    retire: () => new Set(out.owner ? [out.owner as Reader] : []),
  };
}
