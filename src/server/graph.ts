/** The graph that the package shows: the engine's, which knows no HTTP, with a way to serve itself. The server is loaded only when it is asked for, so that a graph also lives in a browser. */

import { Graph as Definition } from "../engine/graph.ts";
import type { GraphOptions } from "../engine/graph-options.ts";
import type { AnyOutputs } from "../engine/node.ts";
import type { Held, InputPort } from "../engine/port.ts";
import type { Sheets, SheetsOptions } from "../persist/sheets.ts";
import type { LaunchOptions, Server } from "./launch.ts";

/** A definition: nodes and edges, immutable once a sheet is open. `In`/`Out` are the named ports it shows as a node, an API call or a tool. */
export interface Graph<out In = {}, out Out = {}> extends Definition<In, Out> {
  /** Serves the canvas. Default address 127.0.0.1:7860, or the next free port. @throws GraphError, or an Error when the port asked for is taken */
  launch(options?: LaunchOptions): Promise<Server>;
  /** The saved sheets of this graph. @throws Error when another process holds the data folder, or `persistKey` is `false` */
  sheets(options?: { dataDir?: string; user?: string }): Promise<Sheets>;
}

interface GraphConstructor {
  /**
   * @example
   * const graph = new Graph({ name: "Postcard", nodes: [postcard] }); // upstream nodes come along
   * await graph.launch(); // the canvas, at 127.0.0.1:7860
   * @throws GraphError for every wiring mistake, with what exists and what was probably meant
   */
  new <I extends Readonly<Record<string, InputPort<unknown>>> = {}, O extends AnyOutputs = {}>(
    options: GraphOptions<I, O>,
  ): Graph<{ -readonly [K in keyof I]: Held<I[K]> }, { -readonly [K in keyof O]: Held<O[K]> }>;
}

class LaunchableGraph extends Definition {
  async launch(options: LaunchOptions = {}): Promise<Server> {
    const { launch } = await import("./launch.ts");
    return launch(this, options);
  }

  async sheets(options: SheetsOptions = {}): Promise<Sheets> {
    const { sheetsOf } = await import("../persist/sheets.ts");
    return sheetsOf(this, options);
  }
}

export const Graph = LaunchableGraph as unknown as GraphConstructor;
