/** Which of its runs a step showed: one that others name, or another that gave the same. */

import { alike } from "./alike.ts";
import type { Decision, Needs } from "./needs.ts";
import type { Maker, RememberedRun } from "./remembered-run.ts";
import { gives } from "./remembered-run.ts";
import type { Ready } from "./signal.ts";
import type { Slot } from "./slot.ts";

export class RunNeed implements Decision {
  readonly named: RememberedRun[] = [];
  /** What others were given of it. */
  readonly given: { readonly slot: Slot; readonly signal: Ready }[] = [];
  /** Those that others name as one of many items: another has to give just what one of these gave. */
  readonly likes: RememberedRun[] = [];
  readonly #needs: Needs;
  readonly #maker: Maker;

  constructor(needs: Needs, maker: Maker) {
    this.#needs = needs;
    this.#maker = maker;
  }

  name(run: RememberedRun): void {
    if (!this.named.includes(run)) this.#needs.trail.push(this.named, run);
  }

  *tries(): Generator<() => boolean, undefined> {
    const latest = (a: RememberedRun, b: RememberedRun) => b.number - a.number;
    const named = [...this.named].sort(latest);
    for (const run of named) yield () => this.#took(run);
    const { chosen } = this.#needs;
    const [first] = named;
    if (first === undefined || first === chosen) return;
    const others = first.home.inOrder.filter(
      (run) => run.maker === this.#maker && run.gave !== undefined && !named.includes(run),
    );
    // What began later was not there yet, unless it was chosen to be seen since.
    const isLater = ({ number }: RememberedRun) => number >= chosen.number;
    const before = others.filter((run) => !isLater(run)).reverse();
    for (const run of [...before, ...others.filter(isLater)]) yield () => this.#took(run);
    if (this.#needs.lenient) yield () => this.#needs.took(first, this.#maker);
  }

  #took(run: RememberedRun): boolean {
    return this.#gave(run) && this.#likens(run) && this.#needs.took(run, this.#maker);
  }

  #gave(run: RememberedRun): boolean {
    return this.given.every(({ slot, signal }) => gives(run, slot, signal) !== false);
  }

  #likens(run: RememberedRun): boolean {
    return this.likes.length === 0 || this.likes.some((like) => like === run || alike(like.gave, run.gave ?? []));
  }
}
