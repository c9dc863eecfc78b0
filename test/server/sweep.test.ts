/** A sweep over HTTP: a card tried with several values of an input, while the sheet stays as it is. */
import { afterAll, expect, it } from "vitest";
import { FnNode, Graph, ui } from "../../src/index.ts";
import type { SweepEnd } from "../../src/protocol/sweep.ts";
import { held } from "../../src/testing.ts";
import { type House, openHouse } from "./house.ts";

const opened: House[] = [];
afterAll(async () => {
  for (const one of opened) await one.close();
});

async function mill() {
  const grind = new FnNode(
    ({ grain }: { grain: string }) => {
      if (grain === "stone") throw new Error("That is no grain.");
      return `${grain} flour`;
    },
    {
      name: "Grind",
      inputs: { grain: ui.textbox({ label: "Grain", value: "rye" }) },
      outputs: { flour: ui.textbox({ label: "Flour" }) },
    },
  );
  const oven = held<{ flour: string }, string>();
  const bake = new FnNode(oven.fn, {
    name: "Bake",
    trigger: "manual",
    inputs: { flour: grind.outputs.flour },
    outputs: { bread: ui.textbox({ label: "Bread" }) },
  });
  const here = await openHouse(new Graph({ name: "Mill", nodes: [bake] }));
  opened.push(here);
  const sweep = async (body: object) => {
    const { status, text } = await here.post("/api/sheets/one/sweep", JSON.stringify(body));
    return { status, ...(JSON.parse(text) as { ends?: SweepEnd[]; failure?: { reason: string; message: string } }) };
  };
  return { here, grind, bake, oven, sweep };
}
const json = (value: unknown) => ({ kind: "json", value });
const grain = { card: "Grind", port: "grain" };

it("runs a card once for every value of an input above it, and changes nothing on the sheet", async () => {
  const { here, grind, bake, oven, sweep } = await mill();
  const asked = sweep({ card: "Bake", input: grain, values: [json("oat"), json("stone"), json("spelt")] });
  for (let i = 0; i < 2; i++) {
    const run = await oven.started();
    run.finish(`${run.inputs.flour} bread`);
  }
  const { status, ends } = await asked;
  expect(status).toBe(200);
  expect(ends).toMatchObject([
    { kind: "ready", outputs: [{ name: "bread", label: "Bread", value: json("oat flour bread") }] },
    { kind: "failed", failure: { reason: "upstream", root: "Grind" } },
    { kind: "ready", outputs: [{ value: json("spelt flour bread") }] },
  ]);
  expect(here.sheet.value(grind.inputs.grain)).toBe("rye");
  expect(here.sheet.history(bake)).toEqual([]);
});

it("says what is wrong with what was asked, with what exists", async () => {
  const { sweep } = await mill();
  const refused = async (body: object) => {
    const { status, failure } = await sweep(body);
    return [status, failure?.message];
  };
  const values = [json("oat")];
  expect(await refused({ card: "Bake", input: { card: "Grind", port: "gran" }, values })).toEqual([
    400,
    "'Grind' has no input to set 'gran'. Did you mean 'grain'?",
  ]);
  expect(await refused({ card: "Bake", input: grain, values: [] })).toEqual([
    400,
    "'values' is a list of 1 to 64 values.",
  ]);
  expect((await refused({ card: "Bake", input: grain, values: [json(3)] }))[0]).toBe(400);
  expect((await refused({ card: "Cake", input: grain, values }))[1]).toContain("no card 'Cake'");
});
