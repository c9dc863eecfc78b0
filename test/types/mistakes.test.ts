/** The commonest mistakes, and the first line that the compiler says of each: what a person reads first. */
import { expect, it } from "vitest";
import { type Files, firstLines, programOf, strict } from "../support/compiler.ts";

const before = `import { FnNode, ui } from "millrace";
const draw = new FnNode(() => ({ image: "a.png", seed: 1 }), { outputs: { image: ui.image(), seed: ui.number() } });
const draft = new FnNode(() => "words", { outputs: { text: ui.textbox() } });
const list = new FnNode(() => ["a"], { outputs: { items: ui.json() } });
const speak = ({ text, mode }: { text: string; mode: "fast" | "slow" }) => text + mode;
const outputs = { said: ui.textbox() };
`;
const mistakes: Readonly<Record<string, string>> = {
  "wrong edge": `new FnNode(({ text }: { text: string }) => text, { inputs: { text: draw.outputs.image }, outputs });`,
  "missing input": `new FnNode(speak, { inputs: { text: draft.outputs.text }, outputs });`,
  "misspelt input": `new FnNode(speak, { inputs: { text: draft.outputs.text, mdoe: "fast" }, outputs });`,
  "wrong port": `draw.outputs.img;`,
  "wrong return": `new FnNode(({ text }) => text.length, { inputs: { text: ui.textbox() }, outputs });`,
  "wrong return, annotated": `new FnNode(({ text }: { text: string }) => text.length, { inputs: { text: "a" }, outputs });`,
  "not gathered": `new FnNode(({ all }: { all: string[] }) => all.join(), { inputs: { all: list.outputs.items.each() }, outputs });`,
};

it("the compiler's first line says what is wrong", () => {
  const files: Files = new Map(Object.entries(mistakes).map(([name, line]) => [`test/${name}.ts`, before + line]));
  const said = firstLines(programOf(files, strict), files);
  const spoken = Object.keys(mistakes).map((name) => `${name}: ${said[`test/${name}.ts`]}`);
  expect(spoken.join("\n")).toMatchInlineSnapshot(`
    "wrong edge: Type 'Port<FileRef>' is not assignable to type 'Input<string>'.
    missing input: Property 'mode' is missing in type '{ text: Port<string>; }' but required in type '{ text: Input<string>; mode: Input<"fast" | "slow">; }'.
    misspelt input: Object literal may only specify known properties, and 'mdoe' does not exist in type '{ text: Input<string>; mode: Input<"fast" | "slow">; }'.
    wrong port: Property 'img' does not exist on type '{ image: Port<FileRef>; seed: Port<number>; }'.
    wrong return: Type 'number' is not assignable to type 'Result<string>'.
    wrong return, annotated: Argument of type '({ text }: { text: string; }) => number' is not assignable to parameter of type '(inputs: { text: string; }, context: RunContext) => Result<string>'.
    not gathered: Type 'ScatteredPort<"a">' is not assignable to type 'Input<string[]>'."
  `);
}, 120_000);
