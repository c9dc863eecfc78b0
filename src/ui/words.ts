/** Numbers and states in words, as the canvas says them. Pure; the hour comes in as a parameter. */
import type { ItemsView } from "../protocol/port.ts";
import type { CardView, QueueView, StatusView, View } from "../protocol.ts";

/** How long something took: `12 ms`, `4.1 s`, `2 min 5 s`. */
export function duration(ms: number): string {
  if (ms < 1) return "<1 ms";
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) return joined([Math.floor(seconds / 60), "min"], [seconds % 60, "s"]);
  return joined([Math.floor(seconds / 3600), "h"], [Math.floor((seconds % 3600) / 60), "min"]);
}

function joined([large, word]: readonly [number, string], [small, unit]: readonly [number, string]): string {
  return small === 0 ? `${large} ${word}` : `${large} ${word} ${small} ${unit}`;
}

/** How long something has been going on, in tenths of a second while that can be read. */
export function elapsed(ms: number): string {
  const past = Math.max(ms, 0);
  return past < 59_950 ? `${(past / 1000).toFixed(1)} s` : duration(past);
}

/** How long ago: `now`, `12 s ago`, `3 min ago`. */
export function ago(ms: number): string {
  const seconds = Math.floor(Math.max(ms, 0) / 1000);
  if (seconds < 2) return "now";
  if (seconds < 60) return `${seconds} s ago`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h ago`;
  return `${Math.floor(seconds / 86_400)} d ago`;
}

/** `A`, `A and B`, `A, B and C`. */
export function list(names: readonly string[]): string {
  return names.length < 2 ? (names[0] ?? "") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

/** A size in bytes: `840 B`, `12 KB`, `3.4 MB`. */
export function bytes(size: number): string {
  if (size < 1000) return `${size} B`;
  if (size < 999_500) return `${Math.round(size / 1000)} KB`;
  return `${(size / 1_000_000).toFixed(1)} MB`;
}

/** A number as people read it: no trailing digits of binary arithmetic. */
export function plain(value: number): string {
  return String(Number(value.toPrecision(12)));
}

/** The status line without its times: a strong beginning and the rest. */
export function statusWords(status: StatusView): { readonly head: string; readonly rest: string } {
  switch (status.kind) {
    case "stale":
      return status.unrun ? { head: "Not run yet", rest: "" } : { head: "Stale", rest: `since ${status.because}` };
    case "waiting":
      return { head: "Waits", rest: `for ${list(status.for)}` };
    case "running":
      if (status.queue) return { head: "Queued", rest: `· ${queueWords(status.queue)}` };
      return { head: "Running", rest: status.message ? `· ${status.message}` : "" };
    case "asks":
      return { head: "Waits", rest: "for you" };
    case "ending":
      return { head: "Still ending", rest: "· it was told to stop and goes on" };
    case "failed":
      return { head: status.failure.message, rest: status.failure.advice };
    case "note":
      return { head: "", rest: status.text };
  }
}

/** A place in a line: `place 2 · about 6 s`. */
export function queueWords({ position, eta }: QueueView): string {
  return `place ${position}${eta === undefined ? "" : ` · about ${duration(eta)}`}`;
}

/** How the items of a list stand: `3 of 10 ready, 1 failed`; their number when there is nothing else to say. */
export function itemsWords({ of, counts }: Pick<ItemsView, "of" | "counts">): string {
  if (counts.ready === of) return `${of} ${of === 1 ? "item" : "items"}`;
  const others = (["failed", "pending"] as const).flatMap((state) =>
    counts[state] > 0 ? [`${counts[state]} ${state === "pending" ? "running" : state}`] : [],
  );
  return [`${counts.ready} of ${of} ready`, ...others].join(", ");
}

/** Milliseconds until the status line reads differently, or `null` when time does not change it. */
export function nextTick(status: StatusView | null, now: number): number | null {
  if (status?.kind === "running") return now - status.since < 60_000 ? 100 : 1000;
  if (status?.kind !== "stale" || status.unrun) return null;
  const past = Math.max(now - status.since, 0);
  const unit = past < 60_000 ? 1000 : past < 3_600_000 ? 60_000 : 3_600_000;
  return unit - (past % unit) + 1;
}

/** What the primary button says and whether it can be pressed; `names` is what it would run. */
export interface Primary {
  readonly label: string;
  readonly disabled: boolean;
  readonly again: boolean;
  readonly why: string;
  readonly names: readonly string[];
  /** The card that it goes to, when a person is waited for. */
  readonly goal?: string;
}

/** The one primary button: `Run 3 stale`, `Running…`, `Waits for you`, or `Run all again` when nothing is due. */
export function primary(view: View): Primary {
  const cards = Object.values(view.cards);
  const busy = cards.filter(underWay);
  const asking = cards.filter((card) => card.ask);
  const waiting = cards.filter((card) => card.status?.kind === "waiting");
  const started = [...busy, ...asking];
  const asked = new Set(started.length > 0 ? [...started, ...waiting].map((card) => card.name) : []);
  const due = view.due.filter((name) => !asked.has(name));
  if (due.length > 0) {
    const stale = cards.every((card) => card.state === "stale" || !due.includes(card.name));
    const what = stale ? "stale" : due.length === 1 ? "step" : "steps";
    return { label: `Run ${due.length} ${what}`, disabled: false, again: false, why: `Runs ${list(due)}`, names: due };
  }
  if (busy.length > 0) {
    const names = busy.map((card) => card.name);
    return { label: "Running…", disabled: true, again: false, why: `Under way: ${list(names)}`, names };
  }
  if (asking.length > 0) {
    const names = asking.map((card) => card.name);
    const goal = asking[0]?.id as string;
    return { label: "Waits for you", disabled: false, again: false, why: `Answer ${list(names)}`, names, goal };
  }
  const names = cards.filter((card) => card.runnable).map((card) => card.name);
  const why =
    names.length > 0 ? "Everything is up to date; this runs every step anew" : "This graph has no steps to run";
  return { label: "Run all again", disabled: names.length === 0, again: true, why, names };
}

/** True while a card's node runs or waits for its turn; not while it waits for a person. */
export function underWay(card: CardView): boolean {
  return !card.ask && (card.state === "pending" || card.status?.kind === "running");
}
