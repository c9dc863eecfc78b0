/**
 * One endpoint of a Gradio app as a node. A mistake is found while wiring, where the app is known from before, else when it is first
 * called. What talks to the app is loaded only when a run needs it, so that a graph also lives in a browser.
 */
import { GraphError } from "../engine/graph-error.ts";
import { Lane } from "../engine/lane.ts";
import type { Node } from "../engine/node.ts";
import type { DepthOf, InputValue, Outputs, PortAt } from "../engine/port.ts";
import type { RunContext } from "../engine/run.ts";
import type { ShownValue } from "./fn.ts";
import { type Called, checkKnown } from "./gradio/call.ts";
import { isSpace } from "./gradio/source.ts";
import { type AnyRemoteOptions, RemoteNode } from "./remote-node.ts";
import type { RemoteInput, RemoteOptions } from "./remote-options.ts";

/** One endpoint of a Gradio app as a node. */
export interface GradioNode<out In, out Out> extends Node<In, Out> {
  readonly kind: "gradio";
  /** The Space id or URL. */
  readonly source: string;
}

/** What a node of a Gradio app takes besides. */
export interface GradioOptions {
  /** Endpoint name (`"/predict"`) or index. Default: the only named endpoint. */
  apiName?: string | number;
  /** Check against the app's API information, cached on disk. Default `true`. */
  validate?: boolean;
  /** Clone the Space and run it here. Default `false`. */
  runLocally?: boolean;
  /** User and password of an app that asks for a login; a callable may read them from the environment. */
  auth?: readonly [user: string, password: string] | (() => readonly [user: string, password: string]);
  /** `sheet`: one session of the app per sheet, for apps that keep state. Default `none`: a session per run. */
  session?: "none" | "sheet";
}

interface GradioNodeConstructor {
  /**
   * `source`: a Space id (`owner/name`) or an http(s) URL.
   *
   * @example
   * const image = new GradioNode("hf-applications/Z-Image-Turbo", {
   *   apiName: "/generate_image",
   *   inputs: { prompt: ui.textbox({ value: "A cheetah in the savanna" }), height: 1024, width: 1024 },
   *   outputs: { image: ui.image() },
   * });
   * @throws GraphError for an unknown endpoint or parameter, with a suggestion (at wiring, when `validate`)
   */
  new <I extends Readonly<Record<string, RemoteInput>>, O extends Outputs, P = unknown>(
    source: string,
    options: RemoteOptions<I, O, P> & GradioOptions,
  ): GradioNode<
    { -readonly [K in keyof I]: InputValue<I[K]> },
    { -readonly [K in keyof O]: PortAt<ShownValue<O[K]>, DepthOf<I>> }
  >;
}

/** How many jobs of one Space go at once, of all nodes of the process. */
const usualLimit = 4;

class EndpointNode extends RemoteNode {
  readonly kind = "gradio";
  readonly about: string;
  readonly source: string;
  readonly #called: Called;

  constructor(source: string, options: AnyRemoteOptions & GradioOptions) {
    const at = checkedSource(source);
    const own = ["apiName", "validate", "runLocally", "auth", "session"];
    super(nameOf(at), { ...options, lane: options?.lane ?? laneOf(at) }, own);
    const { apiName, validate = true, auth, session = "none" } = checkedOptions(options, this.name);
    this.source = at;
    const where = isSpace(at) ? "Space" : nameOf(at);
    this.about = apiName === undefined ? where : `${where} · ${typeof apiName === "number" ? `#${apiName}` : apiName}`;
    this.#called = { node: this.name, source: at, apiName, auth, session, validate };
    if (validate) checkKnown(this.#called, options.preprocess ? undefined : Object.keys(options.inputs));
  }

  readonly start = (inputs: Readonly<Record<string, unknown>>, context: RunContext): AsyncIterable<unknown> => {
    const before = (values: Readonly<Record<string, unknown>>) => this.given(values);
    const after = (returned: readonly unknown[]) => this.taken(returned);
    const wanted = this.makesItsOwn ? Number.POSITIVE_INFINITY : Object.keys(this.outputs).length;
    const called = { ...this.#called, node: this.name };
    return (async function* () {
      const { callApp } = await loaded();
      return yield* callApp(called, inputs, { before, after, wanted }, context);
    })();
  };
}

/**
 * What calls apps. Once: to be asked for a module that is there costs more than the rest of a call. Not by `??=`, beneath
 * which the compiler does not see the address and leaves it as it is in the source.
 */
function loaded(): Promise<typeof import("./gradio/run.ts")> {
  if (calling === undefined) calling = import("./gradio/run.ts");
  return calling;
}
let calling: Promise<typeof import("./gradio/run.ts")> | undefined;

export const GradioNode = EndpointNode as unknown as GradioNodeConstructor;

/** One lane for each app, however many nodes call it. */
function laneOf(source: string): Lane {
  const lane = lanes.get(source) ?? new Lane(usualLimit, source);
  lanes.set(source, lane);
  return lane;
}
const lanes = new Map<string, Lane>();

/** @throws GraphError for what is neither a Space id nor a URL */
function checkedSource(source: unknown): string {
  if (typeof source === "string") {
    const trimmed = source.trim().replace(/\/+$/, "");
    if (isSpace(trimmed)) return trimmed;
    if (/^https?:\/\//.test(trimmed) && URL.canParse(trimmed)) return trimmed;
  }
  throw new GraphError(
    "wrong-type",
    `new GradioNode(source, options): ${JSON.stringify(source) ?? typeof source} is neither a Space id ("owner/name") nor a URL ("http://localhost:7860").`,
  );
}

function nameOf(source: string): string {
  return source.includes("://") ? new URL(source).host : (source.split("/")[1] as string);
}

function checkedOptions(options: GradioOptions, node: string): GradioOptions {
  const refuse = (option: string, expected: string) => {
    throw new GraphError("wrong-type", `The option '${option}' of '${node}' must be ${expected}.`, { node });
  };
  const { apiName, validate, auth, session, runLocally } = options;
  if (
    apiName !== undefined &&
    typeof apiName !== "string" &&
    !(Number.isInteger(apiName) && (apiName as number) >= 0)
  ) {
    refuse("apiName", 'the name of an endpoint ("/predict") or its index');
  }
  if (validate !== undefined && typeof validate !== "boolean") refuse("validate", "true or false");
  if (session !== undefined && session !== "none" && session !== "sheet") refuse("session", '"none" or "sheet"');
  const login = Array.isArray(auth) && auth.length === 2 && auth.every((part) => typeof part === "string");
  if (auth !== undefined && typeof auth !== "function" && !login) refuse("auth", 'a login: ["user", "password"]');
  if (runLocally) refuse("runLocally", "left out: Spaces are not run here yet");
  return options;
}
