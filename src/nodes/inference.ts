/**
 * A Hugging Face model as a node. What it is asked for is its task on the Hub, unless the author says another; the inputs are
 * that task's parameters by name, checked as soon as the task is known; the first output gets what the model gave.
 */
import { shapeOf } from "../engine/component.ts";
import { GraphError } from "../engine/graph-error.ts";
import type { Node } from "../engine/node.ts";
import type { DepthOf, InputValue, Outputs, PortAt } from "../engine/port.ts";
import { backstageOf, type RunContext } from "../engine/run.ts";
import type { ShownValue } from "./fn.ts";
import type { Around } from "./hub-fetch.ts";
import type { Answer } from "./inference/answer.ts";
import { ask } from "./inference/ask.ts";
import { checkedTask, checkInputs } from "./inference/declared.ts";
import { usualFetch } from "./inference/everywhere.ts";
import { modelNamed } from "./inference/model.ts";
import { type Resolved, resolved, wrongDeclaration } from "./inference/resolve.ts";
import { type AnyRemoteOptions, RemoteNode } from "./remote-node.ts";
import type { RemoteInput, RemoteOptions } from "./remote-options.ts";

/** A Hugging Face model as a node. */
export interface InferenceNode<out In, out Out> extends Node<In, Out> {
  readonly kind: "inference";
  readonly model: string;
}

interface InferenceNodeConstructor {
  /**
   * `model`: `owner/name` or `owner/name:provider`; its task comes from the Hub.
   *
   * @example
   * const painter = new InferenceNode("black-forest-labs/FLUX.1-schnell", {
   *   inputs: { prompt: ui.textbox({ label: "Prompt" }), width: 1024, height: 768 },
   *   outputs: { image: ui.image() },
   * });
   * @throws GraphError for an unknown model or parameter (at wiring)
   */
  new <I extends Readonly<Record<string, RemoteInput>>, O extends Outputs, P = unknown>(
    model: string,
    options: RemoteOptions<I, O, P> & {
      /** Task, when the Hub's own is not the one wanted, e.g. `"chat-completion"`. */
      task?: string;
      /** Organisation that pays. */
      billTo?: string;
    },
  ): InferenceNode<
    { -readonly [K in keyof I]: InputValue<I[K]> },
    { -readonly [K in keyof O]: PortAt<ShownValue<O[K]>, DepthOf<I>> }
  >;
}

type Values = Readonly<Record<string, unknown>>;
type Options = AnyRemoteOptions & { readonly task?: string; readonly billTo?: string };

/** The world around a run: looked at anew each time. */
const world = (): Around => ({ env: process.env, fetch: usualFetch(), now: Date.now });

export class ModelNode extends RemoteNode {
  readonly kind = "inference";
  readonly model: string;
  readonly #task: string | undefined;
  readonly #billTo: string | undefined;

  constructor(model: string, options: Options) {
    const { id } = modelNamed(model);
    super(id.split("/").at(-1) ?? id, options, ["task", "billTo"]);
    const { task, billTo } = options;
    if (billTo !== undefined && typeof billTo !== "string") {
      const what = `The option 'billTo' of '${this.name}' is the name of an organisation.`;
      throw new GraphError("wrong-type", what, { node: this.name });
    }
    this.model = model.trim();
    this.#billTo = billTo;
    this.#task = task === undefined ? undefined : checkedTask(task, this.name);
    if (this.#task !== undefined) this.#checkInputs(this.#task, Object.keys(options.inputs));
  }

  get about(): string {
    return this.model;
  }

  /** True when the author named the task: then its inputs were checked while wiring. */
  get knowsItsTask(): boolean {
    return this.#task !== undefined;
  }

  override get definition(): string {
    return `${super.definition} ${this.#task ?? ""} ${this.#billTo ?? ""}`;
  }

  readonly start = (inputs: Values, context: RunContext): AsyncGenerator<unknown> =>
    this.#run(inputs, context, world());

  /** Asks the Hub what the model is for, and whether that fits. @throws GraphError, or FailureError when the Hub cannot say */
  async check(around: Around = world()): Promise<Resolved> {
    const found = await resolved(modelNamed(this.model), this.#task, around);
    if (this.#task === undefined) this.#checkInputs(found.task, Object.keys(this.inputs));
    return found;
  }

  async *#run(inputs: Values, context: RunContext, around: Around): AsyncGenerator<unknown> {
    const values = await this.given(inputs);
    const found = await this.check(around).catch((error: unknown) => {
      throw error instanceof GraphError ? wrongDeclaration(error) : error;
    });
    if (found.sha !== undefined) backstageOf(context).answeredBy(found.sha);
    const question = {
      model: modelNamed(this.model),
      resolved: found,
      values,
      billTo: this.#billTo,
      output: Object.keys(this.outputs)[0] ?? "output",
    };
    let last: Answer | undefined;
    for await (const answer of ask(question, context, around)) {
      last = answer;
      // What an author makes of an answer is made of the whole of it: half of one may be no JSON, or no sentence.
      if (!this.makesItsOwn) yield this.#shown(answer);
    }
    if (last !== undefined && this.makesItsOwn) yield await this.taken(last.returned);
  }

  /** The ports' values: a component that has a form of its own for the first gets that. */
  #shown({ returned, shown = {} }: Answer): unknown {
    const ports = Object.values(this.outputs);
    const values = ports.map(({ component }, i) => {
      const kind = component === null ? undefined : shapeOf(component).kind;
      const own = i === 0 && kind !== undefined ? (shown as Partial<Record<string, unknown>>)[kind] : undefined;
      return own ?? returned[i];
    });
    return ports.length === 1 ? values[0] : Object.fromEntries(ports.map(({ name }, i) => [name, values[i]]));
  }

  #checkInputs(task: string, given: readonly string[]): void {
    checkInputs(task, given, { node: this.name, model: this.model });
  }
}

export const InferenceNode = ModelNode as unknown as InferenceNodeConstructor;
