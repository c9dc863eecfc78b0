/** Whether an app can be called as its node says: while wiring, from what was known of it last, and again when it is called. */
import { GraphError, nearest } from "../../engine/graph-error.ts";
import type { Api, Endpoint, Parameter } from "./api.ts";

/** How a node calls its app. */
export interface Call {
  readonly node: string;
  readonly source: string;
  /** As it was written; `undefined` for the only one there is. */
  readonly apiName: string | number | undefined;
}

/** @throws GraphError `unknown-endpoint` */
export function endpointIn(api: Api, call: Call): Endpoint {
  const { apiName, source, node } = call;
  const known = api.endpoints.flatMap(({ name, open }) => (open && name !== undefined ? [name] : []));
  if (apiName === undefined) {
    const [only, ...others] = api.endpoints.filter(({ open, name }) => open && name !== undefined);
    if (only && others.length === 0) return only;
    const what = `'${source}' has ${known.length} endpoints; say which one '${node}' calls: apiName: "${known[0] ?? "/predict"}".`;
    throw new GraphError("unknown-endpoint", what, { node, known });
  }
  const found =
    typeof apiName === "number"
      ? api.endpoints.find(({ index }) => index === apiName)
      : api.endpoints.find(({ name }) => name === slashed(apiName));
  if (found) return found;
  if (typeof apiName === "number") {
    const what = `'${source}' has no endpoint of index ${apiName}; its indexes are ${indexesOf(api)}.`;
    throw new GraphError("unknown-endpoint", what, { node, known });
  }
  throw new GraphError("unknown-endpoint", `API endpoint '${apiName}' not found in '${source}'.`, {
    node,
    known,
    meant: slashed(apiName),
  });
}

/** `before` is what the endpoint took when the app was last looked at. @throws GraphError `unknown-input` or `missing-input` */
export function checkInputs(
  { parameters, takes }: Endpoint,
  given: readonly string[],
  { node, source, apiName }: Call,
  before?: Endpoint,
): void {
  if (parameters === undefined) return checkNumber(takes.length, given, { node, source, apiName });
  const known = parameters.map(({ name }) => name);
  const where = `endpoint '${apiName ?? "the only one"}' in '${source}'`;
  const unknown = given.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    const now = renamed(unknown, parameters, before?.parameters);
    const what =
      now === undefined
        ? `Invalid parameter '${unknown}' for ${where}.`
        : `The parameter '${unknown}' of ${where} has been renamed: it is '${now}' now.`;
    throw new GraphError("unknown-input", what, { node, port: unknown, known, meant: now ?? unknown });
  }
  const missing = parameters.find(({ name, otherwise }) => otherwise === undefined && !given.includes(name));
  if (missing === undefined) return;
  const what = `Missing required parameter '${missing.name}' for ${where}: it has no default value.`;
  throw new GraphError("missing-input", what, { node, port: missing.name, known, meant: missing.name });
}

/** What a parameter that was there before is called now. */
function renamed(
  name: string,
  now: readonly Parameter[],
  before: readonly Parameter[] | undefined,
): string | undefined {
  const place = before?.findIndex((parameter) => parameter.name === name) ?? -1;
  const old = before?.[place];
  if (before === undefined || old === undefined) return undefined;
  const added = now.filter((parameter) => !before.some((one) => one.name === parameter.name));
  const there = added.find((parameter) => parameter === now[place]);
  const alike = added.find(({ label, schema }) => label === old.label && schema.type === old.schema.type);
  const near = nearest(
    name,
    added.map((parameter) => parameter.name),
  );
  return (alike ?? there)?.name ?? near ?? (added.length === 1 ? added[0]?.name : undefined);
}

/** Where the app does not say what its parameters are called, they are sent in the order in which they are written. */
function checkNumber(takes: number, given: readonly string[], { node, source, apiName }: Call): void {
  if (given.length === takes) return;
  const what = `The endpoint ${apiName} of '${source}' takes ${takes} values in order, and '${node}' gives ${given.length}.`;
  throw new GraphError(given.length < takes ? "missing-input" : "unknown-input", what, { node });
}

function slashed(name: string): string {
  return `/${name.trim().replace(/^\//, "")}`;
}

function indexesOf({ endpoints }: Api): string {
  const indexes = endpoints.map(({ index }) => index);
  const shown = indexes.slice(0, 20).join(", ");
  return indexes.length > 20 ? `${shown}, …` : shown || "none";
}
