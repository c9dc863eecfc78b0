/**
 * Where the cards are. Places come from the layouter once per set of cards (or when asked to tidy), a person's own
 * places win, and sizes push cards apart: no two cards cover each other, also after results have arrived. A new layout
 * is glided into; a push happens at once, for a glide would let cards cover each other on the way.
 */
import type { View } from "../protocol.ts";
import { apart } from "./apart.ts";
import type { Layouter } from "./elk.ts";
import { around, type Box, type Point } from "./geometry.ts";
import type { Measure } from "./layout.ts";

const glide = 180;

export class Arranger {
  readonly #layouter: Layouter;
  readonly #tell: { painted(): void; laidOut(): void };
  readonly measures = new Map<string, Measure>();
  #view: View | null = null;
  #set = "";
  #spots: ReadonlyMap<string, Point> = new Map();
  #own = new Map<string, Point>();
  #target: ReadonlyMap<string, Point> = new Map();
  #painted: ReadonlyMap<string, Point> = new Map();
  #flight = 0;
  #dragged: string | null = null;

  constructor(layouter: Layouter, tell: { painted(): void; laidOut(): void }) {
    this.#layouter = layouter;
    this.#tell = tell;
  }

  /** True once there is a layout to show. */
  get ready(): boolean {
    return this.#spots.size > 0;
  }

  /** Takes the view in; lays out anew when the set of cards is another. */
  show(view: View): void {
    const before = this.#view;
    this.#view = view;
    for (const id of this.measures.keys()) if (!view.cards[id]) this.measures.delete(id);
    if (before?.places !== view.places) this.#own.clear();
    const set = [...view.order].sort().join("\n");
    if (set !== this.#set) {
      this.#set = set;
      this.#asked = true;
      this.#stale = true;
      this.layOutIfMeasured();
    } else if (before?.places !== view.places) this.settle();
  }
  #stale = false;
  #busy = false;
  /** A person asked for this layout, or it is of another set of cards: it is worth watching. */
  #asked = false;

  /** Cards were measured; `again` lays out anew even when there is a layout. */
  measured(sizes: ReadonlyMap<string, Measure>, again = false): void {
    let resized = false;
    for (const [id, size] of sizes) {
      const before = this.measures.get(id);
      resized ||= before?.height !== size.height || before.width !== size.width;
      this.measures.set(id, size);
    }
    if (resized && again) this.#stale = true;
    if (this.#stale) this.layOutIfMeasured();
    if (resized) this.settle(false);
    else this.#tell.painted();
  }

  /** Lays out everything anew, a person's own places forgotten. */
  tidy(): void {
    this.#own.clear();
    if (this.#view) this.#view = { ...this.#view, places: {} };
    this.#stale = true;
    this.#asked = true;
    this.layOutIfMeasured();
  }

  // One layout at a time: what changes meanwhile is laid out after it, so pictures that keep arriving delay nothing.
  layOutIfMeasured(): void {
    const view = this.#view;
    if (!this.#stale || this.#busy || !view?.order.length || !view.order.every((id) => this.measures.has(id))) return;
    const smoothly = this.#asked && this.ready;
    this.#stale = false;
    this.#asked = false;
    this.#busy = true;
    void this.#layouter(view, this.measures).then((spots) => {
      this.#busy = false;
      this.#spots = spots;
      this.settle(smoothly);
      this.#tell.laidOut();
      this.layOutIfMeasured();
    });
  }

  /** A person is dragging a card: it is where they hold it, and nothing gives way yet. */
  drag(id: string, at: Point): void {
    this.#dragged = id;
    this.#own.set(id, at);
    this.#target = new Map(this.#target).set(id, at);
    this.#painted = new Map(this.#painted).set(id, at);
    this.#tell.painted();
  }

  /** The card was let go. Returns where it came to rest. */
  drop(id: string): Point | undefined {
    this.#dragged = null;
    this.settle();
    return this.#target.get(id);
  }

  /** Where a card is painted now. */
  at(id: string): Point | undefined {
    return this.#painted.get(id);
  }

  /** The cards as boxes: where they are going to be. */
  boxes(): ReadonlyMap<string, Box> {
    return boxesAt(this.#target, this.measures);
  }
  /** The cards as boxes: where they are painted now. */
  paintedBoxes(): ReadonlyMap<string, Box> {
    return boxesAt(this.#painted, this.measures);
  }
  extent(): Box | null {
    return around([...this.boxes().values()]);
  }

  /** Finds every card its place and lets what is painted follow. */
  settle(smoothly = true): void {
    if (!this.ready || this.#dragged) return;
    const wished = new Map<string, Point>();
    for (const id of this.#view?.order ?? []) {
      const spot = this.#own.get(id) ?? this.#view?.places[id] ?? this.#spots.get(id);
      if (spot) wished.set(id, spot);
    }
    this.#target = apart(boxesAt(wished, this.measures));
    this.#follow(smoothly && !matchMedia("(prefers-reduced-motion: reduce)").matches);
  }

  #follow(smoothly: boolean): void {
    cancelAnimationFrame(this.#flight);
    const from = this.#painted;
    const to = this.#target;
    const moved = [...to].some(([id, { x, y }]) => from.get(id)?.x !== x || from.get(id)?.y !== y);
    if (!smoothly || !moved) {
      this.#painted = to;
      return this.#tell.painted();
    }
    const start = performance.now();
    const step = (now: number) => {
      const t = Math.min(Math.max(now - start, 0) / glide, 1);
      this.#painted = t < 1 ? between(from, to, 1 - (1 - t) ** 3) : to;
      this.#tell.painted();
      if (t < 1) this.#flight = requestAnimationFrame(step);
    };
    step(start);
    this.#flight = requestAnimationFrame(step);
  }
}

function boxesAt(places: ReadonlyMap<string, Point>, measures: ReadonlyMap<string, Measure>): ReadonlyMap<string, Box> {
  const boxes = new Map<string, Box>();
  for (const [id, { x, y }] of places) {
    const size = measures.get(id);
    if (size) boxes.set(id, { x, y, width: size.width, height: size.height });
  }
  return boxes;
}

function between(
  from: ReadonlyMap<string, Point>,
  to: ReadonlyMap<string, Point>,
  t: number,
): ReadonlyMap<string, Point> {
  return new Map(
    [...to].map(([id, end]) => {
      const start = from.get(id) ?? end;
      return [id, { x: start.x + (end.x - start.x) * t, y: start.y + (end.y - start.y) * t }];
    }),
  );
}
