/**
 * The stream of a sheet: a `Snapshot` of its view, then a `Patch` for each change. `diff` says what must change, and
 * `applyChanges` changes it. Plain JSON: both sides of the wire read this file.
 *
 * Laws: P1 `applyPatch(before, { changes: diff(before, after) })` equals `after`; a patch never starts anywhere but at
 * the revision it names.
 */
import type { Json, View } from "../protocol.ts";

/** SSE event `snapshot`. */
export interface Snapshot {
  readonly revision: number;
  readonly view: View;
}

/** SSE event `patch`: from one revision to a later one. */
export interface Patch {
  readonly from: number;
  readonly to: number;
  readonly changes: readonly Change[];
}

/** One place of the view: set to `value`, or gone when there is none. An empty path is the whole view. */
export interface Change {
  readonly path: readonly (string | number)[];
  readonly value?: Json;
}

/** What must change to make `after` of `before`. Objects are compared key by key, arrays of equal length item by item. */
export function diff(before: Json, after: Json): readonly Change[] {
  const changes: Change[] = [];
  collect(before, after, [], changes);
  return changes;
}

function collect(before: Json, after: Json, path: readonly (string | number)[], changes: Change[]): void {
  if (Object.is(before, after)) return;
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
    for (let i = 0; i < after.length; i++) collect(before[i], after[i], [...path, i], changes);
  } else if (isRecord(before) && isRecord(after)) {
    for (const key of Object.keys(before)) if (!Object.hasOwn(after, key)) changes.push({ path: [...path, key] });
    for (const [key, value] of Object.entries(after)) {
      if (Object.hasOwn(before, key)) collect(before[key] as Json, value, [...path, key], changes);
      else changes.push({ path: [...path, key], value });
    }
  } else changes.push({ path, value: after });
}

/** The value with the changes made. What did not change is shared with `before`, which stays as it was. */
export function applyChanges<T>(before: T, changes: readonly Change[]): T {
  return changes.reduce<unknown>((json, change) => replaced(json, change, 0), before) as T;
}

/** The view after a patch, or `undefined` when the patch does not start at `revision`: then ask for a snapshot. */
export function applyPatch(at: Snapshot, patch: Patch): Snapshot | undefined {
  if (patch.from !== at.revision) return undefined;
  return { revision: patch.to, view: applyChanges(at.view, patch.changes) };
}

function replaced(json: unknown, change: Change, depth: number): unknown {
  if (depth === change.path.length) return change.value;
  const key = change.path[depth] as string | number;
  const last = depth === change.path.length - 1;
  if (Array.isArray(json)) {
    const copy = [...json];
    copy[key as number] = replaced(json[key as number], change, depth + 1);
    return copy;
  }
  // A null prototype would survive neither JSON nor spreading; `defineProperty` keeps a key named "__proto__" a key.
  const copy: Record<string, unknown> = { ...(json as Record<string, unknown>) };
  if (last && !("value" in change)) delete copy[key];
  else {
    const value = replaced(Object.hasOwn(copy, key) ? copy[key] : undefined, change, depth + 1);
    Object.defineProperty(copy, key, { value, enumerable: true, writable: true, configurable: true });
  }
  return copy;
}

function isRecord(json: unknown): json is { readonly [key: string]: Json } {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}
