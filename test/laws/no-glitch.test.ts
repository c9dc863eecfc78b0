/** W3: no run ever sees inputs of mixed age, on drawn diamonds and on random graphs where every value tells what it was made from. */
import * as fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { FnNode, Graph, type Sheet, type Signal, ui } from "../../src/index.ts";
import { held } from "../../src/testing.ts";
import { play } from "../support/play.ts";
import { plays } from "../support/played.ts";
import { type Story, stories } from "../support/stories.ts";
import { turn } from "../support/turn.ts";

let sheet: Sheet;
afterEach(() => sheet.close());

type N = { n: number };

describe("a diamond: x -> a, b -> j", () => {
  const diamond = () => {
    const a = held<N, string>();
    const b = held<N, string>();
    const seen: string[] = [];
    const x = ui.number({ value: 0 });
    const left = new FnNode(a.fn, { name: "a", inputs: { n: x }, outputs: { out: ui.textbox() } });
    const right = new FnNode(b.fn, { name: "b", inputs: { n: x }, outputs: { out: ui.textbox() } });
    const join = new FnNode(
      ({ a, b }: { a: string; b: string }) => {
        seen.push(a + b);
        return a + b;
      },
      {
        name: "j",
        inputs: { a: left.outputs.out, b: right.outputs.out },
        outputs: { out: ui.textbox() },
      },
    );
    sheet = new Graph({ name: "Diamond", nodes: [join] }).sheet();
    return { a, b, left, right, join, seen, x: left.inputs.n };
  };

  test("[W3] its join never sees one old and one new side, whichever arrives first", async () => {
    for (const first of ["a", "b"] as const) {
      const { a, b, x, join, seen } = diamond();
      (await a.started()).finish("a0");
      (await b.started()).finish("b0");
      await turn();
      sheet.set(x, 1);
      const runs = { a: await a.started(), b: await b.started() };
      runs[first].finish(`${first}1`);
      await turn();
      expect(sheet.signal(join.outputs.out)).toMatchObject({ kind: "stale", last: "a0b0" });
      const other = first === "a" ? "b" : "a";
      runs[other].finish(`${other}1`);
      await turn();
      expect(seen).toEqual(["a0b0", "a1b1"]);
      sheet.close();
    }
  });

  test("[W3] a result that arrives while inputs are stale is not published", async () => {
    // x -> a -> j -> k, x -> b -> j: j is under way when x changes, and arrives before a and b do
    const x = ui.number({ value: 0 });
    const a = held<N, number>();
    const j = held<N, number>();
    const k = new FnNode(({ n }: N) => n, { name: "k", inputs: { n: ui.number() }, outputs: { out: ui.number() } });
    const left = new FnNode(a.fn, { name: "a", inputs: { n: x }, outputs: { out: ui.number() } });
    const join = new FnNode(j.fn, { name: "j", inputs: { n: left.outputs.out }, outputs: { out: ui.number() } });
    const graph = new Graph({ name: "Late", nodes: [join, k] }).connect(join.outputs.out, k.inputs.n);
    sheet = graph.sheet();
    (await a.started()).finish(10);
    const run = await j.started();
    sheet.set(left.inputs.n, 1);
    const heard: Signal<number>[] = [];
    sheet.signal$(join.outputs.out).subscribe((signal) => heard.push(signal));
    run.finish(100);
    await turn();
    expect(heard.map((signal) => signal.kind)).not.toContain("ready");
    expect(sheet.signal(k.outputs.out).kind).toBe("stale");
    (await a.started()).finish(10);
    await sheet.settled();
    expect(sheet.value(k.outputs.out)).toBe(100);
    expect(j.count).toBe(1);
  });
});

describe("random graphs", () => {
  test.each([
    ["held functions", ["later", "stream", "flow"] as const],
    ["functions that answer now or later, as they like", ["now", "sometimes", "soon"] as const],
  ])("[W3] of %s never show a run two ages of one source", async (_, manners) => {
    // Nothing is forgotten on the way: a value made of what is old is another one.
    const telling = stories({ manners, failures: false, telling: true });
    const lawful = async (story: Story) => {
      expect(await play(story)).toEqual([]);
    };
    await plays(fc.asyncProperty(telling, lawful), { share: 1 / 4 });
  });
});
