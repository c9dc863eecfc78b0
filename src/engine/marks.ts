/**
 * What is to be visited, in the order of height (the longest path from a source): a step is visited after everything it depends
 * on. Only what is marked is touched, and heights that hold nothing are skipped: cost follows the cone (W9). Visiting is a
 * loop, so depth costs no stack (W8).
 */

/** What can be marked: a step, with what is kept of it here, a linked list per height. */
export interface Visited {
  /** True while it waits to be visited. */
  marked: boolean;
  nextMarked: Visited | undefined;
  /** The longest path from a source. */
  readonly height: number;
  visit(): void;
}

export class Marks {
  /** The one that is marked, while there is but one: along a chain nothing need be filed. */
  #alone: Visited | undefined = undefined;
  readonly #first: (Visited | undefined)[] = [];
  readonly #last: (Visited | undefined)[] = [];
  readonly #heights = new Heights();

  get none(): boolean {
    return this.#alone === undefined && this.#heights.least === undefined;
  }

  add(step: Visited): void {
    if (step.marked) return;
    step.marked = true;
    if (this.#heights.least !== undefined) return this.#file(step);
    const alone = this.#alone;
    if (alone === undefined) {
      this.#alone = step;
      return;
    }
    this.#alone = undefined;
    this.#file(alone);
    this.#file(step);
  }

  /** Visits what is marked, and what is marked meanwhile, until nothing is. */
  visitAll(): void {
    for (;;) {
      const step = this.#alone;
      if (step !== undefined) {
        this.#alone = undefined;
        step.marked = false;
        step.visit();
      } else if (this.#heights.least !== undefined) this.#visitHeight(this.#heights.least);
      else return;
    }
  }

  #file(step: Visited): void {
    const { height } = step;
    if (this.#first[height] === undefined) {
      this.#first[height] = step;
      this.#heights.add(height);
    } else (this.#last[height] as Visited).nextMarked = step;
    this.#last[height] = step;
  }

  /** Visits what is marked at the least height. A step may mark others there, or ask one further up: then that comes first. */
  #visitHeight(height: number): void {
    const first = this.#first;
    const heights = this.#heights;
    for (let step = first[height]; step !== undefined && heights.least === height; step = first[height]) {
      first[height] = step.nextMarked;
      step.nextMarked = undefined;
      step.marked = false;
      step.visit();
    }
    if (first[height] !== undefined || heights.least !== height) return;
    this.#last[height] = undefined;
    heights.takeLeast();
  }
}

/** The heights that hold marked steps, each once, the least first: a heap. */
class Heights {
  readonly #heap: number[] = [];
  /** Whether a height is in the heap. */
  readonly #there: boolean[] = [];

  get least(): number | undefined {
    return this.#heap[0];
  }

  add(height: number): void {
    if (this.#there[height] === true) return;
    this.#there[height] = true;
    const heap = this.#heap;
    let at = heap.length;
    heap.push(height);
    while (at > 0) {
      const up = (at - 1) >> 1;
      const above = heap[up] as number;
      if (above <= height) break;
      heap[at] = above;
      at = up;
    }
    heap[at] = height;
  }

  takeLeast(): void {
    const heap = this.#heap;
    this.#there[heap[0] as number] = false;
    const moved = heap.pop() as number;
    const size = heap.length;
    if (size === 0) return;
    let at = 0;
    for (let down = 1; down < size; down = 2 * at + 1) {
      if (down + 1 < size && (heap[down + 1] as number) < (heap[down] as number)) down++;
      if ((heap[down] as number) >= moved) break;
      heap[at] = heap[down] as number;
      at = down;
    }
    heap[at] = moved;
  }
}
