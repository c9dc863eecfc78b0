/**
 * What nodes that call out have in common. Each call costs somebody money or quota, so they wait to be asked; what may pass by
 * itself is tried again, and nothing else; no attempt takes for ever. What comes back goes to the ports in order.
 */
import type { Failure } from "../engine/failure.ts";
import { GraphError } from "../engine/graph-error.ts";
import { refuseUnknown, refuseUnnamed } from "../engine/known-options.ts";
import { type NodeOptions, optionsOfAll } from "../engine/node-options.ts";
import type { Outputs } from "../engine/port.ts";
import { Variant } from "./choice.ts";
import { checkFallback } from "./fallback.ts";
import { fileMaker } from "./file-outputs.ts";
import { checkOutputs } from "./fn.ts";

type Values = Readonly<Record<string, unknown>>;

/** The options of a remote node of any shape. */
export interface AnyRemoteOptions extends NodeOptions {
  readonly inputs: Values;
  readonly outputs: Outputs;
  preprocess?(inputs: Values): Values | Promise<Values>;
  postprocess?(...returned: unknown[]): unknown;
  readonly fallback?: unknown;
}

/** Milliseconds that one attempt may take. */
const usualTimeout = 300_000;
/** What nobody answered, or was not awake yet, is tried again. */
const usualRetries = {
  times: 2,
  when: ({ reason }: Failure) => reason === "remote-unreachable" || reason === "sleeping",
};

const usualOptions = ["inputs", "outputs", "preprocess", "postprocess", "fallback"];

export abstract class RemoteNode extends Variant {
  override readonly usualTrigger = "manual";
  override readonly convert: ((given: unknown) => unknown) | undefined;
  readonly #preprocess: AnyRemoteOptions["preprocess"];
  readonly #postprocess: AnyRemoteOptions["postprocess"];

  /** `own`: the options that this kind takes besides. @throws GraphError for options that are none */
  constructor(otherwise: string, options: AnyRemoteOptions, own: readonly string[]) {
    const { name, inputs, outputs, timeout = usualTimeout, retries = usualRetries } = checked(options, otherwise);
    const called = `'${name ?? otherwise}'`;
    refuseUnknown(options, [...usualOptions, ...own, ...optionsOfAll], called);
    refuseUnnamed(inputs, "inputs", called);
    super({ given: name, otherwise }, inputs, outputs, { ...options, timeout, retries });
    this.convert = fileMaker(outputs, false);
    checkFallback(this);
    this.#preprocess = options.preprocess;
    this.#postprocess = options.postprocess;
  }

  override get definition(): string {
    return [super.definition, this.#preprocess, this.#postprocess].filter((part) => part !== undefined).join(" ");
  }

  /** True when the author makes the ports' values of what is returned. */
  protected get makesItsOwn(): boolean {
    return this.#postprocess !== undefined;
  }

  /** The inputs as they are to be sent. */
  protected async given(inputs: Values): Promise<Values> {
    return this.#preprocess ? await this.#preprocess({ ...inputs }) : inputs;
  }

  /** What the ports get of the returned values. */
  protected async taken(returned: readonly unknown[]): Promise<unknown> {
    if (this.#postprocess) return this.#postprocess(...returned);
    const ports = Object.keys(this.outputs);
    if (ports.length === 1) return returned[0];
    return Object.fromEntries(ports.map((port, i) => [port, returned[i]]));
  }
}

function checked(options: AnyRemoteOptions | undefined, node: string): AnyRemoteOptions {
  const example = "{ inputs: { prompt: ui.textbox() }, outputs: { image: ui.image() } }";
  if (
    typeof options !== "object" ||
    options === null ||
    typeof options.inputs !== "object" ||
    options.inputs === null
  ) {
    throw new GraphError("missing-input", `'${node}' needs inputs and outputs: ${example}.`, { node });
  }
  checkOutputs(options.outputs, `'${node}' needs outputs: ${example}.`);
  for (const step of ["preprocess", "postprocess"] as const) {
    if (options[step] === undefined || typeof options[step] === "function") continue;
    throw new GraphError("wrong-type", `The option '${step}' of '${node}' must be a function.`, { node });
  }
  return options;
}
