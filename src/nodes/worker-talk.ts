/** What the two sides of an errand say to each other over its port: types alone. Values are asked for one by one, so that neither side fills the other's queue. */
import type { MessagePort } from "node:worker_threads";
import type { PackedError } from "./worker-errors.ts";
import type { Packed } from "./worker-values.ts";

/** Which function of which module a thread is to call. */
export interface Place {
  /** The module's `file:` URL. */
  readonly module: string;
  /** The function's name. */
  readonly name: string;
}

/** What a thread gets to begin with. */
export interface Order extends Place {
  readonly port: MessagePort;
  /** The node's outputs, by name. */
  readonly outputs: readonly string[];
  readonly attempt: number;
  readonly item: readonly number[];
  /** Shared; 1 once the run is stopped, so that a loop which never lets a message in can see it. */
  readonly stopped: Int32Array;
}

export type FromThread =
  /** A thread has the errand: from now on it is told to stop before it is ended. */
  | { readonly kind: "began" }
  /** Asks for a port to what translates modules. */
  | { readonly kind: "translate" }
  | { readonly kind: "progress"; readonly fraction: number; readonly message: string | undefined }
  | { readonly kind: "log"; readonly line: string }
  /** A value that may not be the last; asks whether to go on. */
  | { readonly kind: "gave"; readonly value: Packed }
  | { readonly kind: "returned"; readonly value: Packed }
  | { readonly kind: "threw"; readonly error: PackedError };

export type ToThread =
  /** There before the thread is. */
  | { readonly kind: "inputs"; readonly inputs: Packed }
  | { readonly kind: "translator"; readonly port: MessagePort }
  | { readonly kind: "more" }
  | { readonly kind: "stop" };
