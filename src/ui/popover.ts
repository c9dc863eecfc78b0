/**
 * Places what floats above the canvas: beside its button, inside the window, unscaled by the canvas's zoom. Opening and
 * closing are the browser's (`popovertarget`); this answers the panel's `toggle` event.
 */
import { clamp } from "./geometry.ts";

/** Places a panel that was opened under its button, above when there is no room, and gives its first item the focus. */
export function place(event: Event, side: "left" | "right" = "right"): void {
  const panel = event.currentTarget as HTMLElement;
  const open = panel.matches(":popover-open");
  const root = panel.getRootNode() as ShadowRoot;
  const button = root.querySelector<HTMLElement>(`[popovertarget="${panel.id}"]`);
  const at = button?.getBoundingClientRect();
  // Unseen until it is where it belongs.
  panel.toggleAttribute("data-placed", open && at !== undefined);
  if (!open || !at) return;
  const { offsetWidth: width, offsetHeight: height } = panel;
  const below = at.bottom + 4 + height <= innerHeight - 8;
  const left = side === "left" ? at.left : at.right - width;
  panel.style.left = `${clamp(left, 8, Math.max(innerWidth - width - 8, 8))}px`;
  panel.style.top = `${below ? at.bottom + 4 : Math.max(at.top - height - 4, 8)}px`;
  panel.querySelector<HTMLElement>('[role^="menuitem"]:not(:disabled)')?.focus();
  panel.addEventListener("beforetoggle", () => giveFocusBack(panel, button), { once: true });
}

/** To the button, from a panel that closes: the browser would give it to the page's element, for it does not look into shadow roots. */
function giveFocusBack(panel: HTMLElement, button: HTMLElement | null): void {
  const root = panel.getRootNode() as ShadowRoot;
  if (root.activeElement && panel.contains(root.activeElement)) button?.focus();
}

/** The arrow keys in a menu. */
export function walkMenu(event: KeyboardEvent): void {
  const menu = event.currentTarget as HTMLElement;
  const items = [...menu.querySelectorAll<HTMLElement>('[role^="menuitem"]:not(:disabled)')];
  const at = items.indexOf((menu.getRootNode() as ShadowRoot).activeElement as HTMLElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
  if (to === undefined || items.length === 0) return;
  event.preventDefault();
  event.stopPropagation();
  items.at(to % items.length)?.focus();
}
