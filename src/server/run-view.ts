/** What is remembered of runs, as it is shown: a line each, or one with its values and with the runs that it came from (R7). */
import type { AnyNode } from "../engine/node.ts";
import { inWords } from "../engine/port.ts";
import type { Run } from "../engine/run.ts";
import type { Sheet } from "../engine/sheet.ts";
import type { NamedValue, Origin, RunLine, RunView } from "../protocol/runs.ts";
import type { Card } from "./card.ts";
import { rounded } from "./card-runs.ts";
import type { Files } from "./files.ts";
import { shown } from "./value.ts";
import { failureView, labelOf } from "./words.ts";

/** Runs that are listed, the latest of them; runs of a provenance that are named. */
const mostLines = 200;
const mostOrigins = 60;

/** A card's runs, the latest first. */
export function runLines(sheet: Sheet, { node }: Card): readonly RunLine[] {
  if (!node) return [];
  const seen = sheet.shown(node as never)?.run.id;
  const runs = sheet
    .history(node as never)
    .slice(-mostLines)
    .reverse();
  return runs.map((run) => lineOf(run, seen));
}

/** One run; `undefined` when it is not remembered any more. */
export function runView(sheet: Sheet, card: Card, id: string, files: Files): RunView | undefined {
  const run = sheet.runOf(id);
  if (!run) return undefined;
  const node = sheet.graph.nodes.find(({ name }) => name === run.node);
  const values = (given: object, side: Side) => namedValues(given, side, node as AnyNode | undefined, files);
  return {
    ...lineOf(run, card.node && sheet.shown(card.node as never)?.run.id),
    inputs: values(run.inputs, "inputs"),
    outputs: run.outcome === "ready" ? values(run.outputs, "outputs") : [],
    ...("failure" in run && { failure: failureView(run.failure) }),
    log: run.log,
    origins: originsOf(sheet, run),
  };
}

type Side = "inputs" | "outputs";

/** Values by port, as they are shown. */
export function namedValues(given: object, side: Side, node: AnyNode | undefined, files: Files): NamedValue[] {
  return Object.entries(given).map(([name, value]) => {
    const { view, stored } = shown(value);
    for (const file of stored) files.add(file);
    return { name, label: labelIn(node, side, name), value: view };
  });
}

function lineOf(run: Run, seen: string | undefined): RunLine {
  return {
    id: run.id,
    node: run.node,
    outcome: run.outcome,
    at: Math.round(run.startedAt.getTime()),
    ...(run.outcome !== "running" && { duration: rounded(run.duration) }),
    ...(run.id === seen && { shown: true as const }),
    ...(run.fallback && { fallback: true as const }),
  };
}

/** A run and those above it, each once, the nearest first. */
function originsOf(sheet: Sheet, run: Run): readonly Origin[] {
  const found = new Map<string, Origin>();
  const waiting: Run[] = [run];
  for (let one = waiting.shift(); one !== undefined && found.size < mostOrigins; one = waiting.shift()) {
    if (found.has(one.id)) continue;
    const from = [...new Set(Object.values(one.upstream as Readonly<Record<string, readonly string[]>>).flat())];
    found.set(one.id, { id: one.id, node: one.node, outcome: one.outcome, from });
    for (const id of from) {
      const above = sheet.runOf(id);
      if (above) waiting.push(above);
    }
  }
  return [...found.values()];
}

function labelIn(node: AnyNode | undefined, side: Side, name: string): string {
  const port = (node?.[side] as Readonly<Record<string, Parameters<typeof labelOf>[0]>> | undefined)?.[name];
  return port ? labelOf(port) : inWords(name);
}
