/** An app's endpoints: what each takes and gives, out of the app's configuration and its description of itself. */
import type { Config, Dependency } from "./library.ts";

/** One parameter of an endpoint. */
export interface Parameter {
  readonly name: string;
  readonly label: string;
  /** What is sent when nothing is given; of a required one there is none. */
  readonly otherwise?: { readonly value: unknown };
  /** JSON schema of what it takes. */
  readonly schema: Schema;
}

export interface Schema {
  readonly type?: unknown;
  readonly enum?: readonly unknown[];
}

/** One endpoint. */
export interface Endpoint {
  /** `/predict`; an unnamed one is known by its index alone. */
  readonly name?: string;
  readonly index: number;
  /** The app describes it to everybody. */
  readonly open: boolean;
  /** Calls stand in line; others are answered at once. */
  readonly queued: boolean;
  /** It reads or writes what the app keeps for a session. */
  readonly stateful: boolean;
  /** In order; left out where the app does not describe them. */
  readonly parameters?: readonly Parameter[];
  /** The components that it takes values from and gives values to, without what is kept for the session. */
  readonly takes: readonly string[];
  readonly gives: readonly string[];
}

/** What an app can do, at one revision of it. */
export interface Api {
  /** Of a Space its commit; of any other app nothing is known. */
  readonly revision?: string;
  readonly version: string;
  readonly endpoints: readonly Endpoint[];
}

/** The answer of `/info`. */
export interface Info {
  readonly named_endpoints?: Readonly<Record<string, Described>>;
  readonly unnamed_endpoints?: Readonly<Record<string, Described>>;
}

interface Described {
  readonly parameters?: readonly {
    readonly label?: string;
    readonly parameter_name?: string | null;
    readonly parameter_has_default?: boolean;
    readonly parameter_default?: unknown;
    readonly type?: Schema;
  }[];
  readonly api_visibility?: string;
}

export function apiOf(config: Config, info: Info, revision: string | undefined): Api {
  const kinds = new Map(config.components.map(({ id, type }) => [id, type]));
  const endpoints = config.dependencies.map((dependency) => endpointOf(dependency, config, info, kinds));
  return { ...(revision !== undefined && { revision }), version: config.version ?? "", endpoints };
}

function endpointOf(dependency: Dependency, config: Config, info: Info, kinds: ReadonlyMap<number, string>): Endpoint {
  const { id: index, api_name, queue } = dependency;
  const name = typeof api_name === "string" && api_name !== "" ? `/${api_name.replace(/^\//, "")}` : undefined;
  const described = name === undefined ? info.unnamed_endpoints?.[index] : info.named_endpoints?.[name];
  const takes = dependency.inputs.map((input) => kinds.get(input) ?? "");
  const gives = dependency.outputs.map((output) => kinds.get(output) ?? "");
  return {
    ...(name !== undefined && { name }),
    index,
    open: described !== undefined && (described.api_visibility ?? "public") === "public",
    queued: queue ?? config.enable_queue ?? true,
    stateful: [...takes, ...gives].includes("state"),
    ...(described?.parameters && { parameters: parametersOf(described.parameters) }),
    takes: takes.filter((kind) => kind !== "state"),
    gives: gives.filter((kind) => kind !== "state"),
  };
}

function parametersOf(described: NonNullable<Described["parameters"]>): readonly Parameter[] {
  return described.map((about, i) => ({
    name: about.parameter_name ?? `param_${i}`,
    label: about.label ?? "",
    ...(about.parameter_has_default && { otherwise: { value: about.parameter_default ?? null } }),
    schema: about.type ?? {},
  }));
}

/** What a value should have been, where its parameter is plain enough to tell; `undefined` when it will do. */
export function expectedOf({ schema, otherwise }: Parameter, value: unknown): string | undefined {
  if (value === null && otherwise !== undefined) return undefined;
  // A choice may be a number, though the app says that all are text.
  if (schema.enum?.includes(value)) return undefined;
  if (schema.enum && (typeof value === "string" || typeof value === "number")) {
    return `one of ${schema.enum.map((choice) => JSON.stringify(choice)).join(", ")}`;
  }
  switch (schema.type) {
    case "string":
      return typeof value === "string" || value === null ? undefined : "text";
    case "number":
      return typeof value === "number" || value === null ? undefined : "a number";
    case "integer":
      return Number.isInteger(value) || value === null ? undefined : "a whole number";
    case "boolean":
      return typeof value === "boolean" || value === null ? undefined : "true or false";
    default:
      return undefined;
  }
}
