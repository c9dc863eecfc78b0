/**
 * Moving a card by hand: by its header, or with the arrow keys on its glyph. A press that does not move is a press.
 * Says where the card is held, and where it was let go.
 */
import type { Point } from "./geometry.ts";

export interface DragWorld {
  /** Where the card is, and the canvas's zoom. */
  at(card: string): Point | undefined;
  zoom(): number;
  held(card: string, at: Point): void;
  dropped(card: string): void;
  /** Its header was pressed and not moved. */
  pressed(card: string): void;
}

const slack = 3;
const stepOf: { readonly [key: string]: readonly [x: number, y: number] } = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Answers a press on the canvas; does nothing unless it is on a card's header. */
export function startDrag(event: PointerEvent, world: DragWorld): void {
  const path = event.composedPath().filter((target): target is HTMLElement => target instanceof HTMLElement);
  const card = path.find((target) => target.localName === "mr-card")?.id;
  const onHead = path.some((target) => target.matches(".head"));
  const onButton = path.some((target) => target.matches("a, button:not(.glyph), [popover]"));
  const start = card === undefined ? undefined : world.at(card);
  if (!start || card === undefined || !onHead || onButton || event.button !== 0) return;
  const screen = event.currentTarget as HTMLElement;
  const { clientX, clientY, pointerId } = event;
  let moving = false;
  const move = (to: PointerEvent) => {
    if (to.pointerId !== pointerId) return;
    const [dx, dy] = [to.clientX - clientX, to.clientY - clientY];
    if (!moving && Math.hypot(dx, dy) < slack) return;
    if (!moving) screen.setPointerCapture(pointerId);
    moving = true;
    world.held(card, { x: Math.round(start.x + dx / world.zoom()), y: Math.round(start.y + dy / world.zoom()) });
  };
  const end = (to: PointerEvent) => {
    if (to.pointerId !== pointerId) return;
    screen.removeEventListener("pointermove", move);
    screen.removeEventListener("pointerup", end);
    screen.removeEventListener("pointercancel", end);
    if (moving) world.dropped(card);
    else if (to.type === "pointerup") world.pressed(card);
  };
  screen.addEventListener("pointermove", move);
  screen.addEventListener("pointerup", end);
  screen.addEventListener("pointercancel", end);
}

/** Answers an arrow key, or Enter, on a card's glyph. True when it was one. */
export function stepCard(event: KeyboardEvent, world: DragWorld): boolean {
  const path = event.composedPath().filter((target): target is HTMLElement => target instanceof HTMLElement);
  const card = path.find((target) => target.localName === "mr-card")?.id;
  const step = stepOf[event.key];
  if (card === undefined || !path[0]?.matches(".glyph")) return false;
  if (event.key === "Enter") world.pressed(card);
  if (!step) return event.key === "Enter";
  const at = world.at(card);
  if (!at) return false;
  const far = event.shiftKey ? 110 : 22;
  world.held(card, { x: at.x + step[0] * far, y: at.y + step[1] * far });
  world.dropped(card);
  return true;
}
