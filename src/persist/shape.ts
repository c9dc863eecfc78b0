/** What a stored text must be made of before anything is done with it: a checksum says that it is what was written, not that it makes sense. */

export function has(data: unknown, shape: Readonly<Record<string, string>>): boolean {
  if (typeof data !== "object" || data === null) return false;
  return Object.entries(shape).every(([key, type]) => {
    const value = (data as Readonly<Record<string, unknown>>)[key];
    if (type.endsWith("?") && value === undefined) return true;
    return typeof value === type.replace("?", "") && value !== null;
  });
}

const factShapes: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  source: { signal: "number", because: "object" },
  slot: { good: "number?", because: "object?", pin: "number?" },
  choice: { variant: "string" },
  step: { run: "number?", made: "boolean", tried: "number?" },
  underway: { run: "object", waits: "boolean" },
};

export function factFits(fact: unknown): boolean {
  const { kind, because, run } = (fact ?? {}) as { kind?: unknown; because?: unknown; run?: unknown };
  const shape = typeof kind === "string" && Object.hasOwn(factShapes, kind) ? factShapes[kind] : undefined;
  if (shape === undefined || !has(fact, shape)) return false;
  if (because !== undefined && !causeFits(because)) return false;
  return kind !== "underway" || runFits(run);
}

function causeFits(because: unknown): boolean {
  const { port } = because as { port?: unknown };
  return has(because, { change: "string" }) && (port === undefined || (Array.isArray(port) && port.length === 3));
}

export function signalFits(signal: unknown): boolean {
  if (!Array.isArray(signal) || signal.length < 3) return false;
  const [id, run, pinned, , list, parts] = signal as unknown[];
  const numbers = [id, run, pinned].every((one) => Number.isSafeInteger(one));
  return numbers && (list === undefined || list === null || Number.isSafeInteger(list)) && partsFit(parts);
}

function partsFit(parts: unknown): boolean {
  return parts === undefined || parts === null || (Array.isArray(parts) && parts.every(Number.isSafeInteger));
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

export function lineFits(line: unknown): boolean {
  if (!has(line, { n: "number", b: "number?", g: "object?", r: "object?", f: "object?", x: "object?" })) return false;
  const { g = [], r = [], f = {} } = line as { g?: unknown; r?: unknown; f?: object };
  if (!Array.isArray(g) || !Array.isArray(r)) return false;
  return g.every(signalFits) && r.every(runFits) && Object.values(f).every((fact) => fact === null || factFits(fact));
}
