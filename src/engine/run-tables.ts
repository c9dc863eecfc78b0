/**
 * How remembered runs are found: by their number, and by what their inputs look like at a glance. Not in a `Map` whose entries come
 * and go: each time that it grows or sheds what was taken out, it leaves behind a table which still names them and the table after it.
 * Once such a table has grown old, all runs after it are carried along as if they were remembered, and that costs more than they do.
 */
import type { RememberedRun } from "./remembered-run.ts";

const pageSize = 32;

/** Neighbours by number; empty once none of them is remembered. */
interface Page {
  readonly runs: (RememberedRun | undefined)[];
  count: number;
}

/** Runs by their numbers, which go up: mostly those of a page come together and go together. */
export class RunsByNumber {
  readonly #pages = new Map<number, Page>();

  at(number: number): RememberedRun | undefined {
    return this.#pages.get(Math.floor(number / pageSize))?.runs[number % pageSize];
  }

  add(number: number, run: RememberedRun): void {
    const page = this.#pageOf(number);
    const at = number % pageSize;
    if (page.runs[at] === undefined) page.count++;
    page.runs[at] = run;
  }

  delete(number: number): void {
    const at = Math.floor(number / pageSize);
    const page = this.#pages.get(at);
    if (page?.runs[number % pageSize] === undefined) return;
    page.runs[number % pageSize] = undefined;
    page.count--;
    if (page.count === 0) this.#pages.delete(at);
  }

  /** In no order. */
  *[Symbol.iterator](): Generator<RememberedRun> {
    for (const { runs } of this.#pages.values()) for (const run of runs) if (run !== undefined) yield run;
  }

  #pageOf(number: number): Page {
    const at = Math.floor(number / pageSize);
    const known = this.#pages.get(at);
    if (known) return known;
    const page = { runs: new Array<RememberedRun | undefined>(pageSize).fill(undefined), count: 0 };
    this.#pages.set(at, page);
    return page;
  }
}

/** Runs by their glance, of equal ones the latest first. Each run leads to the next of its list: a run is in one such table at most. */
export class RunsByGlance {
  #lists: (RememberedRun | undefined)[] = emptyLists(8);
  #count = 0;

  /** The first that may be of that glance; `next` leads to the others. */
  first(glance: number): RememberedRun | undefined {
    return this.#lists[glance & (this.#lists.length - 1)];
  }

  add(run: RememberedRun): void {
    // Half of the lists are empty: to look into a run that is not meant, long out of the processor's sight, takes longer than all else here.
    if (2 * this.#count >= this.#lists.length) this.#grow();
    this.#put(run);
    this.#count++;
  }

  delete(run: RememberedRun): void {
    const at = run.glance & (this.#lists.length - 1);
    const first = this.#lists[at];
    if (first === run) this.#lists[at] = run.next;
    else {
      let before = first;
      while (before !== undefined && before.next !== run) before = before.next;
      if (before === undefined) return;
      before.next = run.next;
    }
    run.next = undefined;
    this.#count--;
  }

  #put(run: RememberedRun): void {
    const at = run.glance & (this.#lists.length - 1);
    run.next = this.#lists[at];
    this.#lists[at] = run;
  }

  #grow(): void {
    const lists = this.#lists;
    this.#lists = emptyLists(2 * lists.length);
    for (const first of lists)
      for (let run = turnedRound(first); run !== undefined; ) {
        const { next } = run;
        this.#put(run);
        run = next;
      }
  }
}

/** A list from its last run to its first. */
function turnedRound(first: RememberedRun | undefined): RememberedRun | undefined {
  let last: RememberedRun | undefined;
  for (let run = first; run !== undefined; ) {
    const { next } = run;
    run.next = last;
    last = run;
    run = next;
  }
  return last;
}

function emptyLists(length: number): (RememberedRun | undefined)[] {
  return new Array<RememberedRun | undefined>(length).fill(undefined);
}
