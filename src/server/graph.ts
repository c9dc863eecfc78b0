/** The graph that the package shows: the engine's, which knows no HTTP, with a way to serve itself. The server is loaded only when it is asked for, so that a graph also lives in a browser. */
import { Graph as Definition } from "../engine/graph.ts";
import type { LaunchOptions, Server } from "./launch.ts";

/**
 * A definition: nodes and edges, immutable once a sheet is open.
 *
 * @example
 * const graph = new Graph({ name: "Postcard", nodes: [postcard] }); // upstream nodes come along
 * await graph.launch(); // the canvas, at 127.0.0.1:7860
 */
export class Graph extends Definition {
  /** Serves the canvas. Default address 127.0.0.1:7860, or the next free port. @throws an Error when the port asked for is taken */
  async launch(options: LaunchOptions = {}): Promise<Server> {
    const { launch } = await import("./launch.ts");
    return launch(this, options);
  }
}
