/**
 * Lanes: a limit on how many runs work at once, whatever sheet, graph or call they are of (R9). A run takes a place; when none
 * is free it waits, and those that wait are taken in turn from one sheet after the other, within a sheet in the order of their
 * coming. So nobody waits for all that another has put in line. A place is given back when the work has really ended: who
 * holds it says when. Nothing here calls a node's function: a run is told that it is its turn, and begins in its own wave.
 */
import { described } from "./failure.ts";
import { append } from "./lists.ts";
import type { Wave } from "./wave.ts";

/**
 * A limit on how many runs go at once, for all nodes, sheets and users of the process. A function that itself waits for a run in
 * the same lane may wait for ever: give the inner one a lane of its own.
 *
 * @example
 * const gpu = new Lane(1, "the GPU");
 * const draw = new FnNode(drawn, { lane: gpu, inputs: { prompt: ui.textbox() }, outputs: { image: ui.image() } });
 */
export class Lane {
  readonly limit: number;
  readonly name: string;

  /** @throws RangeError when `limit` is not a positive integer */
  constructor(limit: number, name = "lane") {
    if (!Number.isInteger(limit) || limit < 1)
      throw new RangeError(
        `A lane's limit is a whole number from 1 on, e.g. new Lane(4), and this was ${described(limit)}.`,
      );
    this.limit = limit;
    this.name = name;
  }
}

/** The traffic of a lane. */
export function trafficOf(lane: Lane): Traffic {
  const known = traffics.get(lane);
  if (known) return known;
  const made = new Traffic(lane.limit);
  traffics.set(lane, made);
  return made;
}
const traffics = new WeakMap<Lane, Traffic>();

/**
 * Those that wait are told where they stand every so many milliseconds, so many at a time and the nearest first; whoever is far back
 * only when the figure is off by more than a tenth. With ten thousand in line, telling each at every step would be most of the work.
 */
const tellEvery = 250;
const tellAtOnce = 250;

/** Whoever holds a place. */
export interface PlaceHolder {
  /** It is its turn: from now on the place is taken. */
  turn(): void;
  /** It stands elsewhere in line; 1 is next. */
  moved(position: number): void;
}

/** One run's place: in line, or at work. */
export class Place {
  /** Its sheet, by the wave that it has alone. */
  readonly wave: Wave;
  readonly holder: PlaceHolder;
  state: "outside" | "waits" | "works" = "outside";
  /** Where it was last said to stand. */
  told = 0;
  line: Line | undefined = undefined;
  ahead: Place | undefined = undefined;
  behind: Place | undefined = undefined;

  constructor(wave: Wave, holder: PlaceHolder) {
    this.wave = wave;
    this.holder = holder;
  }
}

/** The places of one sheet that wait, and its neighbours in the circle of such sheets. */
class Line {
  first: Place | undefined = undefined;
  last: Place | undefined = undefined;
  size = 0;
  next: Line = this;
  previous: Line = this;

  add(place: Place): void {
    place.line = this;
    place.ahead = this.last;
    if (this.last) this.last.behind = place;
    else this.first = place;
    this.last = place;
    this.size++;
  }

  remove(place: Place): void {
    if (place.ahead) place.ahead.behind = place.behind;
    else this.first = place.behind;
    if (place.behind) place.behind.ahead = place.ahead;
    else this.last = place.ahead;
    place.line = place.ahead = place.behind = undefined;
    this.size--;
  }
}

export class Traffic {
  /** How many places are taken, of runs at work and of those that only end. */
  working = 0;
  waiting = 0;
  readonly #limit: number;
  readonly #lines = new Map<Wave, Line>();
  /** Whose turn it is next, in the circle of sheets that wait. */
  #upNext: Line | undefined = undefined;
  #callOff: (() => void) | undefined = undefined;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Takes a place, and gives 0; or stands in line, and gives where. */
  enter(place: Place): number {
    if (this.working < this.#limit) {
      this.working++;
      place.state = "works";
      return 0;
    }
    place.state = "waits";
    this.waiting++;
    this.#lineOf(place.wave).add(place);
    place.told = this.#positionOfLast(place);
    if (this.#lines.size > 1) this.#tellSoon(place);
    return place.told;
  }

  /** Gives the place back, from the line or from work. */
  leave(place: Place): void {
    const { state } = place;
    place.state = "outside";
    if (state === "waits") this.#unline(place);
    if (state === "works") {
      this.working--;
      this.#admit();
    }
  }

  #admit(): void {
    while (this.working < this.#limit && this.#upNext) {
      const line = this.#upNext;
      const place = line.first as Place;
      this.#upNext = line.next;
      this.#unline(place);
      this.working++;
      place.state = "works";
      place.holder.turn();
    }
  }

  #lineOf(wave: Wave): Line {
    const known = this.#lines.get(wave);
    if (known) return known;
    const line = new Line();
    this.#lines.set(wave, line);
    if (this.#upNext === undefined) this.#upNext = line;
    else {
      // Last in the circle: before the one whose turn it is.
      line.next = this.#upNext;
      line.previous = this.#upNext.previous;
      line.previous.next = line;
      line.next.previous = line;
    }
    return line;
  }

  #unline(place: Place): void {
    const line = place.line as Line;
    line.remove(place);
    this.waiting--;
    if (line.size === 0) {
      this.#lines.delete(place.wave);
      line.previous.next = line.next;
      line.next.previous = line.previous;
      if (this.#upNext === line) this.#upNext = line.next === line ? undefined : line.next;
    }
    if (this.waiting === 0) {
      this.#callOff?.();
      this.#callOff = undefined;
    } else this.#tellSoon(place);
  }

  /** How many go before one that has just come, and itself. */
  #positionOfLast({ line }: Place): number {
    const mine = line as Line;
    let position = 0;
    // Sheets whose turn comes before mine have one more go.
    let before = 0;
    let other = this.#upNext as Line;
    do {
      if (other === mine) before = 1;
      else position += Math.min(other.size, mine.size - before);
      other = other.next;
    } while (other !== this.#upNext);
    return position + mine.size;
  }

  // ── where they stand

  #tellSoon({ wave }: Place): void {
    if (this.#callOff) return;
    this.#callOff = wave.time.after(tellEvery, () => {
      this.#callOff = undefined;
      this.#tell();
    });
  }

  /** Tells those that stand elsewhere than they were told; each sheet hears of all its places at once. */
  #tell(): void {
    let position = 0;
    let left = tellAtOnce;
    const moved = new Map<Wave, Place[]>();
    for (const place of this.#inTurn()) {
      if (Math.abs(++position - place.told) * 10 <= position) continue;
      if (left-- === 0) {
        this.#tellSoon(place);
        break;
      }
      place.told = position;
      append(moved, place.wave, place);
    }
    for (const [wave, places] of moved)
      wave.inside(() => {
        for (const place of places) if (place.state === "waits") place.holder.moved(place.told);
      });
  }

  /** All that wait, in the order of their turns. */
  *#inTurn(): Generator<Place> {
    let round: Place[] = [];
    const start = this.#upNext;
    for (let line = start; line; line = line.next === start ? undefined : line.next) round.push(line.first as Place);
    while (round.length > 0) {
      yield* round;
      round = round.flatMap(({ behind }) => behind ?? []);
    }
  }
}
