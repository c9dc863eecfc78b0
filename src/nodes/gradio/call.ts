/** How a node calls its app, and what is known to be wrong with that before the app is asked. */
import { cachedApi, forgetApi } from "./cached-api.ts";
import { type Call, checkInputs, endpointIn } from "./check.ts";
import { placeOf } from "./source.ts";

/** A node's call, with how it enters. */
export interface Called extends Call {
  readonly auth:
    | readonly [user: string, password: string]
    | (() => readonly [user: string, password: string])
    | undefined;
  readonly session: "none" | "sheet";
  readonly validate: boolean;
}

/** Milliseconds for which what was last seen of an app is taken for true without asking it. */
const trustedFor = 10 * 60_000;

/** Of what was seen longer ago only a mistake is said, and then it is forgotten: the app may have changed since. @throws GraphError */
export function checkKnown(called: Called, given: readonly string[] | undefined): void {
  if (typeof process === "undefined" || !process.getBuiltinModule) return;
  const place = placeOf(called.source, process.env);
  const known = cachedApi(place);
  if (known === undefined) return;
  try {
    const endpoint = endpointIn(known.api, called);
    if (given) checkInputs(endpoint, given, called);
  } catch (error) {
    if (known.age > trustedFor) forgetApi(place);
    throw error;
  }
}
