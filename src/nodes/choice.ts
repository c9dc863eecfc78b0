/**
 * Alternatives for one step: of a choice's variants only the selected one runs (C1), and each keeps its own inputs (C2). A choice
 * has the outputs that all its variants have. Every kind of node can be one, so what all kinds share with their authors is here.
 */

import { BaseNode, baseOf } from "../engine/base-node.ts";
import { type Component, Shape, shapeOf } from "../engine/component.ts";
import { GraphError } from "../engine/graph-error.ts";
import { refuseUnknown } from "../engine/known-options.ts";
import type { ChoiceNode as Choice, Joined, Node } from "../engine/node.ts";
import type { Depth, OutPort, Outputs } from "../engine/port.ts";
import { exampleInputs, LoneNode, runAlone, type Values } from "./alone.ts";

/** Alternatives for one step: only the selected one runs. Its outputs are those all variants have. */
export type ChoiceNode<Out> = Choice<Out>;

interface ChoiceNodeConstructor {
  /**
   * The first variant is selected at first.
   *
   * @example
   * const voice = new ChoiceNode([quick, careful], { name: "Voice" });
   * sheet.choose(voice, careful);
   * @throws GraphError `no-common-output`
   */
  new <const V extends readonly [Node, Node, ...Node[]]>(
    variants: V,
    options?: { name?: string },
  ): ChoiceNode<{ -readonly [K in keyof V[number]["outputs"]]: Joined<V[number]["outputs"][K]> }>;
}

/** What every kind of node is besides what the engine reads of it. */
export abstract class Variant extends BaseNode {
  /** A choice between this node and another. */
  or(other: Node, options: { name?: string } = {}): Node {
    return new AlternativesNode([this as unknown as Node, other], options) as unknown as Node;
  }

  /** Runs this node alone. */
  async test(values: Values = {}): Promise<Values> {
    const inputs = await exampleInputs(this, values);
    return runAlone(new LoneNode(this, inputs));
  }
}

class AlternativesNode extends Variant {
  readonly kind = "choice";
  readonly about = "choice";
  readonly variants: readonly Node[];
  override readonly above: readonly BaseNode[];

  constructor(variants: readonly Node[], options: { name?: string | undefined } = {}) {
    const above = checked(variants);
    refuseUnknown(options, ["name"], "A choice");
    const name = { given: options.name, otherwise: spoken(above.map((node) => node.name)) };
    const common = commonOutputs(above, name.given ?? name.otherwise);
    super(name, {}, components(common, above), {}, common[0]?.depth);
    this.above = above;
    this.variants = [...variants];
  }

  /** One choice of three, not a choice within a choice. */
  override or(other: Node, options: { name?: string } = {}): Node {
    const name = options.name ?? (this.named ? this.name : undefined);
    return new AlternativesNode([...this.variants, other], { name }) as unknown as Node;
  }

  /** Tries the variant that is selected at first. */
  override async test(values: Values = {}): Promise<Values> {
    await exampleInputs(this, values);
    const all = (await this.variants[0]?.test()) as Values;
    return Object.fromEntries(Object.keys(this.outputs).map((name) => [name, all[name]]));
  }

  readonly start = (): never => {
    throw new Error("A choice shows what its selected variant gives; it does not run itself.");
  };
}

export const ChoiceNode = AlternativesNode as unknown as ChoiceNodeConstructor;

function checked(variants: unknown): readonly BaseNode[] {
  if (!Array.isArray(variants) || variants.length < 2) {
    throw new GraphError("missing-input", "A choice needs two variants or more: new ChoiceNode([quick, careful]).");
  }
  for (const [i, variant] of variants.entries()) {
    if (!(variant instanceof BaseNode)) {
      throw new GraphError("unknown-node", `Variant ${i + 1} of a choice is not a node; give the node itself.`);
    }
    if (!variant.runnable) {
      const what = `Variant ${i + 1} of a choice, '${variant.name}', is made of inputs and has nothing to run: let a function pass them on, new FnNode(({ text }) => text, { ... }).`;
      throw new GraphError("wrong-type", what, { node: variant.name });
    }
    if (variants.indexOf(variant) < i) {
      throw new GraphError("duplicate-name", `'${variant.name}' is twice among the variants of a choice.`, {
        node: variant.name,
      });
    }
  }
  return Object.freeze(variants.map(baseOf));
}

/** The outputs of the first variant that all the others have too. */
function commonOutputs(variants: readonly BaseNode[], choice: string): readonly OutPort[] {
  const [first, ...others] = variants as readonly [BaseNode, ...BaseNode[]];
  const common = Object.values(first.outputs).filter(({ name }) =>
    others.every((node) => Object.hasOwn(node.outputs, name)),
  );
  if (common.length === 0) {
    const each = variants.map(({ name, outputs }) => `'${name}' has ${listed(Object.keys(outputs))}`).join("; ");
    throw new GraphError(
      "no-common-output",
      `The variants of '${choice}' have no output in common: ${each}. Give one output of each the same name.`,
      { node: choice },
    );
  }
  for (const { name, depth } of common) {
    const other = others.find((node) => node.outputs[name]?.depth !== depth);
    if (other) throw unequal(choice, name, [first, depth], [other, other.outputs[name]?.depth ?? 0]);
  }
  return common;
}

function unequal(choice: string, port: string, ...pair: [BaseNode, Depth][]): GraphError {
  const [one, other] = pair.map(([{ name }, depth]) => `${timesScattered[depth]} in '${name}'`);
  return new GraphError(
    "wrong-type",
    `'${port}' of '${choice}' is ${one} and ${other}; all variants of a choice must be scattered equally often.`,
    { node: choice, port },
  );
}

const timesScattered = ["not scattered", "scattered once", "scattered twice", "scattered three times"] as const;

function components(ports: readonly OutPort[], variants: readonly BaseNode[]): Outputs {
  const shown = ({ name, component }: OutPort) =>
    component &&
    asFirst(
      component,
      variants.map(({ outputs }) => outputs[name]?.component ?? null),
    );
  return Object.fromEntries(ports.map((port) => [port.name, shown(port)]));
}

/** Shown as the first variant shows it, and open to what any of them may give (C2). */
function asFirst(first: Component<unknown>, all: readonly (Component<unknown> | null)[]): Component<unknown> {
  const shape = shapeOf(first);
  if (all.every((one) => one && alikeToValues(shapeOf(one), shape))) return first;
  const refuses = (value: unknown) =>
    all.every((one) => one && shapeOf(one).refuses(value) !== undefined) ? shape.refuses(value) : undefined;
  return new Shape({ ...shape, refuses, refusesSet: refuses, alternatives: all }) as unknown as Component<unknown>;
}

function alikeToValues(one: Shape, other: Shape): boolean {
  return one.kind === other.kind && JSON.stringify(one.options) === JSON.stringify(other.options);
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? "none" : names.map((name) => `'${name}'`).join(", ");
}

/** `A, B or C`. */
function spoken(names: readonly string[]): string {
  return `${names.slice(0, -1).join(", ")} or ${names.at(-1)}`;
}
