/**
 * What working under limits costs: how soon a cancelled function hears of it, how soon a place that was given back is taken, and
 * what an item costs that goes through a lane, beside p-map. Run it with `npm run bench:limits`. Printed are medians of the rounds.
 */
import pMap from "p-map";
import { Place, trafficOf } from "../src/engine/lane.ts";
import { Wave } from "../src/engine/wave.ts";
import { FnNode, Graph, Lane, type RunContext, ui } from "../src/index.ts";
import { awaited, median } from "./measure.ts";

const rounds = Number(process.env.ROUNDS ?? 7);
const count = Number(process.env.ITEMS ?? 10_000);
const limit = 16;

type Call = (n: number) => Promise<number>;

/** Nothing but the cost of being called. */
const soon: Call = async (n) => {
  await null;
  return n + 1;
};
/** The least that a call does which leaves the process. */
const aMillisecond: Call = (n) => new Promise((resolve) => setTimeout(() => resolve(n + 1), 1));

// ── from cancel to the AbortSignal

/** A function that ends when its signal tells it to, and when it was told. */
function listener() {
  const heard = { at: 0 };
  const listen = ({ n: _ }: { n: number }, { signal }: RunContext) =>
    new Promise<number>((_, reject) =>
      signal.addEventListener("abort", () => {
        heard.at = performance.now();
        reject(signal.reason);
      }),
    );
  return { heard, listen };
}

/** Milliseconds until a function that listens to its signal hears that its run was cancelled, or superseded. */
async function stopping(how: "cancel" | "set"): Promise<number> {
  const { heard, listen } = listener();
  const inputs = { n: ui.number({ value: 1 }) };
  const listening = new FnNode(listen, { name: "Listening", inputs, outputs: { out: null } });
  const sheet = new Graph({ name: "Stopping", nodes: [listening] }).sheet();
  const start = performance.now();
  if (how === "cancel") sheet.cancel(listening);
  else sheet.set(listening.inputs.n, 2);
  const took = heard.at - start;
  sheet.close();
  return took;
}

/** Milliseconds until all functions of a scattered node have heard that everything was cancelled. */
async function stoppingAll(): Promise<number> {
  const { heard, listen } = listener();
  const items = new FnNode(() => Array.from({ length: count }, (_, i) => i), { name: "Items", outputs: { all: null } });
  const inputs = { n: items.outputs.all.each() };
  const listening = new FnNode(listen, { name: "Listening", inputs, outputs: { out: null } });
  const sheet = new Graph({ name: "Stopping", nodes: [listening] }).sheet();
  const start = performance.now();
  sheet.cancel();
  const took = heard.at - start;
  sheet.close();
  return took;
}

// ── from the end of one to the start of the next

/** Milliseconds from the last word of a function until the next of the lane is called. */
async function handingOver(): Promise<number> {
  const lane = new Lane(1);
  const starts: number[] = [];
  const ends: (() => void)[] = [];
  const work = (name: string) =>
    new FnNode(
      () =>
        new Promise<number>((resolve) => {
          starts.push(performance.now());
          ends.push(() => resolve(1));
        }),
      { name, lane, outputs: { out: null } },
    );
  const sheet = new Graph({ name: "Handing over", nodes: [work("first"), work("second")] }).sheet();
  const end = performance.now();
  ends[0]?.();
  await new Promise((resolve) => setImmediate(resolve));
  sheet.close();
  return (starts[1] as number) - end;
}

// ── what an item costs

async function inPMap(call: Call): Promise<void> {
  await pMap(
    Array.from({ length: count }, (_, i) => i),
    call,
    { concurrency: limit },
  );
}

/** The lane alone, without runs. */
async function inLane(call: Call): Promise<void> {
  const traffic = trafficOf(new Lane(limit));
  const wave = new Wave(() => 0);
  const work = async (i: number): Promise<number> => {
    const value = await new Promise<Place>((resolve) => {
      const place: Place = new Place(wave, { turn: () => resolve(place), moved: () => undefined });
      if (traffic.enter(place) === 0) resolve(place);
    }).then(async (place) => {
      const value = await call(i);
      traffic.leave(place);
      return value;
    });
    return value;
  };
  await Promise.all(Array.from({ length: count }, (_, i) => work(i)));
}

function scattered(lane: Lane | undefined): (call: Call) => Promise<void> {
  return async (call) => {
    const items = new FnNode(() => Array.from({ length: count }, (_, i) => i), {
      name: "Items",
      outputs: { all: null },
    });
    const called = new FnNode(({ n }: { n: number }) => call(n), {
      name: "Called",
      inputs: { n: items.outputs.all.each() },
      outputs: { out: null },
      ...(lane && { lane }),
    });
    const sheet = new Graph({ name: "Scattered", nodes: [called] }).sheet();
    await sheet.settled();
    sheet.close();
  };
}

const peers: Readonly<Record<string, (call: Call) => Promise<void>>> = {
  "p-map": inPMap,
  "a lane alone": inLane,
  "scattered, in a lane": scattered(new Lane(limit)),
  "scattered, without a lane": scattered(undefined),
};

console.log("\nfrom cancel to the AbortSignal (at most 1 ms)");
await show("one run, cancelled", () => stopping("cancel"), 200);
await show("one run, superseded", () => stopping("set"), 200);
await show(`${count} items, the last of them`, stoppingAll, rounds);
console.log("\nfrom the end of one function to the start of the next in its lane");
await show("limit 1", handingOver, 200);

for (const [what, call] of Object.entries({ "over in the same turn": soon, "of a millisecond": aMillisecond })) {
  console.log(`\n${count} calls ${what} at limit ${limit}, per item`);
  const times = new Map(Object.keys(peers).map((name) => [name, [] as number[]]));
  for (let round = -2; round < rounds; round++) {
    for (const [name, peer] of Object.entries(peers)) {
      if (call === aMillisecond && name.endsWith("without a lane")) continue;
      const took = await awaited(() => peer(call));
      if (round >= 0) times.get(name)?.push((took * 1000) / count);
    }
  }
  const best = median(times.get("p-map") ?? []);
  for (const [name, all] of times) {
    if (all.length === 0) continue;
    const time = median(all);
    console.log(`  ${name.padEnd(28)}${time.toFixed(2).padStart(10)} us${(time / best).toFixed(2).padStart(8)}x p-map`);
  }
}

async function show(name: string, measure: () => Promise<number>, times: number): Promise<void> {
  const all: number[] = [];
  for (let i = 0; i < times; i++) all.push(await measure());
  const sorted = all.toSorted((a, b) => a - b);
  const [middle, most] = [median(all), sorted.at(-1) as number];
  console.log(
    `  ${name.padEnd(28)}${middle.toFixed(3).padStart(10)} ms median${most.toFixed(3).padStart(10)} ms at most`,
  );
}
