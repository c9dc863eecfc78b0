/**
 * Panning and zooming of the canvas, by d3-zoom: wheel, pinch, dragging the ground (on a touch screen the cards too).
 * Holds the view; moves the world by a transform, without a render. Tells `moved` at every step and `rested` when a
 * person's own move has come to rest.
 */
import { select } from "d3-selection";
import { type D3ZoomEvent, type ZoomBehavior, zoom, zoomIdentity } from "d3-zoom";
import { type Point, reveal, type Transform, zoomRange } from "./geometry.ts";

const rest = 600;

/** Where the screen is scrolled to: in the midst of the ground, so that the browser can scroll to what lies on any side. */
export const origin = 20_000;

export class PanZoom {
  readonly #screen: HTMLElement;
  readonly #zoom: ZoomBehavior<HTMLElement, unknown>;
  readonly #world: HTMLElement;
  #view: Transform = { k: 1, x: 0, y: 0 };
  #resting: ReturnType<typeof setTimeout> | undefined;
  #flight = 0;
  /** True once a person moved the view themself. */
  touched = false;

  constructor(screen: HTMLElement, world: HTMLElement, tell: { moved(): void; rested(): void }) {
    this.#screen = screen;
    this.#world = world;
    this.#zoom = zoom<HTMLElement, unknown>()
      .scaleExtent([...zoomRange])
      .filter(mayPan)
      .on("start", (event: D3ZoomEvent<HTMLElement, unknown>) => {
        if (event.sourceEvent?.type === "mousedown") screen.classList.add("panning");
      })
      .on("end", () => screen.classList.remove("panning"))
      .on("zoom", (event: D3ZoomEvent<HTMLElement, unknown>) => {
        const { k, x, y } = event.transform;
        this.#view = { k, x, y };
        this.#paint();
        if (event.sourceEvent) {
          cancelAnimationFrame(this.#flight);
          this.#person(tell.rested);
        }
        tell.moved();
      });
    this.#rested = tell.rested;
    screen.scrollTo(origin, origin);
    select(screen).call(this.#zoom).on("dblclick.zoom", null);
  }
  readonly #rested: () => void;

  get view(): Transform {
    return this.#view;
  }

  /** Goes to a view at once. */
  jump({ k, x, y }: Transform): void {
    cancelAnimationFrame(this.#flight);
    this.#zoom.transform(select(this.#screen), zoomIdentity.translate(x, y).scale(k));
  }

  /** Goes to a view because a person asked, in a short glide unless motion is unwelcome. */
  go(to: Transform): void {
    this.#person(this.#rested);
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return this.jump(to);
    cancelAnimationFrame(this.#flight);
    const from = this.#view;
    const start = performance.now();
    const step = (now: number) => {
      const t = Math.min((now - start) / 180, 1);
      const eased = 1 - (1 - t) ** 3;
      const mix = (a: number, b: number) => a + (b - a) * eased;
      const view = { k: mix(from.k, to.k), x: mix(from.x, to.x), y: mix(from.y, to.y) };
      this.jump(t < 1 ? view : to);
      if (t < 1) this.#flight = requestAnimationFrame(step);
    };
    this.#flight = requestAnimationFrame(step);
  }

  /** Takes a move that is not at rest yet for one that is. */
  restNow(): void {
    if (this.#resting === undefined) return;
    clearTimeout(this.#resting);
    this.#resting = undefined;
    this.#rested();
  }

  /** Pans as little as needed to show an element of the world. */
  bringIntoSight(target: HTMLElement): void {
    const { left, top } = this.#screen.getBoundingClientRect();
    const at = target.getBoundingClientRect();
    const box = { x: at.left - left, y: at.top - top, width: at.width, height: at.height };
    const by = reveal({ k: 1, x: 0, y: 0 }, box, {
      width: this.#screen.clientWidth,
      height: this.#screen.clientHeight,
    });
    if (by.x !== 0 || by.y !== 0) this.#panBy(by);
  }

  /** The browser scrolls to what it finds or focuses; here that is panning. */
  takeScroll(): void {
    const { scrollLeft, scrollTop } = this.#screen;
    if (scrollLeft === origin && scrollTop === origin) return;
    this.#screen.scrollTo(origin, origin);
    this.#panBy({ x: origin - scrollLeft, y: origin - scrollTop });
  }

  #panBy({ x, y }: Point): void {
    this.touched = true;
    this.jump({ k: this.#view.k, x: this.#view.x + x, y: this.#view.y + y });
  }

  #person(rested: () => void): void {
    this.touched = true;
    clearTimeout(this.#resting);
    this.#resting = setTimeout(() => {
      this.#resting = undefined;
      rested();
    }, rest);
  }

  #paint(): void {
    const { k, x, y } = this.#view;
    this.#world.style.transform = `translate(${x}px, ${y}px) scale(${k})`;
    const grid = 22 * k * (k < 0.45 ? 4 : k < 0.8 ? 2 : 1);
    this.#screen.style.backgroundSize = `${grid}px ${grid}px`;
    this.#screen.style.backgroundPosition = `${x}px ${y}px`;
  }
}

function mayPan(event: MouseEvent | TouchEvent | WheelEvent): boolean {
  const path = event.composedPath().filter((target): target is HTMLElement => target instanceof HTMLElement);
  if (event.type === "wheel") return !path.some((target) => scrolls(target, (event as WheelEvent).deltaY));
  const card = path.some((target) => target.localName === "mr-card");
  if (event.type.startsWith("touch")) {
    const own = path.some((target) => target.matches(".head, input[type=range], textarea, hex-color-picker, pre"));
    return !own || (event as TouchEvent).touches.length > 1;
  }
  return !card && !event.ctrlKey && (event as MouseEvent).button === 0;
}

// A text that is being edited scrolls under the wheel; a text one merely passes does not hold the canvas up.
function scrolls(target: HTMLElement, delta: number): boolean {
  if (target.scrollHeight <= target.clientHeight + 1 || !target.matches(":focus, [popover] *")) return false;
  return delta < 0 ? target.scrollTop > 0 : target.scrollTop + target.clientHeight < target.scrollHeight - 1;
}
