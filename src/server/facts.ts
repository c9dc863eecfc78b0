/** What there is to say of a sheet as a whole: its name, how far saving is, what happened to its stored data. Told as changes of the view. */
import type { Change } from "../protocol/patch.ts";
import type { Json, View } from "../protocol.ts";

interface Told {
  readonly name: string;
  readonly saved: boolean;
  readonly unsaved: string | null;
  readonly notices: readonly string[];
}

export class Facts {
  readonly #id: string;
  #now: Told;
  readonly #changes: Change[] = [];
  readonly #changed: () => void;

  constructor({ id, name }: View["sheet"], changed: () => void) {
    this.#id = id;
    // In memory a sheet is as safe as it ever is.
    this.#now = { name, saved: true, unsaved: null, notices: [] };
    this.#changed = changed;
  }

  tell(told: Partial<Told>): void {
    const before = this.#now;
    this.#now = { ...before, ...told };
    for (const key of Object.keys(told) as (keyof Told)[]) {
      const value: Json = this.#now[key];
      if (JSON.stringify(value) === JSON.stringify(before[key])) continue;
      this.#changes.push({ path: key === "name" ? ["sheet", "name"] : [key], value });
    }
    if (this.#changes.length > 0) this.#changed();
  }

  /** What changed since it was asked last. */
  changes(): readonly Change[] {
    return this.#changes.splice(0);
  }

  view(): Pick<View, "sheet" | "saved" | "unsaved" | "notices"> {
    const { name, ...rest } = this.#now;
    return { sheet: { id: this.#id, name }, ...rest };
  }
}
