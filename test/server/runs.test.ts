/** What is remembered of a card's runs, over HTTP. */
import { afterAll, describe, expect, it } from "vitest";
import { FnNode, Graph, ui } from "../../src/index.ts";
import type { RunLine, RunView } from "../../src/protocol/runs.ts";
import { type House, openHouse } from "./house.ts";

const opened: House[] = [];
afterAll(async () => {
  for (const one of opened) await one.close();
});

async function mill() {
  const grind = new FnNode(
    ({ grain }: { grain: string }, { log }) => {
      log(`grinding ${grain}`);
      if (grain === "stone") throw new Error("That is no grain.");
      return `${grain} flour`;
    },
    {
      name: "Grind",
      inputs: { grain: ui.textbox({ label: "Grain", value: "rye" }) },
      outputs: { flour: ui.textbox({ label: "Flour" }) },
    },
  );
  const bake = new FnNode(({ flour }: { flour: string }) => `${flour} bread`, {
    name: "Bake",
    inputs: { flour: grind.outputs.flour },
    outputs: { bread: ui.textbox() },
  });
  const here = await openHouse(new Graph({ name: "Mill", nodes: [bake] }));
  opened.push(here);
  const get = async <T>(path: string) => {
    const { status, text } = await here.ask({ path: `/api/sheets/one/${path}` });
    return { status, ...JSON.parse(text) } as { status: number } & T;
  };
  const lines = async (card: string) => (await get<{ runs: RunLine[] }>(`runs?card=${card}`)).runs;
  return { here, grind, bake, get, lines };
}

describe("a card's runs", () => {
  it("are listed, the latest first, with the one that is shown", async () => {
    const { here, grind, lines } = await mill();
    here.sheet.set(grind.inputs.grain, "oat");
    here.sheet.set(grind.inputs.grain, "stone");
    here.sheet.set(grind.inputs.grain, "rye");
    expect((await lines("Grind")).map(({ outcome, shown }) => [outcome, shown])).toEqual([
      ["failed", undefined],
      ["ready", undefined],
      ["ready", true],
    ]);
  });

  it("[R7] are looked at one by one: inputs, outputs, log, failure, and the runs that one came from", async () => {
    const { here, grind, get, lines } = await mill();
    const [bread] = await lines("Bake");
    const { run } = await get<{ run: RunView }>(`runs/${bread?.id}?card=Bake`);
    expect(run).toMatchObject({
      node: "Bake",
      inputs: [{ name: "flour", label: "Flour", value: { kind: "json", value: "rye flour" } }],
      outputs: [{ name: "bread", value: { value: "rye flour bread" } }],
      origins: [{ node: "Bake" }, { node: "Grind", from: [] }],
    });
    expect(run.origins[0]?.from).toEqual([run.origins[1]?.id]);
    here.sheet.set(grind.inputs.grain, "stone");
    const [broken] = await lines("Grind");
    const failed = await get<{ run: RunView }>(`runs/${broken?.id}?card=Grind`);
    expect(failed.run).toMatchObject({
      outcome: "failed",
      failure: { reason: "threw" },
      log: ["grinding stone"],
      outputs: [],
    });
  });

  it("that are not there are refused in words", async () => {
    const { get } = await mill();
    expect(await get("runs?card=Nobody")).toMatchObject({ status: 400, failure: { reason: "unknown-card" } });
    expect(await get("runs/one-999?card=Grind")).toMatchObject({ status: 404, failure: { reason: "unknown-run" } });
  });
});
