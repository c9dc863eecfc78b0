/** Lays out a graph with ELK in a worker; when that cannot be, in plain columns. Never rejects. */
import ELK from "elkjs/lib/elk-api.js";
import ElkWorker from "elkjs/lib/elk-worker.min.js?worker";
import type { View } from "../protocol.ts";
import type { Point } from "./geometry.ts";
import { better, columns, layoutInput, type Measure, type Placement, placesOf, small } from "./layout.ts";

/** Says where the cards of a view belong. */
export type Layouter = (view: View, measures: ReadonlyMap<string, Measure>) => Promise<ReadonlyMap<string, Point>>;

/** A layouter with a worker of its own, warmed with a toy graph: the first layout pays for compiling it. */
export function elkLayouter(): Layouter {
  const elk = new ELK({ workerFactory: () => new ElkWorker() });
  const toy = { id: "toy", children: [{ id: "a" }, { id: "b" }], edges: [{ id: "e", sources: ["a"], targets: ["b"] }] };
  void elk.layout(toy).catch(() => {});
  return async (view, measures) => {
    try {
      const drawn = (placement: Placement) => elk.layout(layoutInput(view.order, measures, view.edges, placement));
      if (view.order.length > small) return placesOf(await drawn("close"));
      const [straight, close] = await Promise.all([drawn("straight"), drawn("close")]);
      return placesOf(better(straight, close));
    } catch {
      return columns(view.order, measures, view.edges);
    }
  };
}
