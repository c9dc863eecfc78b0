/** Which variant was selected: the one whose run is named, or another that gave the same. */
import type { ChoiceStep } from "./choice-step.ts";
import type { Decision, Needs } from "./needs.ts";
import type { RememberedRun } from "./remembered-run.ts";
import { gives } from "./remembered-run.ts";
import type { Ready } from "./signal.ts";
import type { Slot } from "./slot.ts";

export class ChoiceNeed implements Decision {
  readonly given: { readonly slot: Slot; readonly signal: Ready; readonly above: readonly RememberedRun[] }[] = [];
  readonly #needs: Needs;
  readonly #choice: ChoiceStep;

  constructor(needs: Needs, choice: ChoiceStep) {
    this.#needs = needs;
    this.#choice = choice;
  }

  *tries(): Generator<() => boolean, undefined> {
    const named = this.given.flatMap(({ above }) => above.slice(0, 1).map((run) => this.#choice.makerOf(run)));
    for (const variant of new Set(named)) if (variant >= 0) yield () => this.#chose(variant);
    for (let variant = 0; variant < this.#choice.node.above.length; variant++)
      if (!named.includes(variant)) yield () => this.#gave(variant) && this.#chose(variant);
  }

  #chose(variant: number): boolean {
    this.#needs.chose(this.#choice, variant);
    return this.given.every(({ slot, signal, above }) => this.#needs.given(this.#choice, slot, signal, above));
  }

  #gave(variant: number): boolean {
    return this.given.every(({ slot, signal }) => {
      const own = this.#choice.slotOf(variant, slot);
      return own.owner?.history.some((run) => gives(run, own, signal));
    });
  }
}
