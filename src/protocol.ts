/**
 * What crosses the wire between a sheet's server and a canvas: the `View` (a sheet as shown), the `Patch` (what changed
 * between two numbered views) and the `Command` (what a person asks). Plain JSON, no imports: both sides read this file.
 *
 * Laws: P1 `applyPatch(before, { changes: diff(before, after) })` equals `after`; a patch never starts anywhere but at
 * the revision it names.
 */

/** Any JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

// ── the view

/** A sheet as shown. Cards and edges are records by id, so that a patch names only what changed. */
export interface View {
  readonly graph: string;
  readonly sheet: { readonly id: string; readonly name: string };
  /** True when everything up to this revision is kept as safely as this sheet ever is (in memory: always). */
  readonly saved: boolean;
  /** Ids of the cards, each after those it depends on. */
  readonly order: readonly string[];
  readonly cards: { readonly [id: string]: CardView };
  readonly edges: { readonly [id: string]: EdgeView };
  /** Where a person put cards by hand, by card id; the others are laid out. */
  readonly places: { readonly [id: string]: Place };
  /** What is on screen, once a person moved it. */
  readonly viewport: Viewport | null;
  /** What the primary button would run: names of nodes, in order. */
  readonly due: readonly string[];
}

export interface Place {
  readonly x: number;
  readonly y: number;
}
export interface Viewport {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

/** The word of a signal. */
export type State = "empty" | "stale" | "pending" | "ready" | "failed";

/** One card: a node, or a component shared by several nodes (`kind` `"input"` like an InputNode). */
export interface CardView {
  readonly id: string;
  /** Heading: the node's name, or a shared component's label. */
  readonly name: string;
  readonly kind: "fn" | "gradio" | "inference" | "input" | "choice" | "interaction" | "graph";
  /** One quiet line of what it is: `function`, `inputs`, `Space · /generate_image`. */
  readonly about: string;
  /** Where the name leads, if it has a page. */
  readonly href?: string;
  readonly state: State;
  /** The line under the header; `null` when there is nothing to say. */
  readonly status: StatusView | null;
  /** False for cards that have nothing to run (inputs). */
  readonly runnable: boolean;
  readonly trigger: "auto" | "manual";
  /** Milliseconds the last finished run took. */
  readonly duration?: number;
  /** Names of the nodes that running to here would run now, in order. */
  readonly plan: readonly string[];
  /** Ports in the order they were declared. */
  readonly inputs: readonly PortView[];
  readonly outputs: readonly PortView[];
  /** Last lines of the last run's log. */
  readonly log: readonly string[];
  /** How many runs this card has begun: the canvas flashes a card when it grows. */
  readonly runs: number;
}

/** The status line, by what it says. Times are epoch milliseconds of the server's clock. */
export type StatusView =
  | { readonly kind: "stale"; readonly because: string; readonly since: number }
  | { readonly kind: "waiting"; readonly for: readonly string[] }
  | { readonly kind: "running"; readonly since: number; readonly fraction?: number; readonly message?: string }
  | { readonly kind: "failed"; readonly failure: FailureView }
  /** Something to know about a run that went well, e.g. that it blocked the process. */
  | { readonly kind: "note"; readonly text: string };

/** A failure as shown: `reason` is the closed union's word, `message` says what, `advice` what to do. Never a stack or a path. */
export interface FailureView {
  readonly reason: string;
  readonly message: string;
  readonly advice: string;
  /** For `upstream`: the node that failed first. */
  readonly root?: string;
}

export interface PortView {
  readonly name: string;
  readonly label: string;
  readonly info?: string;
  readonly state: State;
  /** How it is shown and edited; `null` when it is not (a constant, a callable, a hidden port). */
  readonly component: ComponentView | null;
  /** True when a person may set it here. */
  readonly editable: boolean;
  /** What to show: the value, or while stale, pending or failed the last good one; `null` when there is none. */
  readonly value: ValueView | null;
  /** `current`: the value is the port's own; `last`: an earlier good one, shown paled; `partial`: a run in progress gave it. */
  readonly shows: "current" | "last" | "partial" | "none";
  /** For an input fed by an edge, the output that feeds it: `Node.port`. */
  readonly from?: string;
}

/** A component with the options that its element needs (`choices`, `minimum`, `lines`, ...). */
export interface ComponentView {
  readonly kind: string;
  readonly options: { readonly [option: string]: Json };
}

/** A value on the wire: JSON inline, a file by reference, or JSON above 16 KiB by address. */
export type ValueView =
  | { readonly kind: "json"; readonly value: Json }
  | { readonly kind: "file"; readonly file: FileView }
  | { readonly kind: "large"; readonly url: string; readonly size: number; readonly preview: string };

/** A file by content. `url` is relative to the page. */
export interface FileView {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly size: number;
  readonly url: string;
}

export interface EdgeView {
  /** `Node.port` of the output. */
  readonly from: string;
  /** `Node.port` of the input. */
  readonly to: string;
  readonly fromCard: string;
  readonly fromPort: string;
  readonly toCard: string;
  readonly toPort: string;
  readonly kind: "plain" | "scatter" | "gather";
  /** `fresh`: the lower node ran with exactly this value; `stale`; `flowing`: being made or used now; `failed`; `empty`: nothing yet. */
  readonly state: "fresh" | "stale" | "flowing" | "failed" | "empty";
}

// ── the stream

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

// ── commands

/** A value sent by the browser: JSON, or a file that was uploaded before, by its id. */
export type GivenValue =
  | { readonly kind: "json"; readonly value: Json }
  | { readonly kind: "file"; readonly id: string };

/** What a person asks; closed by `kind`. Cards are named by id. */
export type Command =
  | { readonly kind: "set"; readonly card: string; readonly port: string; readonly value: GivenValue }
  | { readonly kind: "run"; readonly card: string; readonly only?: boolean; readonly again?: boolean }
  | { readonly kind: "runAll"; readonly again?: boolean }
  | { readonly kind: "cancel"; readonly card?: string }
  | { readonly kind: "place"; readonly card: string; readonly x: number; readonly y: number }
  | { readonly kind: "tidy" }
  | { readonly kind: "viewport"; readonly x: number; readonly y: number; readonly zoom: number };

/** The answer to a command; what it did is seen on the stream alone. */
export type Answer = { readonly ok: true } | { readonly ok: false; readonly failure: Refusal };

/** Why the server would not: a word for programs, a sentence for people, and what exists or was probably meant. */
export interface Refusal {
  readonly reason: string;
  readonly message: string;
  readonly known?: readonly string[];
  readonly suggestion?: string;
}

// ── diff and apply

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
