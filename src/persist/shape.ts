/** What a stored text must be made of before anything is done with it: a checksum says that it is what was written, not that it makes sense. */

type Shape = Readonly<Record<string, string>>;

/** Fields with their types, put in order once: a sheet may have ten thousand runs. */
const parsed = new WeakMap<Shape, readonly (readonly [key: string, type: string, optional: boolean])[]>();

function fieldsOf(shape: Shape) {
  const known = parsed.get(shape);
  if (known) return known;
  const made = Object.entries(shape).map(([key, type]) => [key, type.replace("?", ""), type.endsWith("?")] as const);
  parsed.set(shape, made);
  return made;
}

export function has(data: unknown, shape: Shape): boolean {
  if (typeof data !== "object" || data === null) return false;
  for (const [key, type, optional] of fieldsOf(shape)) {
    const value = (data as Readonly<Record<string, unknown>>)[key];
    if (value === undefined && optional) continue;
    if (typeof value !== type || value === null) return false;
  }
  return true;
}

const factShapes: Readonly<Record<string, Shape>> = {
  source: { signal: "number", because: "object" },
  slot: { good: "number?", because: "object?", pin: "number?", apart: "number?" },
  choice: { variant: "string" },
  step: { run: "number?", made: "boolean", tried: "number?", rested: "object?" },
  items: { left: "object", causes: "object?", of: "object?" },
  underway: { run: "object", waits: "boolean" },
};

export function factFits(fact: unknown): boolean {
  const { kind, because, run, left, causes = [] } = (fact ?? {}) as Readonly<Record<string, unknown>>;
  const { of = {} } = (fact ?? {}) as { of?: object };
  const shape = typeof kind === "string" && Object.hasOwn(factShapes, kind) ? factShapes[kind] : undefined;
  if (shape === undefined || !has(fact, shape)) return false;
  if (because !== undefined && !causeFits(because)) return false;
  if (kind === "items") return listOf(left, itemFits) && listOf(causes, causeFits) && Object.values(of).every(feedsFit);
  return kind !== "underway" || runFits(run);
}

const itemShape = {
  run: "number?",
  made: "boolean?",
  tried: "number?",
  rested: "object?",
  live: "number?",
  why: "number?",
  outs: "object?",
};
const outShape = { good: "number?", pin: "number?" };

function itemFits(left: unknown): boolean {
  if (left === null || Number.isSafeInteger(left)) return true;
  const { outs = {} } = left as { outs?: object };
  return has(left, itemShape) && Object.values(outs).every((out) => has(out, outShape));
}

const feedShape = { held: "number?", last: "number?", why: "number?" };

function feedsFit(feeds: unknown): boolean {
  return listOf(feeds, (feed) => Number.isSafeInteger(feed) || has(feed, feedShape));
}

function listOf(list: unknown, fits: (one: unknown) => boolean): boolean {
  return Array.isArray(list) && list.every(fits);
}

const causeShape = { change: "string" };

function causeFits(because: unknown): boolean {
  if (!has(because, causeShape)) return false;
  const { port } = because as { port?: unknown };
  return port === undefined || (Array.isArray(port) && port.length === 3);
}

export function signalFits(signal: unknown): boolean {
  if (!Array.isArray(signal) || signal.length < 3) return false;
  const list: unknown = signal[4];
  const [, , , , , parts, lists, at] = signal as readonly unknown[];
  for (let i = 0; i < 3; i++) if (!Number.isSafeInteger(signal[i])) return false;
  if (at !== undefined && !Number.isSafeInteger(at)) return false;
  return (list === undefined || list === null || Number.isSafeInteger(list)) && partsFit(parts) && partsFit(lists);
}

function partsFit(parts: unknown): boolean {
  return parts === undefined || parts === null || listOf(parts, Number.isSafeInteger);
}

const runShape = {
  number: "number",
  address: "string",
  print: "string",
  inputs: "object",
  from: "object",
  startedAt: "number",
  duration: "number",
  log: "object",
  outcome: "string",
  gave: "object?",
  answers: "boolean",
};

export function runFits(run: unknown): boolean {
  return has(run, runShape) && Array.isArray((run as { log?: unknown }).log);
}

const lineShape = { n: "number", b: "number?", g: "object?", r: "object?", f: "object?", x: "object?" };

export function lineFits(line: unknown): boolean {
  if (!has(line, lineShape)) return false;
  const { g = [], r = [], f = {} } = line as { g?: unknown; r?: unknown; f?: object };
  if (!Array.isArray(g) || !Array.isArray(r)) return false;
  return g.every(signalFits) && r.every(runFits) && Object.values(f).every((fact) => fact === null || factFits(fact));
}
