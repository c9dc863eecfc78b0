import { expect, test } from "vitest";
import type { EdgeView } from "../../src/protocol.ts";
import { coneOf } from "../../src/ui/cone.ts";

// a -> b -> d -> e
//      c -> d    x -> c
const edges = Object.fromEntries(
  ["a>b", "b>d", "c>d", "d>e", "x>c"].map((id): [string, EdgeView] => {
    const [fromCard = "", toCard = ""] = id.split(">");
    return [
      id,
      {
        from: `${fromCard}.out`,
        to: `${toCard}.in`,
        fromCard,
        fromPort: "out",
        toCard,
        toPort: "in",
        kind: "plain",
        state: "fresh",
      },
    ];
  }),
);

test("a cone is all above and all below, not what merely shares a neighbour", () => {
  const cone = coneOf("b", edges);
  expect([...cone.cards].sort()).toEqual(["a", "b", "d", "e"]);
  expect([...cone.edges].sort()).toEqual(["a>b", "b>d", "d>e"]);
});

test("a cone of a join is both branches and what follows", () => {
  expect([...coneOf("d", edges).cards].sort()).toEqual(["a", "b", "c", "d", "e", "x"]);
});

test("a card without edges is its own cone", () => {
  expect(coneOf("alone", edges)).toEqual({ cards: new Set(["alone"]), edges: new Set() });
});
