/** A story, and then the sheet opened again: everything is as it was, and nothing has run. */
import { expect } from "vitest";
import type { Graph } from "../../src/engine/graph.ts";
import { apply, type Edit } from "../../src/testing.ts";
import { historyOf, Lives, shownOn } from "./persist-lives.ts";

async function edited(graph: Graph, drawn: readonly Edit[], each?: (lives: Lives) => void) {
  const lives = new Lives();
  const sheet = lives.first(graph);
  for (const edit of drawn) {
    await apply(sheet, edit);
    each?.(lives);
  }
  await sheet.settled();
  return { lives, sheet };
}

/** `often`: saved after each edit. */
export async function cameBack(graph: Graph, list: readonly Edit[], often: boolean): Promise<void> {
  const { lives, sheet } = await edited(graph, list, often ? (one) => one.save() : undefined);
  const [shown, history] = [shownOn(sheet), historyOf(sheet)];
  lives.compact();
  const begun = lives.runsBegun;
  const again = lives.next(graph);
  expect(shownOn(again)).toEqual(whatIsKept(shown, shownOn(again)));
  expect(historyOf(again)).toEqual(history);
  await again.settled();
  expect(lives.save().runsBegun).toBe(begun);
  // And once more: what was opened and not touched is the same again.
  const third = lives.next(graph);
  expect(shownOn(third)).toEqual(whatIsKept(shown, shownOn(third)));
  expect(historyOf(third)).toEqual(history);
}

type Shown = ReturnType<typeof shownOn>;

/** Lists that are not of one length have no items: those of before, which have failed because of that, are gone with the sheet. */
function whatIsKept(shown: Shown, again: Shown): Shown {
  const kept = ([name, one]: readonly [string, unknown]) => {
    const now = again[name];
    const gone = Array.isArray(one) && Array.isArray(now) && now.length === 0 && one.every(hasFailed);
    return [name, gone ? now : one];
  };
  return Object.fromEntries(Object.entries(shown).map(kept));
}

function hasFailed(item: unknown): boolean {
  return item === "failed" || (item as { readonly kind?: string }).kind === "failed";
}
