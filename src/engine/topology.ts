/** The order of a graph: each node after those it depends on, first declared first. Pure and without recursion, for chains of any length (W8). */
import { GraphError } from "./graph-error.ts";

/** The nodes in order. @throws GraphError `cycle`, naming the nodes of one */
export function inOrder<N extends { readonly name: string }>(
  nodes: readonly N[],
  upstream: (node: N) => readonly N[],
): readonly N[] {
  const ordered: N[] = [];
  const done = new Set<N>();
  const underway = new Set<N>();
  for (const root of nodes) {
    const path: { node: N; left: N[] }[] = [];
    const enter = (node: N) => {
      underway.add(node);
      path.push({ node, left: [...upstream(node)].reverse() });
    };
    if (!done.has(root)) enter(root);
    while (path.length > 0) {
      const at = path[path.length - 1] as { node: N; left: N[] };
      const next = at.left.pop();
      if (next === undefined) {
        path.pop();
        underway.delete(at.node);
        done.add(at.node);
        ordered.push(at.node);
      } else if (underway.has(next))
        throw circle(path.map((step) => step.node).slice(path.findIndex((step) => step.node === next)));
      else if (!done.has(next)) enter(next);
    }
  }
  return ordered;
}

/** The way up from a node to one that it depends on, both included; `undefined` when it does not. */
export function pathUp<N>(from: N, to: N, upstream: (node: N) => readonly N[]): readonly N[] | undefined {
  const below = new Map<N, N | undefined>([[from, undefined]]);
  const waiting = [from];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node === to) {
      const path: N[] = [];
      for (let at: N | undefined = node; at !== undefined; at = below.get(at)) path.unshift(at);
      return path;
    }
    for (const above of upstream(node)) {
      if (below.has(above)) continue;
      below.set(above, node);
      waiting.push(above);
    }
  }
  return undefined;
}

/** What to say of an edge that would lead from the first of a way up to its last. */
export function circle(path: readonly { readonly name: string }[]): GraphError {
  const [first] = path;
  const round = [...path]
    .reverse()
    .concat(path.at(-1) ?? [])
    .map((node) => `'${node.name}'`);
  return new GraphError("cycle", `This would close a circle: ${round.join(" -> ")}. A graph flows one way.`, {
    ...(first && { node: first.name }),
  });
}

/** The connected parts of a graph, each in the order of `nodes`. */
export function partsOf<N>(
  nodes: readonly N[],
  edges: readonly { from: { node: N }; to: { node: N } }[],
): readonly (readonly N[])[] {
  const parent = new Map(nodes.map((node) => [node, node]));
  const rootOf = (node: N): N => {
    let at = node;
    for (let up = parent.get(at) as N; up !== at; up = parent.get(at) as N) {
      parent.set(at, parent.get(up) as N);
      at = up;
    }
    return at;
  };
  for (const edge of edges) parent.set(rootOf(edge.from.node), rootOf(edge.to.node));
  const parts = new Map<N, N[]>();
  for (const node of nodes) {
    const root = rootOf(node);
    const part = parts.get(root);
    if (part) part.push(node);
    else parts.set(root, [node]);
  }
  return [...parts.values()];
}
