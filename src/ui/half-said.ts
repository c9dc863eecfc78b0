/**
 * What a person has begun to answer and not sent, by where it was asked. It outlives the question, for somebody else may
 * answer first, and the page, which may be loaded again; it ends when it is sent or thrown away.
 */

const key = (place: string): string => `millrace-half-said ${place}`;

/** Where the browser keeps nothing for a page, it lives as long as the page. */
const meanwhile = new Map<string, string>();

/** The words so far; empty when there are none. */
export function halfSaid(place: string): string {
  return meanwhile.get(place) ?? stored(place);
}

export function keepHalfSaid(place: string, words: string): void {
  if (words === "") meanwhile.delete(place);
  else meanwhile.set(place, words);
  try {
    if (words === "") sessionStorage.removeItem(key(place));
    else sessionStorage.setItem(key(place), words);
  } catch {
    // They are kept by the page.
  }
}

function stored(place: string): string {
  try {
    return sessionStorage.getItem(key(place)) ?? "";
  } catch {
    return "";
  }
}
