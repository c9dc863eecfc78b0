/** Of random graphs: what a call's schema calls valid lacks nothing, what it calls invalid does not come to an end, and outputs are as it says. */
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { expect, it } from "vitest";
import { callGraph } from "../../src/engine/call.ts";
import type { Component } from "../../src/engine/component.ts";
import { Graph } from "../../src/engine/graph.ts";
import { GraphError } from "../../src/engine/graph-error.ts";
import { type Signature, signatureOutside } from "../../src/engine/signature.ts";
import { FnNode, GraphNode, InputNode, type Port, ui } from "../../src/index.ts";
import type { PersonStep } from "../../src/nodes/interaction.ts";
import { type CallSchema, callSchema } from "../../src/server/call-schema.ts";
import { inWhole } from "../../src/server/value.ts";
import { graphs } from "../../src/testing/graphs.ts";
import { values } from "../../src/testing/values.ts";

const ajv = new Ajv2020({ strict: false });
/** Fewer would not meet with everything. */
const sequences = Math.max(200, Number(process.env.MILLRACE_SEQUENCES ?? 300));

type Values = Readonly<Record<string, unknown>>;

/** A graph, and inputs of which some are left out. */
const called = graphs({ maxNodes: 14, timeouts: false }).chain((random) => {
  const { graph } = random;
  const signature = signatureOutside(graph);
  return given(signature).map((inputs) => ({
    graph,
    signature,
    inputs,
    [fc.toStringMethod]: () => `${fc.stringify(random)} called with ${fc.stringify(inputs)}`,
  }));
});

function given({ inputs, choices, answers }: Signature): fc.Arbitrary<Values> {
  const drawn = [
    ...[...inputs].map(([name, port]) => [name, values(port.component as Component<unknown>)] as const),
    ...[...choices].map(([name, { above }]) => [name, fc.constantFrom(...above.map((one) => one.name))] as const),
    ...[...answers].map(([name, step]) => [name, answerOf(step)] as const),
  ];
  return fc.record(Object.fromEntries(drawn), { requiredKeys: [] });
}

function answerOf(step: unknown): fc.Arbitrary<unknown> {
  switch ((step as PersonStep).asks) {
    case "approval":
      return fc.constant(true);
    case "pick":
      return fc.constant(0);
    default:
      return fc.string({ maxLength: 5 });
  }
}

type Ended = { readonly outputs: Values } | { readonly error: unknown };

async function ended(graph: Graph, inputs: Values, signature: Signature): Promise<Ended> {
  return callGraph(graph, inputs, {}, signature).then(
    (outputs) => ({ outputs }),
    (error: unknown) => ({ error }),
  );
}

function lacking(end: Ended): boolean {
  return "error" in end && end.error instanceof GraphError && end.error.code === "missing-input";
}

function schemaOf(graph: Graph, signature: Signature): CallSchema {
  return JSON.parse(JSON.stringify(callSchema(graph, signature).schema)) as CallSchema;
}

/** Own -> Plain | Deep = Outer -> Last, where Deep reads Near | Far = Inner, and Far needs a text. */
it("a variant within a variant is asked for only on the way to it", async () => {
  const said = (name: string, text: Component<string> | Port<string>) =>
    new FnNode(({ text }: { text: string }) => text, { name, inputs: { text }, outputs: { said: ui.textbox() } });
  const inner = said("Near", ui.textbox({ value: "near" })).or(said("Far", ui.textbox()), { name: "Inner" });
  const outer = said("Plain", ui.textbox({ value: "plain" })).or(said("Deep", inner.outputs.said), { name: "Outer" });
  const graph = new Graph({ name: "Ways", nodes: [said("Last", outer.outputs.said)] });
  const signature = signatureOutside(graph);
  const valid = ajv.compile(schemaOf(graph, signature).inputs);
  for (const [inputs, answer] of [
    [{}, "plain"],
    [{ Inner: "Far" }, "plain"],
    [{ Outer: "Deep" }, "near"],
    [{ Outer: "Deep", Inner: "Far" }, undefined],
    [{ Outer: "Deep", Inner: "Far", "Far.text": "far" }, "far"],
  ] as const) {
    expect(valid(inputs), JSON.stringify(inputs)).toBe(answer !== undefined);
    const end = await ended(graph, inputs, signature);
    expect(answer === undefined ? lacking(end) : end).toEqual(
      answer === undefined || { outputs: { "Last.said": answer } },
    );
  }
});

/** Quick | Careful = Way -> Last, which reads Careful itself too. */
it("a variant that is read without its choice has to be chosen", async () => {
  const said = (name: string) => new FnNode(() => name, { name, outputs: { said: ui.textbox() } });
  const careful = said("Careful");
  const way = said("Quick").or(careful, { name: "Way" });
  const last = new FnNode(({ one, other }: { one: string; other: string }) => one + other, {
    name: "Last",
    inputs: { one: way.outputs.said, other: careful.outputs.said },
    outputs: { both: ui.textbox() },
  });
  const graph = new Graph({ name: "Ways", nodes: [last] });
  const signature = signatureOutside(graph);
  const valid = ajv.compile(schemaOf(graph, signature).inputs);
  expect([valid({}), valid({ Way: "Quick" }), valid({ Way: "Careful" })]).toEqual([false, false, true]);
  expect(await ended(graph, {}, signature)).toHaveProperty("error");
  expect(await ended(graph, { Way: "Careful" }, signature)).toEqual({ outputs: { "Last.both": "CarefulCareful" } });
});

it("a component that goes by two names is given by either", async () => {
  const text = ui.textbox();
  const [one, other] = ["One", "Other"].map(
    (name) =>
      new FnNode(({ text }: { text: string }) => text, { name, inputs: { text }, outputs: { said: ui.textbox() } }),
  ) as [FnNode<{ text: string }, { said: Port<string> }>, FnNode<{ text: string }, { said: Port<string> }>];
  const graph = new Graph({
    name: "Twice",
    nodes: [one, other],
    inputs: { a: one.inputs.text, b: other.inputs.text },
    outputs: { said: other.outputs.said },
  });
  const signature = signatureOutside(graph as Graph);
  const valid = ajv.compile(schemaOf(graph as Graph, signature).inputs);
  expect([valid({}), valid({ a: "x" }), valid({ b: "x" })]).toEqual([false, true, true]);
  expect(await graph.call({ a: "x" })).toEqual({ said: "x" });
});

it("an InputNode's port and a graph's input are asked for where they are read", async () => {
  const node = new FnNode(({ text }: { text: string }) => text, {
    name: "Said",
    inputs: { text: ui.textbox() },
    outputs: { said: ui.textbox() },
  });
  const unread = new FnNode(({ text }: { text: string }) => text, {
    name: "Unread",
    inputs: { text: ui.textbox() },
    outputs: { said: ui.textbox() },
  });
  const inside = new Graph<{ text: string; other: string }, { said: string }>({
    name: "Inside",
    nodes: [node, unread],
    inputs: { text: node.inputs.text, other: unread.inputs.text },
    outputs: { said: node.outputs.said },
  });
  const settings = new InputNode({ name: "Settings", ports: { read: ui.textbox(), unread: ui.textbox() } });
  const frame = new GraphNode(inside, { name: "Frame" });
  const last = new FnNode(({ one, other }: { one: string; other: string }) => one + other, {
    name: "Last",
    inputs: { one: frame.outputs.said, other: settings.outputs.read },
    outputs: { both: ui.textbox() },
  });
  const graph = new Graph({ name: "Reading", nodes: [last] });
  const signature = signatureOutside(graph);
  expect([...signature.inputs.keys()].sort()).toEqual([
    "Frame.other",
    "Frame.text",
    "Settings.read",
    "Settings.unread",
  ]);
  expect([...(schemaOf(graph, signature).inputs.required as string[])].sort()).toEqual(["Frame.text", "Settings.read"]);
  const inputs = { "Frame.text": "a", "Settings.read": "b" };
  expect(await ended(graph, inputs, signature)).toEqual({ outputs: { "Last.both": "ab" } });
  for (const name of Object.keys(inputs))
    expect(lacking(await ended(graph, { ...inputs, [name]: undefined }, signature))).toBe(true);
});

it("what a call lacks is what makes it invalid, and what it answers is valid", async () => {
  const seen = { whole: 0, lacking: 0, answered: 0, choices: 0, people: 0 };
  await fc.assert(
    fc.asyncProperty(called, async ({ graph, signature, inputs }) => {
      const schema = schemaOf(graph, signature);
      expect(ajv.validateSchema(schema.inputs), ajv.errorsText()).toBe(true);
      const valid = ajv.validate(schema.inputs, inputs);
      const why = ajv.errorsText();
      const end = await ended(graph, inputs, signature);
      if (valid) expect(lacking(end), String((end as { error?: unknown }).error)).toBe(false);
      else expect("error" in end, why).toBe(true);
      seen[valid ? "whole" : "lacking"]++;
      if (signature.choices.size > 0) seen.choices++;
      if (signature.answers.size > 0) seen.people++;
      if (!("outputs" in end)) return;
      seen.answered++;
      expect(ajv.validate(schema.outputs, sent(end.outputs)), ajv.errorsText()).toBe(true);
    }),
    { numRuns: sequences },
  );
  console.log(`Calls of random graphs: ${JSON.stringify(seen)}`);
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(0);
});

function sent(outputs: Values): unknown {
  const json = Object.entries(outputs).map(([name, value]) => [name, inWhole(value)?.json]);
  return JSON.parse(JSON.stringify(Object.fromEntries(json)));
}
