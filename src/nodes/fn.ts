/** Your own function as a node. Its parameters are read from the function itself, so that an input it lacks, or one it never asked for, is found while wiring. */
import type { Observable } from "rxjs";
import { type Component, shapeOf } from "../engine/component.ts";
import { GraphError } from "../engine/graph-error.ts";
import { refuseUnknown, refuseUnnamed } from "../engine/known-options.ts";
import type { Node } from "../engine/node.ts";
import { type NodeOptions, optionsOfAll } from "../engine/node-options.ts";
import type { DepthOf, Input, Outputs, PortAt } from "../engine/port.ts";
import type { RunContext } from "../engine/run.ts";
import { Variant } from "./choice.ts";
import { checkFallback } from "./fallback.ts";
import { fileMaker } from "./file-outputs.ts";
import type { FileLike, FileRef } from "./file-ref.ts";
import { parametersOf } from "./parameters.ts";
import { inWorker } from "./worker.ts";

/** What a function may return to give `T`: now, later, or many times (each earlier one is shown as partial, the last one is the value). */
export type Result<T> = T | Promise<T> | AsyncIterable<T> | Observable<T>;

/** Options of an `FnNode`. */
export interface FnOptions<A, O extends Outputs, I = {}> extends NodeOptions {
  /** Parameter name to component, port, callable or constant. A parameter with a default may be left out. */
  inputs?: { [K in keyof A]: Input<A[K]> } | Capture<I>;
  /** Port name to component or `null`. */
  outputs: O;
  /** Used when every attempt failed. */
  fallback?: Returned<NoInfer<O>>;
}

/** Your own function as a node. */
export interface FnNode<out In, out Out> extends Node<In, Out> {
  readonly kind: "fn";
}

interface FnNodeConstructor {
  /**
   * `fn` gets one object of inputs and a `RunContext`. With one output it returns the value, with several an object keyed by port.
   * Its parameter types come from `inputs`; if you annotate them, `inputs` is checked against the annotation instead.
   *
   * @example
   * const shorten = new FnNode(({ text, max = 100 }) => text.split(/\s+/).slice(0, max).join(" "), {
   *   name: "Shorten",
   *   inputs: { text: ui.textbox() },
   *   outputs: { summary: ui.textbox() },
   * });
   * @throws GraphError for an input that `fn` does not take or lacks, or a port that is not one
   */
  new <A = {}, O extends Outputs = Unseen, I = {}, R = unknown>(
    fn: Step<A, O, R>,
    options: FnOptions<A, O, I> & NeedsInputs<A>,
  ): FnNode<
    { [K in keyof A]-?: K extends keyof I ? (I[K] extends Component<infer T> ? T : A[K]) : A[K] },
    { -readonly [K in keyof O]: PortAt<FnValue<O, K, R>, DepthOf<I>> }
  >;

  /**
   * The same for a function that keeps a processor busy: it runs in a thread, and the event loop stays free. `fn` is exported by
   * the file `module`, which the thread imports for itself; what goes in and comes out is copied, files by content. A run that is
   * stopped is told so by its `signal`, and a moment later its thread is ended, whatever loop it is in.
   *
   * @example
   * import { grind } from "./grind.ts";
   *
   * const flour = FnNode.inWorker(grind, new URL("./grind.ts", import.meta.url), {
   *   name: "Grind",
   *   inputs: { grain: ui.textbox(), rounds: ui.slider({ minimum: 1, maximum: 1000 }) },
   *   outputs: { flour: ui.textbox() },
   * });
   * @throws GraphError as `new FnNode`, and for a module that is no file there is
   */
  inWorker<A = {}, O extends Outputs = Unseen, I = {}, R = unknown>(
    fn: Step<A, O, R>,
    module: URL,
    options: FnOptions<A, O, I> & NeedsInputs<A>,
  ): FnNode<
    { [K in keyof A]-?: K extends keyof I ? (I[K] extends Component<infer T> ? T : A[K]) : A[K] },
    { -readonly [K in keyof O]: PortAt<FnValue<O, K, R>, DepthOf<I>> }
  >;
}

type Work = (inputs: Readonly<Record<string, unknown>>, context: RunContext) => unknown;

class FunctionNode extends Variant {
  readonly kind = "fn";
  readonly about = "function";
  override readonly takesContext: boolean;
  override readonly convert: ((given: unknown) => unknown) | undefined;
  readonly start: Work;
  readonly #fn: Work;

  static inWorker(fn: Work, module: URL, options: FnOptions<Record<string, unknown>, Outputs>): FunctionNode {
    return new FunctionNode(fn, options, inWorker(fn, module, options));
  }

  constructor(fn: Work, options: FnOptions<Record<string, unknown>, Outputs>, start = fn) {
    if (typeof fn !== "function") throw new GraphError("wrong-type", "new FnNode(fn, options): fn must be a function.");
    checkOutputs(options?.outputs);
    const name = { given: options.name, otherwise: fn.name || "Function" };
    const called = name.given ?? name.otherwise;
    refuseUnknown(options, optionsOfFn, `The FnNode '${called}'`);
    refuseUnnamed(options.inputs, "inputs", `the FnNode '${called}'`);
    const inputs: Readonly<Record<string, unknown>> = options.inputs ?? {};
    super(name, inputs, options.outputs, options);
    const parameters = parametersOf(fn);
    this.#fn = fn;
    this.start = start;
    this.takesContext = parameters.context || start !== fn;
    this.convert = fileMaker(options.outputs);
    checkFallback(this);
    this.#checkInputs(Object.keys(inputs), parameters);
  }

  /** Two functions with the same source may still differ in what they close over: of that nothing can be known. */
  override get definition(): string {
    return `${super.definition} ${Function.prototype.toString.call(this.#fn)}`;
  }

  #checkInputs(given: readonly string[], { names, open }: ReturnType<typeof parametersOf>): void {
    if (names === undefined) return;
    const known = names.map((parameter) => parameter.name);
    const unknown = open ? undefined : given.find((name) => !known.includes(name));
    if (unknown !== undefined) {
      throw new GraphError(
        "unknown-input",
        `'${this.name}' is given the input '${unknown}', which its function does not take.`,
        {
          node: this.name,
          port: unknown,
          known,
          meant: unknown,
        },
      );
    }
    const missing = names.find((parameter) => !parameter.optional && !given.includes(parameter.name));
    if (missing !== undefined) {
      throw new GraphError(
        "missing-input",
        `The function of '${this.name}' takes '${missing.name}', and no input of that name is given: give it one, or a default in the function.`,
        {
          node: this.name,
          port: missing.name,
          known: given,
          meant: missing.name,
        },
      );
    }
  }
}

const optionsOfFn = ["inputs", "outputs", "fallback", ...optionsOfAll];

export const FnNode = FunctionNode as unknown as FnNodeConstructor;

/** @throws GraphError for outputs that are none; `lacking` says what to write */
export function checkOutputs(
  outputs: unknown,
  lacking = "An FnNode needs outputs: new FnNode(fn, { outputs: { text: ui.textbox() } }).",
): void {
  if (typeof outputs !== "object" || outputs === null || Array.isArray(outputs))
    throw new GraphError("unknown-port", lacking);
  for (const [port, component] of Object.entries(outputs)) {
    if (component === null || typeof shapeOf(component)?.refuses === "function") continue;
    throw new GraphError("bad-component", `The output '${port}' must be a component (ui.textbox(), ...) or null.`, {
      port,
    });
  }
}

// ── how the types of a function's node are found (the reasons are in docs/ARCHITECTURE.md)

declare const unseen: unique symbol;

/** Infers `X` from this position and then vanishes: it resolves to `never`, so the other members of the union alone are checked. */
export type Capture<X> = X extends never ? X : never;

/** The type of `fn`. Deferred on purpose: a conditional contextual type is instantiated before the body is typed, so literals in returned values keep their types. */
type Step<A, O, R> = [O] extends [never] ? never : (inputs: A, context: RunContext) => Result<Returned<O>> | Capture<R>;

/** Default for `O` while only `fn` has been seen: it keeps literals in what a fully annotated or parameterless `fn` returns. */
type Unseen = Outputs & { readonly [unseen]: true };
type Literal = "" | 0 | true | null | undefined | readonly Literal[] | { readonly [key: string]: Literal };

/** `inputs` may be left out when the function needs none. */
type NeedsInputs<A> = {} extends A ? unknown : { inputs: unknown };

type IsMany<K, U = K> = string extends K
  ? true
  : [K] extends [never]
    ? false
    : K extends U
      ? [U] extends [K]
        ? false
        : true
      : never;

/** The value of an `outputs` entry. */
export type ShownValue<C> = C extends Component<infer T> ? T : unknown;

/** What a function hands back for a value of `T`: wherever a file is wanted a path, bytes or a blob will do; lists may be readonly. */
type Given<T> = T extends FileRef
  ? FileLike
  : T extends readonly unknown[]
    ? { readonly [K in keyof T]: GivenRow<T[K]> }
    : T;
type GivenRow<T> = T extends FileRef
  ? FileLike
  : [Extract<T[keyof T], FileRef>] extends [never]
    ? T
    : { [K in keyof T]: T[K] extends FileRef ? FileLike : T[K] };

/** What a function hands back for its `outputs`: one port: the value; several: an object; none: anything. */
export type Returned<O> = O extends { readonly [unseen]: true }
  ? Literal
  : [keyof O] extends [never]
    ? unknown
    : IsMany<keyof O> extends true
      ? { [K in keyof O]: Given<ShownValue<O[K]>> }
      : Given<ShownValue<O[keyof O]>>;

type Settled<R> = R extends PromiseLike<infer T> | Observable<infer T> | AsyncIterable<infer T> ? T : R;

/** The type of an output: the component's, or what `fn` returns where the component does not know. */
type FnValue<O, K extends keyof O, R> =
  unknown extends ShownValue<O[K]>
    ? Known<IsMany<keyof O> extends true ? Settled<R>[K & keyof Settled<R>] : Settled<R>>
    : ShownValue<O[K]>;
type Known<T> = 0 extends 1 & T ? unknown : T;
