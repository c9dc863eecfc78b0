/**
 * What a graph takes and gives when it is called, as two JSON Schemas (2020-12) made from components alone, and the choices
 * that a call may make. Values travel as everywhere on the wire: files by reference.
 */
import type { BaseNode } from "../engine/base-node.ts";
import { type Component, type Shape, shapeOf } from "../engine/component.ts";
import type { Graph } from "../engine/graph.ts";
import { type InPort, inWords, type OutPort } from "../engine/port.ts";
import type { Signature } from "../engine/signature.ts";
import { PersonStep } from "../nodes/interaction.ts";
import { annotated, valueSchema } from "./component-schema.ts";
import { record, type Schema } from "./json-schema.ts";
import { requiredInputs } from "./required-inputs.ts";
import { inWhole, type Stored } from "./value.ts";

/** Characters of JSON: a longer first value is not written into the schema. */
const longestDefault = 16 * 1024;

export interface CallSchema {
  readonly graph: string;
  readonly inputs: Schema;
  readonly outputs: Schema;
  /** By the name of the input that chooses. */
  readonly choices: { readonly [name: string]: ChoiceSchema };
}

/** Of a choice's variants only the chosen one runs; one that is not chosen leaves its inputs unread. */
export interface ChoiceSchema {
  /** What runs where a call does not choose. */
  readonly default: string;
  readonly variants: readonly { readonly name: string; readonly inputs: readonly string[] }[];
}

/** The schema, and the files that it refers to. */
export function callSchema(
  graph: Graph,
  signature: Signature,
): { readonly schema: CallSchema; readonly stored: readonly Stored[] } {
  const stored: Stored[] = [];
  const ways = mapped(signature.choices, (choice) => waysOf(graph, signature, choice));
  const properties = {
    ...mapped(signature.inputs, (port) => inputSchema(port, stored)),
    ...mapped(signature.choices, (choice) => choiceSchema(choice, ways[choice.name] as ChoiceSchema)),
    ...mapped(signature.answers, answerSchema),
  };
  const outputs = mapped(signature.outputs, outputSchema);
  const closed = { $schema: "https://json-schema.org/draft/2020-12/schema", additionalProperties: false };
  const schema = {
    graph: graph.name,
    inputs: { ...closed, type: "object", properties, ...requiredInputs(graph, signature) },
    outputs: { ...closed, ...record(outputs) },
    choices: ways,
  };
  return { schema, stored };
}

function mapped<T, S>(named: ReadonlyMap<string, T>, made: (one: T) => S): { readonly [name: string]: S } {
  return Object.fromEntries([...named].map(([name, one]) => [name, made(one)]));
}

function inputSchema(port: InPort, stored: Stored[]): Schema {
  const shape = shapeOf(port.component as Component<unknown>);
  const secret = shape.options.type === "password";
  const own = shape.initial === undefined || secret ? undefined : inWhole(shape.initial);
  const told = own && JSON.stringify(own.json).length <= longestDefault;
  if (told) stored.push(...own.stored);
  return {
    ...annotated(titled(port, shape), valueSchema(shape, "in")),
    ...(told && { default: own.json }),
  };
}

function outputSchema(port: OutPort): Schema {
  const { component } = port.root;
  return annotated(titled(port, component && shapeOf(component)), heldSchema(port));
}

function titled({ name }: InPort | OutPort, shape: Shape | null): Pick<Shape, "label" | "info"> {
  return { label: shape?.label ?? inWords(name), info: shape?.info };
}

/** What a port holds: lists within lists, where it is scattered. Gathered, it holds the same. */
function heldSchema({ origin, component, depth }: OutPort): Schema {
  if (origin?.kind === "all") return heldSchema(origin.of);
  if (origin) return {};
  let schema = valueSchema(component && shapeOf(component), "out");
  for (let level = 0; level < depth; level++) schema = { type: "array", items: schema };
  return schema;
}

// ── choices and people

function waysOf(graph: Graph, { inputs }: Signature, choice: BaseNode): ChoiceSchema {
  const variants = choice.above.map((variant) => {
    const fed = (port: InPort) =>
      Object.values(variant.inputs).some((own) => {
        const source = graph.sourceOf(own);
        return own === port || (source.kind === "component" && source.component === port.component);
      });
    return { name: variant.name, inputs: [...inputs].filter(([, port]) => fed(port)).map(([name]) => name) };
  });
  return { default: variants[0]?.name ?? "", variants };
}

function choiceSchema(choice: BaseNode, ways: ChoiceSchema): Schema {
  const reads = ways.variants.map(
    ({ name, inputs }) => `'${name}' reads ${inputs.map((input) => `'${input}'`).join(", ") || "none of the inputs"}`,
  );
  return {
    title: choice.name,
    description: `Only the chosen one runs. ${reads.join("; ")}.`,
    enum: ways.variants.map(({ name }) => name),
    default: ways.default,
  };
}

/** Nobody waits in a call: the answer comes along. */
function answerSchema(step: BaseNode): Schema {
  const said = (words: string, schema: Schema) =>
    annotated({ label: step.name, info: `A person's answer: ${words}` }, schema);
  switch (step instanceof PersonStep ? step.asks : undefined) {
    case "approval":
      return said("true lets the value through, false ends the call as declined.", { type: "boolean" });
    case "pick":
      return said("which item of the list is taken, counted from 0.", { type: "integer", minimum: 0 });
    default: {
      const { component } = step.outPorts[0] as OutPort;
      return said("what the step gives.", valueSchema(component && shapeOf(component), "out"));
    }
  }
}
