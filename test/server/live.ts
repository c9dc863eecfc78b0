/** A sheet and its view, kept as a client keeps it: by the changes alone. */
import { afterEach } from "vitest";
import type { Graph } from "../../src/index.ts";
import { applyChanges } from "../../src/protocol/patch.ts";
import type { CardView, View } from "../../src/protocol.ts";
import { Files } from "../../src/server/files.ts";
import { LiveView } from "../../src/server/live-view.ts";
import { FakeClock } from "./fake-clock.ts";

const opened: { close(): void }[] = [];
afterEach(() => {
  for (const one of opened.splice(0)) one.close();
});

export function live(graph: Graph) {
  const sheet = graph.sheet();
  const clock = new FakeClock();
  const files = new Files();
  const view = new LiveView(sheet, { id: "one", name: "Sheet 1" }, files, clock);
  opened.push(view, sheet);
  let seen = overTheWire(view.view());
  return {
    sheet,
    clock,
    files,
    view,
    look(): View {
      seen = applyChanges(seen, overTheWire(view.changes()));
      return seen;
    },
    card(id: string): CardView {
      return this.look().cards[id] as CardView;
    },
  };
}

export function overTheWire<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}
