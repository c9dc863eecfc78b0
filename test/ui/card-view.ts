/** Views for tests: small, complete, each part changeable. */
import type { PortView } from "../../src/protocol/port.ts";
import type { CardView, View } from "../../src/protocol.ts";

export function port(name: string, over: Partial<PortView> = {}): PortView {
  return {
    name,
    label: name,
    state: "ready",
    component: { kind: "textbox", options: {} },
    editable: false,
    value: null,
    shows: "none",
    ...over,
  };
}

export function card(id: string, over: Partial<CardView> = {}): CardView {
  return {
    id,
    name: id,
    kind: "fn",
    about: "function",
    state: "ready",
    status: null,
    runnable: true,
    trigger: "auto",
    plan: [],
    inputs: [],
    outputs: [],
    log: [],
    runs: 0,
    chips: [],
    ...over,
  };
}

export function view(cards: readonly CardView[], over: Partial<View> = {}): View {
  return {
    graph: "Graph",
    sheet: { id: "s", name: "Sheet" },
    saved: true,
    unsaved: null,
    notices: [],
    order: cards.map(({ id }) => id),
    cards: Object.fromEntries(cards.map((each) => [each.id, each])),
    edges: {},
    places: {},
    viewport: null,
    due: [],
    insides: {},
    ...over,
  };
}
