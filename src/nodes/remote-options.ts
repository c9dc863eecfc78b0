/** What the authors of nodes that call out write: types alone. A node or an input port is no value that can be sent, on purpose. */
import type { Component } from "../engine/component.ts";
import type { NodeOptions } from "../engine/node-options.ts";
import type { InputValue, OutputPort, Outputs } from "../engine/port.ts";
import type { FileRef } from "./file-ref.ts";
import type { Capture, Returned } from "./fn.ts";

/** What can be sent to a Space or a model as it stands. A node or an input port is not among them, on purpose. */
export type Constant =
  | string
  | number
  | boolean
  | null
  | FileRef
  | readonly Constant[]
  | { readonly [key: string]: Constant | undefined };

/** What an input of a remote node may be given. */
export type RemoteInput = Constant | Component<unknown> | OutputPort<unknown> | (() => Constant | Promise<Constant>);

/** Options of a node that calls out. */
export interface RemoteOptions<I, O extends Outputs, P> extends NodeOptions {
  /** Parameter name to component, port, callable or constant; names and required ones are checked against the remote API when the graph is wired. */
  inputs: I;
  /** Port name to component or `null`, in the order of the returned values. */
  outputs: O;
  /** Last change to the inputs before they are sent. */
  preprocess?(
    inputs: {
      [K in keyof I]: InputValue<I[K]>;
    },
  ): Readonly<Record<string, unknown>> | Promise<Readonly<Record<string, unknown>>>;
  /** The raw returned values, in order; returns what the ports get (one port: the value; several: an object). Annotate the parameters to type them. */
  postprocess?(
    ...returned: unknown[]
  ): (unknown extends Awaited<P> ? unknown : Returned<NoInfer<O>> | Promise<Returned<NoInfer<O>>>) | Capture<P>;
  /** Used when every attempt failed. */
  fallback?: Returned<NoInfer<O>>;
}
