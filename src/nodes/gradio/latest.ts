/** The latest of what comes faster than it is taken: whoever is behind takes the newest and leaves out what was before it. */

export interface Latest<T> {
  readonly put: (value: T) => void;
  /** What is there each time that somebody asks, until `end` has settled; how it settles is nothing to this. */
  until(end: Promise<unknown>): AsyncGenerator<T>;
}

export function latest<T>(): Latest<T> {
  let held: { readonly value: T } | undefined;
  let wake = () => {};
  let over = false;
  return {
    put: (value) => {
      held = { value };
      wake();
    },
    async *until(end) {
      const ended = () => {
        over = true;
        wake();
      };
      end.then(ended, ended);
      for (;;) {
        const told = new Promise<void>((resolve) => {
          wake = resolve;
        });
        if (over) return;
        if (held === undefined) await told;
        else {
          const { value } = held;
          held = undefined;
          yield value;
        }
      }
    },
  };
}
