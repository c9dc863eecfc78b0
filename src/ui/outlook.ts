/**
 * What a person sees of the canvas: the first look once everything is laid out, what stays where it is from the first touch on,
 * and the place they came to, in words that any screen understands.
 */
import type { Viewport } from "../protocol.ts";
import { around, type Box, lookAt, middle, open, type Point, type Size } from "./geometry.ts";
import { PanZoom } from "./pan-zoom.ts";

/** How long after the first layout pictures may still arrive and have everything laid out again. */
const settling = 2500;

export class Outlook {
  readonly pan: PanZoom;
  readonly #screen: HTMLElement;
  /** When the first layout was shown. */
  #shownAt: number | undefined;

  /** `rested` hears where a person came to rest, for the next time. */
  constructor(screen: HTMLElement, world: HTMLElement, tell: { moved(): void; rested(at: Viewport): void }) {
    this.#screen = screen;
    const rested = () => {
      if (!this.#narrow) tell.rested(middle(this.pan.view, this.size));
    };
    this.pan = new PanZoom(screen, world, { moved: tell.moved, rested });
  }

  get size(): Size {
    return { width: this.#screen.clientWidth, height: this.#screen.clientHeight };
  }

  /** What the minimap covers. */
  get corner(): Size {
    return this.#narrow ? { width: 0, height: 0 } : { width: 208, height: 144 };
  }

  /** True while cards still grow into what they show, and nobody has touched anything. */
  get settles(): boolean {
    return !this.pan.touched && this.#shown < settling;
  }

  /** Everything was laid out, in these boxes: looked at where one left it, else from the first card on. */
  laidOut(viewport: Viewport | null, boxes: () => readonly Box[]): void {
    const again = this.#shownAt !== undefined;
    this.#shownAt ??= performance.now();
    if (again && (this.pan.touched || this.#shown > settling + 500)) return;
    // What somebody looked at on a desk is no view for a phone, and the other way round.
    if (viewport && !this.#narrow) this.pan.jump(lookAt(viewport, this.size));
    else this.#open(boxes());
  }

  #open(boxes: readonly Box[]): void {
    const extent = around(boxes);
    const [first] = boxes.toSorted((a, b) => a.x - b.x || a.y - b.y);
    if (extent && first) this.pan.jump(open(extent, this.size, first, this.corner));
  }

  /** Looks at a place, no closer and no farther than before. */
  look(at: Point): void {
    this.pan.jump(lookAt({ ...at, zoom: this.pan.view.k }, this.size));
  }

  get #shown(): number {
    return this.#shownAt === undefined ? 0 : performance.now() - this.#shownAt;
  }

  get #narrow(): boolean {
    return this.size.width <= 640;
  }
}
