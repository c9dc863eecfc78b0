/**
 * What a graph calls is looked at before it is launched: whether its models take what their nodes give them, and whether models and
 * Spaces are still what they were. A Hub that cannot be asked keeps nobody from launching; it is said, and that is all.
 */

import { type BaseNode, baseOf } from "../engine/base-node.ts";
import { FailureError } from "../engine/failure.ts";
import { GraphError } from "../engine/graph-error.ts";
import type { AnyNode } from "../engine/node.ts";
import { isSpace, overrideOf } from "./gradio/source.ts";
import { modelFacts, spaceFacts } from "./hub.ts";
import { duplicateSpace } from "./hub-duplicate.ts";
import type { Around } from "./hub-fetch.ts";
import { type Comparing, compareRevisions, type RevisionStore, type Upstream } from "./hub-revisions.ts";
import { usualFetch } from "./inference/everywhere.ts";
import { modelNamed } from "./inference/model.ts";
import { ModelNode } from "./inference.ts";

/** What looking needs from whoever launches. */
export interface Looking extends Pick<Comparing, "say" | "ask"> {
  readonly env: Around["env"];
  readonly store: RevisionStore;
}

/** Milliseconds for all that the Hub is asked. */
const patience = 5000;

/** @throws GraphError for a model that there is not, or an input that it does not take; Error for a change that is not to be taken over */
export async function lookUpstream(graph: { readonly nodes: readonly AnyNode[] }, looking: Looking): Promise<void> {
  const { env, say, store, ask } = looking;
  const wish = env.MILLRACE_DEPENDENCY_CHECK?.trim() || undefined;
  const around: Around = { env, fetch: usualFetch(), now: Date.now };
  const nodes = everyNode(graph);
  const upstreams = upstreamsOf(nodes, env);
  if (upstreams.length === 0 || wish === "skip") return;
  const until = Date.now() + patience;
  const unsaid = new Set<string>();
  const hushed = async <T>(what: string, asking: Promise<T>): Promise<T | undefined> => {
    try {
      return await within(until - Date.now(), asking);
    } catch (error) {
      if (!(error instanceof FailureError)) throw error;
      unsaid.add(`${what}: ${error.failure.message}`);
      return undefined;
    }
  };
  const unsure = nodes.filter((node) => node instanceof ModelNode).filter((node) => !node.knowsItsTask);
  await Promise.all(
    unsure.map((node) => hushed(modelNamed(node.model).id, node.check(around).catch(unknownModel(node)))),
  );
  await compareRevisions(upstreams, {
    store,
    say,
    ask,
    wish,
    revisionOf: async ({ kind, id }) => {
      const facts = kind === "model" ? modelFacts(id, around) : spaceFacts(id, around);
      return (await hushed(id, facts))?.sha;
    },
    duplicate: (change) => duplicateSpace(change, around),
  });
  for (const line of unsaid) say(`Not looked at before the launch: ${line}`);
}

/** A model that the Hub says there is not is a slip of the hand, and found while nothing runs yet. */
function unknownModel(node: ModelNode): (error: unknown) => never {
  return (error) => {
    const failure = error instanceof FailureError ? error.failure : undefined;
    if (failure?.reason !== "remote-refused" || failure.status !== 404) throw error;
    throw new GraphError("unknown-model", `'${node.name}': ${failure.message} ${failure.advice}`, { node: node.name });
  };
}

/** The nodes of a graph, and of the graphs in it. */
function everyNode({ nodes }: { readonly nodes: readonly AnyNode[] }): readonly BaseNode[] {
  return nodes.flatMap((node) => [baseOf(node), ...(baseOf(node).graph ? everyNode(baseOf(node).graph!) : [])]);
}

/** What is called, each once. A Space that stands elsewhere by the operator's will is none of the Hub's. */
function upstreamsOf(nodes: readonly BaseNode[], env: Around["env"]): readonly Upstream[] {
  const found = new Map<string, { kind: Upstream["kind"]; id: string; nodes: string[] }>();
  for (const node of nodes) {
    const called = calledBy(node, env);
    if (called === undefined) continue;
    const { kind, id } = called;
    const upstream = found.get(`${kind} ${id}`) ?? { kind, id, nodes: [] };
    upstream.nodes.push(node.name);
    found.set(`${kind} ${id}`, upstream);
  }
  return [...found.values()];
}

function calledBy(node: BaseNode, env: Around["env"]): Pick<Upstream, "kind" | "id"> | undefined {
  if (node instanceof ModelNode) return { kind: "model", id: modelNamed(node.model).id };
  const { source } = node as { source?: unknown };
  if (node.kind !== "gradio" || typeof source !== "string" || !isSpace(source)) return undefined;
  return env[overrideOf(source)] ? undefined : { kind: "space", id: source };
}

/** @throws FailureError when it takes longer */
async function within<T>(ms: number, asking: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    const failure = {
      reason: "timed-out",
      after: ms,
      message: `The Hub did not answer within ${patience} ms.`,
      advice: "Launch again when it does.",
    } as const;
    timer = setTimeout(() => reject(new FailureError(failure)), ms);
  });
  try {
    return await Promise.race([asking, late]);
  } finally {
    clearTimeout(timer);
  }
}
