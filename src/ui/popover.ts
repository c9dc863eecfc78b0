/**
 * Opens what floats above the canvas: beside its button, inside the window, unscaled by the canvas's zoom. Closing by
 * Escape or a press elsewhere is the browser's.
 */
import { clamp } from "./geometry.ts";

/** Shows a `popover` element under the button that asked for it (above when there is no room), or hides it again. */
export function openBelow(panel: HTMLElement, button: HTMLElement, side: "left" | "right" = "right"): void {
  panel.togglePopover();
  if (!panel.matches(":popover-open")) return;
  const at = button.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = panel;
  const below = at.bottom + 4 + height <= innerHeight - 8;
  panel.style.left = `${clamp(side === "left" ? at.left : at.right - width, 8, Math.max(innerWidth - width - 8, 8))}px`;
  panel.style.top = `${below ? at.bottom + 4 : Math.max(at.top - height - 4, 8)}px`;
  panel.querySelector<HTMLElement>('[role^="menuitem"]:not(:disabled)')?.focus();
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
