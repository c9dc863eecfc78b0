/** Which sheet this page shows: the one that its address names, then the one that was looked at last in this browser, then the first. */

const key = "millrace-sheet";

/** Sheets, the one to be shown first. */
export function preferred<T extends { readonly id: string }>(sheets: readonly T[]): readonly T[] {
  const wanted = [location.hash.slice(1), last()];
  const rank = ({ id }: T) => (wanted.includes(id) ? wanted.indexOf(id) : wanted.length);
  return [...sheets].sort((a, b) => rank(a) - rank(b));
}

/** Says in the address, and to this browser, which sheet is shown. */
export function remember(sheet: string): void {
  if (location.hash.slice(1) === sheet) return;
  history.replaceState(null, "", `#${sheet}`);
  try {
    localStorage.setItem(key, sheet);
  } catch {
    // Without a memory of its own the browser opens the first.
  }
}

function last(): string {
  try {
    return localStorage.getItem(key) ?? "";
  } catch {
    return "";
  }
}
