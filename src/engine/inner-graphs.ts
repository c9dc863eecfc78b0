/** The graphs alive inside scattered nodes, one for each item, found by where that item stands. Each lives as long as its item does. */
import { type BaseNode, baseOf } from "./base-node.ts";
import type { Part } from "./fan.ts";
import type { Graph } from "./graph.ts";
import type { LivingGraph } from "./living-graph.ts";
import type { Home } from "./placed.ts";
import type { OutPort } from "./port.ts";
import type { Feed } from "./step-of.ts";
import type { Spot } from "./wiring.ts";

export class InnerGraphs {
  readonly #living: LivingGraph;
  readonly #places = new Map<LivingGraph, { readonly node: BaseNode; readonly spot: Spot }>();

  constructor(living: LivingGraph) {
    this.#living = living;
  }

  /** All of them, each with the node that it is. */
  get all(): readonly (readonly [BaseNode, LivingGraph])[] {
    return [...this.#places].map(([inner, { node }]) => [node, inner]);
  }

  /** The graph that is alive for an item of a node. */
  at(node: BaseNode, path: readonly number[]): LivingGraph | undefined {
    const at = path.join();
    return [...this.#places].find(([, place]) => place.node === node && place.spot.path.join() === at)?.[0];
  }

  /** Of which node's item a graph is alive here, and where that stands. */
  placeOf(inner: LivingGraph): { readonly node: BaseNode; readonly path: readonly number[] } | undefined {
    const place = this.#places.get(inner);
    return place && { node: place.node, path: place.spot.path };
  }

  /** Brings the graph that a node is to life for one item. */
  part(node: BaseNode, graph: Graph, feeds: readonly Feed[], about: { spot: Spot; home: Home; height: number }): Part {
    const { spot, home, height } = about;
    const inner = this.#living.living(node, graph, feeds, homeAt(spot, home), height - 1);
    this.#places.set(inner, { node, spot });
    return {
      outs: inner.outs,
      get steps() {
        return inner.running;
      },
      goals: goalsOf(inner),
      place: (at) => {
        spot.at = at;
      },
      retire: () => {
        this.#places.delete(inner);
        return inner.retire();
      },
    };
  }
}

/** The same home, where it is told apart for which item a graph lives in it. */
function homeAt(spot: Spot, home: Home): Home {
  return {
    get whole() {
      return home.whole;
    },
    spot,
  };
}

/** The steps that make the outputs of a graph. */
function goalsOf(inner: LivingGraph): Part["goals"] {
  const outputs = Object.values(inner.graph.outputs) as unknown as readonly OutPort[];
  const nodes = new Set(outputs.map(({ node }) => baseOf(node)));
  return [...nodes].flatMap((node) => inner.stepOf(node) ?? []);
}
