/** Whose a key is. */

/** True while Escape first closes what is open there, or ends an edit. */
export function editing(event: Event): boolean {
  const at = event.composedPath()[0];
  return at instanceof Element && at.matches("input, textarea, select, dialog, dialog *, [popover], [popover] *");
}
