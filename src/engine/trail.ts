/** What was noted in the course of a search, latest last, so that it can be taken back: a decision that leads nowhere leaves nothing behind. */
export class Trail {
  readonly #undoing: (() => unknown)[] = [];

  /** How far it leads now: back to here it can be taken back. */
  get mark(): number {
    return this.#undoing.length;
  }

  undo(mark: number): void {
    while (this.#undoing.length > mark) this.#undoing.pop()?.();
  }

  note(undo: () => unknown): void {
    this.#undoing.push(undo);
  }

  push<T>(list: T[], one: T): void {
    list.push(one);
    this.note(() => list.pop());
  }

  put<K, V>(map: Map<K, V>, key: K, value: V): void {
    const before = map.get(key);
    map.set(key, value);
    this.note(() => (before === undefined ? map.delete(key) : map.set(key, before)));
  }
}
