/** Many changes as few: what a later change overwrites need not travel. Upholds P1: made in order, the result is the same. */
import type { Change } from "../protocol/patch.ts";

/** The changes without those that a later one at the same place, or around it, makes void. */
export function coalesce(changes: readonly Change[]): readonly Change[] {
  const settled = new Set<string>();
  const kept: Change[] = [];
  for (let i = changes.length - 1; i >= 0; i--) {
    const change = changes[i] as Change;
    const places = placesOf(change);
    if (places.some((place) => settled.has(place))) continue;
    settled.add(places[places.length - 1] as string);
    kept.push(change);
  }
  return kept.reverse();
}

/** The path and every path around it, outermost first. */
function placesOf(change: Change): string[] {
  const places = [""];
  let place = "";
  for (const step of change.path) {
    place += JSON.stringify(step);
    places.push(place);
  }
  return places;
}
