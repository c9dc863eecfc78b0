/** A model as an author names it: `owner/name`, or `owner/name:provider`. The client would look for the whole of it on the Hub, so it is taken apart here. */
import { GraphError } from "../../engine/graph-error.ts";

/** Who serves models. A test compares this list with the client's own. */
export const providers = [
  ...["auto", "baseten", "cerebras", "cohere", "deepinfra", "fal-ai", "featherless-ai", "fireworks-ai", "groq"],
  ...["hf-inference", "novita", "nscale", "openai", "ovhcloud", "publicai", "replicate", "scaleway", "together"],
  ...["wavespeed", "zai-org"],
] as const;

/** What the Hub's router decides by, instead of a provider; conversations alone may ask for it. */
export const policies = ["fastest", "cheapest", "preferred"] as const;

export interface ModelName {
  readonly id: string;
  /** Left out: whoever serves it. */
  readonly provider: string | undefined;
}

const oneId = /^[\w.-]+(\/[\w.-]+)?$/;

/** @throws GraphError `unknown-model` for what cannot be a model */
export function modelNamed(written: unknown): ModelName {
  const expected = 'A model is written "owner/name" or "owner/name:provider"';
  if (typeof written !== "string" || written.trim() === "") {
    throw new GraphError("unknown-model", `${expected}, e.g. new InferenceNode("openai/gpt-oss-20b", { ... }).`);
  }
  const [id = "", provider, ...rest] = written.trim().split(":");
  if (!oneId.test(id) || rest.length > 0) {
    throw new GraphError("unknown-model", `${expected}, and it was "${written}".`);
  }
  const known: readonly string[] = [...providers, ...policies];
  if (provider !== undefined && !known.includes(provider)) {
    throw new GraphError("unknown-model", `"${written}" asks for the provider '${provider}', which is none.`, {
      known,
      meant: provider,
    });
  }
  return { id, provider: provider === "auto" ? undefined : provider };
}
