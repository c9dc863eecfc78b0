/**
 * The client is given a `fetch`, and for results and for asking whether one is there yet it uses the global one all the same.
 * While a call is under way the global `fetch` therefore looks who asks: within that call it is the one that was given; for
 * everybody else it is what it was. When the last call is over, it is put back.
 */
import type { Fetch } from "../hub-fetch.ts";

type Storage = import("node:async_hooks").AsyncLocalStorage<Fetch>;

let storage: Storage | undefined;
let calls = 0;
let usual: Fetch | undefined;

const looking: Fetch = (input, init) => (storage?.getStore() ?? usualFetch())(input, init);

/** The `fetch` that this process uses by itself. */
export function usualFetch(): Fetch {
  return usual ?? globalThis.fetch;
}

/** Does some work in which every `fetch` is this one. */
export async function withFetch<T>(fetch: Fetch, work: () => Promise<T>): Promise<T> {
  storage ??= new (process.getBuiltinModule("node:async_hooks").AsyncLocalStorage)();
  if (calls++ === 0) {
    usual = globalThis.fetch;
    globalThis.fetch = looking;
  }
  try {
    return await storage.run(fetch, work);
  } finally {
    if (--calls === 0) {
      if (globalThis.fetch === looking && usual) globalThis.fetch = usual;
      usual = undefined;
    }
  }
}
