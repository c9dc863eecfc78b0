/** A sweep runs a node over many values of an input, beside the sheet. */
import { expect, test } from "vitest";
import { ChoiceNode, FnNode, Graph, ui } from "../../src/index.ts";

function painting() {
  const ran: number[] = [];
  const base = new FnNode(() => 10, { name: "Base", outputs: { n: ui.number() } });
  const paint = new FnNode(
    async ({ strength, base, tint }: { strength: number; base: number; tint: string }) => {
      ran.push(strength);
      if (strength > 1) throw new Error("too strong");
      return `${tint} ${strength} on ${base}`;
    },
    {
      name: "Paint",
      inputs: { strength: ui.number({ value: 0 }), base: base.outputs.n, tint: ui.textbox({ value: "blue" }) },
      outputs: { picture: ui.textbox() },
    },
  );
  const sheet = new Graph({ name: "Painting", nodes: [paint] }).sheet();
  return { base, paint, sheet, ran };
}

test("every value has its outcome, in order, and the sheet stays as it is", async () => {
  const { sheet, paint, base, ran } = painting();
  sheet.set(paint.inputs.tint, "red");
  sheet.pin(base.outputs.n, 99);
  await sheet.settled();
  const before = sheet.history(paint).length;
  const ends = await sheet.sweep(paint.inputs.strength, [0.5, 2, 1], paint);
  expect(ends.map((end) => (end.kind === "ready" ? end.outputs.picture : end.kind))).toEqual([
    "red 0.5 on 99",
    "failed",
    "red 1 on 99",
  ]);
  expect(sheet.value(paint.inputs.strength)).toBe(0);
  expect(sheet.value(paint.outputs.picture)).toBe("red 0 on 99");
  expect(sheet.history(paint)).toHaveLength(before);
  expect(ran).toEqual([0, 0, 0, 0.5, 2, 1]);
});

test("a choice is swept as it is chosen", async () => {
  const x = ui.number({ value: 1 });
  const one = new FnNode(({ x }: { x: number }) => x, { name: "Plain", inputs: { x }, outputs: { y: ui.number() } });
  const two = new FnNode(({ x }: { x: number }) => x * 10, {
    name: "Tenfold",
    inputs: { x },
    outputs: { y: ui.number() },
  });
  const choice = new ChoiceNode([one, two]);
  const sheet = new Graph({ name: "Choosing", nodes: [choice] }).sheet();
  sheet.choose(choice, two);
  const ends = await sheet.sweep(one.inputs.x, [2, 3], choice);
  expect(ends).toMatchObject([{ outputs: { y: 20 } }, { outputs: { y: 30 } }]);
});

test("a wrong value is refused before anything runs", async () => {
  const { sheet, paint, ran } = painting();
  await sheet.settled();
  ran.length = 0;
  await expect(sheet.sweep(paint.inputs.strength, [1, "x" as never], paint)).rejects.toThrow(/takes/);
  expect(ran).toEqual([]);
});
