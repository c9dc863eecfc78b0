/** Hears of the sizes of those elements that are there: others come, and some go. */
export class Sizes {
  readonly #observer: ResizeObserver;
  readonly #watched = new Set<Element>();

  constructor(changed: () => void) {
    this.#observer = new ResizeObserver(changed);
  }

  /** Watches these from now on, and no others. */
  watch(elements: readonly Element[]): void {
    const here = new Set(elements);
    for (const gone of this.#watched) {
      if (here.has(gone)) continue;
      this.#observer.unobserve(gone);
      this.#watched.delete(gone);
    }
    for (const element of here) {
      if (this.#watched.has(element)) continue;
      this.#watched.add(element);
      this.#observer.observe(element);
    }
  }
}
