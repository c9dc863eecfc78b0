/** The traffic of a lane beside a naive one: who may work, who is next, and where the others stand. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Lane, Place, Traffic, trafficOf } from "../../src/engine/lane.ts";
import { Wave } from "../../src/engine/wave.ts";
import { FnNode, ui } from "../../src/index.ts";
import { FakeTime } from "../support/fake-time.ts";

describe("a lane", () => {
  test("has a limit and a name", () => {
    expect(new Lane(3, "the GPU")).toMatchObject({ limit: 3, name: "the GPU" });
    expect(new Lane(1).name).toBe("lane");
  });

  test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, "2", undefined])("of %o is refused", (limit) => {
    expect(() => new Lane(limit as number)).toThrow(RangeError);
    expect(() => new Lane(limit as number)).toThrow(/whole number from 1 on, e\.g\. new Lane\(4\)/);
  });

  test("has one traffic, whoever asks", () => {
    const lane = new Lane(2);
    expect(trafficOf(lane)).toBe(trafficOf(lane));
    expect(trafficOf(new Lane(2))).not.toBe(trafficOf(lane));
  });

  test("of a node's own is made of a number, and a wrong one refused while wiring", () => {
    const work = (lane: number) => new FnNode(() => 1, { name: "f", lane, outputs: { out: ui.number() } });
    expect(work(2)).toMatchObject({ lane: { limit: 2, name: "f" } });
    expect(() => work(0)).toThrow(RangeError);
  });
});

interface Run {
  readonly id: number;
  readonly sheet: number;
  readonly place: Place;
}

/** Plain lists: one of who works, one by sheet of who waits, one of the sheets in the order of their turns. */
class NaiveTraffic {
  readonly working: number[] = [];
  readonly lines = new Map<number, number[]>();
  ring: number[] = [];
  readonly limit: number;

  constructor(limit: number) {
    this.limit = limit;
  }

  enter(id: number, sheet: number): void {
    const line = this.lines.get(sheet);
    if (this.working.length < this.limit) this.working.push(id);
    else if (line) line.push(id);
    else {
      this.lines.set(sheet, [id]);
      this.ring.push(sheet);
    }
  }

  leave(id: number): void {
    const at = this.working.indexOf(id);
    if (at >= 0) this.working.splice(at, 1);
    for (const [sheet, line] of this.lines) {
      if (line.includes(id)) line.splice(line.indexOf(id), 1);
      this.#close(sheet);
    }
    while (this.working.length < this.limit && this.ring.length > 0) {
      const sheet = this.ring.shift() as number;
      this.working.push(this.lines.get(sheet)?.shift() as number);
      this.ring.push(sheet);
      this.#close(sheet);
    }
  }

  /** Who waits, in the order of their turns. */
  get inTurn(): readonly number[] {
    const lines = this.ring.map((sheet) => [...(this.lines.get(sheet) as number[])]);
    const all: number[] = [];
    while (lines.some((line) => line.length > 0)) for (const line of lines) all.push(...line.splice(0, 1));
    return all;
  }

  #close(sheet: number): void {
    if (this.lines.get(sheet)?.length !== 0) return;
    this.lines.delete(sheet);
    this.ring = this.ring.filter((other) => other !== sheet);
  }
}

describe("traffic", () => {
  const moves = fc.array(
    fc.oneof(
      fc.record({ do: fc.constant("enter" as const), sheet: fc.nat(3) }),
      fc.record({ do: fc.constant("leave" as const), which: fc.nat() }),
    ),
    { maxLength: 60 },
  );

  test("lets in whom the naive one lets in, in the same order, and says where the others stand", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 4 }), moves, async (limit, moves) => {
        const time = new FakeTime();
        const traffic = new Traffic(limit);
        const naive = new NaiveTraffic(limit);
        const waves = [0, 1, 2, 3].map(() => new Wave(time.now, time));
        const inside: Run[] = [];
        const working: number[] = [];
        const said = new Map<number, number>();
        for (const [id, move] of moves.entries()) {
          if (move.do === "enter") {
            const turned = () => void working.push(id);
            const moved = (position: number) => void said.set(id, position);
            const place = new Place(waves[move.sheet] as Wave, { turn: turned, moved });
            inside.push({ id, sheet: move.sheet, place });
            naive.enter(id, move.sheet);
            const position = traffic.enter(place);
            if (position === 0) working.push(id);
            else said.set(id, position);
            expect(position).toBe(naive.inTurn.indexOf(id) + 1);
          } else if (inside.length > 0) {
            const [run] = inside.splice(move.which % inside.length, 1) as [Run];
            if (working.includes(run.id)) working.splice(working.indexOf(run.id), 1);
            said.delete(run.id);
            naive.leave(run.id);
            traffic.leave(run.place);
          }
          expect(working).toEqual(naive.working);
          expect([traffic.working, traffic.waiting]).toEqual([naive.working.length, naive.inTurn.length]);
        }
        await time.pass(1000);
        for (const [i, id] of naive.inTurn.entries()) {
          const told = said.get(id) as number;
          if (i < 9) expect(told).toBe(i + 1);
          expect(Math.abs(told - i - 1) * 10).toBeLessThanOrEqual(i + 1);
        }
        for (const { place } of inside) traffic.leave(place);
        expect([traffic.working, traffic.waiting, time.waits]).toEqual([0, 0, []]);
      }),
      { numRuns: 300 },
    );
  });

  test("told to leave twice leaves once", () => {
    const time = new FakeTime();
    const traffic = new Traffic(1);
    const wave = new Wave(time.now, time);
    const turns: string[] = [];
    const place = (name: string) => new Place(wave, { turn: () => turns.push(name), moved: () => undefined });
    const [a, b, c] = [place("a"), place("b"), place("c")];
    expect([a, b, c].map((one) => traffic.enter(one))).toEqual([0, 1, 2]);
    traffic.leave(a);
    traffic.leave(a);
    expect(turns).toEqual(["b"]);
    traffic.leave(c);
    traffic.leave(c);
    expect([traffic.working, traffic.waiting]).toEqual([1, 0]);
  });

  test("of ten thousand that wait costs no more for each than of ten", () => {
    const cost = (count: number) => {
      const time = new FakeTime();
      const traffic = new Traffic(1);
      const waves = [0, 1, 2].map(() => new Wave(time.now, time));
      const nobody = { turn: () => undefined, moved: () => undefined };
      const places = Array.from({ length: count }, (_, i) => new Place(waves[i % 3] as Wave, nobody));
      const start = performance.now();
      for (const one of places) traffic.enter(one);
      for (const one of places) traffic.leave(one);
      return (performance.now() - start) / count;
    };
    const few = Math.min(...Array.from({ length: 20 }, () => cost(100)));
    const many = Math.min(...Array.from({ length: 3 }, () => cost(10_000)));
    expect(many).toBeLessThan(Math.max(few, 0.0005) * 20);
  });

  test("of ten thousand that wait tells a few at a time where they stand, the nearest first, until all know", async () => {
    const time = new FakeTime();
    const traffic = new Traffic(1);
    const wave = new Wave(time.now, time);
    const told: number[] = [];
    const places = Array.from({ length: 10_000 }, () => {
      return new Place(wave, { turn: () => undefined, moved: (position) => void told.push(position) });
    });
    for (const one of places) traffic.enter(one);
    for (const one of places.slice(0, 5000)) traffic.leave(one);
    await time.pass(250);
    expect(told).toEqual(Array.from({ length: 250 }, (_, i) => i + 1));
    await time.pass(250 * 20);
    expect(told.length).toBe(4999);
    expect(time.waits).toEqual([]);
  });
});
