/** Nodes as their authors see them: what each takes and gives, in types that flow along the edges. What the engine reads of a node is its `BaseNode`. */
import type { InputPort, ItemOf, NestedPort, OutputPort, Port, ScatteredPort } from "./port.ts";

declare const answeredBy: unique symbol;

/** Inputs of any shape. */
export interface AnyInputs {
  readonly [input: string]: unknown;
}
/** Output ports of any shape. */
export interface AnyOutputs {
  readonly [output: string]: OutputPort<unknown>;
}

/** Any node. `In` is the value each input takes, `Out` the output ports; plain `Node` is a node of any shape. */
export interface Node<out In = AnyInputs, out Out = AnyOutputs> {
  /** Unique in its graph; numbered when none was given. */
  readonly name: string;
  readonly kind: "fn" | "gradio" | "inference" | "input" | "choice" | "interaction" | "graph";
  readonly inputs: { readonly [K in keyof In]: InputPort<In[K]> };
  readonly outputs: Out;
  /**
   * Runs this node alone; an input left out takes its component's example value.
   *
   * @example
   * await shorten.test({ text: "one two three", max: 2 }); // { summary: "one two" }
   * @throws FailureError
   */
  test(values?: Partial<In>): Promise<{ [K in keyof Out]: ItemOf<Out[K]> }>;
  /**
   * A choice between this node and another: `new ChoiceNode([this, other])`.
   *
   * @example
   * const voice = quick.or(careful).or(recorded, { name: "Voice" }); // one choice of three
   */
  or<N extends Node>(
    other: N,
    options?: { name?: string },
  ): ChoiceNode<{ -readonly [K in keyof (Out | N["outputs"])]: Joined<(Out | N["outputs"])[K]> }>;
}
export type AnyNode = Node;

/** Alternatives for one step: only the selected one runs. Its outputs are those all variants have. */
export interface ChoiceNode<out Out> extends Node<{}, Out> {
  readonly kind: "choice";
  readonly variants: readonly Node[];
}
/** A step that waits for a person: `pending` until `sheet.answer`, the canvas or the API answers. */
export interface InteractionNode<in out Answer, out In, out Out> extends Node<In, Out> {
  readonly kind: "interaction";
  readonly [answeredBy]: Answer;
}

/** One port of what several variants give there. */
export type Joined<P> = [P] extends [Port<infer T>]
  ? Port<T>
  : [P] extends [ScatteredPort<infer T>]
    ? ScatteredPort<T>
    : [P] extends [NestedPort<infer T, infer D>]
      ? NestedPort<T, D>
      : never;
