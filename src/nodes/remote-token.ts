/**
 * The Hugging Face token of whoever runs this process, and the places that may see it: the Hub, its router and Spaces, over
 * https, and the Hub and the router that `HF_ENDPOINT` and `HF_INFERENCE_ENDPOINT` name. It is looked up anew each time, kept nowhere and printed nowhere.
 */

/** The environment that is looked into; tests bring one of their own. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The token of `HF_TOKEN`, or else the one that `hf auth login` saved; `undefined` when there is none. */
export function savedToken(env: Environment = process.env): string | undefined {
  const given = clean(env.HF_TOKEN) ?? clean(env.HUGGING_FACE_HUB_TOKEN);
  if (given !== undefined) return given;
  const { readFileSync } = process.getBuiltinModule("node:fs");
  try {
    return clean(readFileSync(env.HF_TOKEN_PATH || `${hubFolder(env)}/token`, "utf8"));
  } catch {
    return undefined;
  }
}

/** Where Hugging Face keeps what it saves: `HF_HOME`, or else the cache folder of the account. */
export function hubFolder(env: Environment = process.env): string {
  const { join } = process.getBuiltinModule("node:path");
  const { homedir } = process.getBuiltinModule("node:os");
  if (env.HF_HOME) return withHome(env.HF_HOME, homedir());
  return join(withHome(env.XDG_CACHE_HOME || join(homedir(), ".cache"), homedir()), "huggingface");
}

/** The Hub's address: `HF_ENDPOINT`, or else huggingface.co. Without a slash at its end. */
export function hubAddress(env: Environment = process.env): string {
  return (clean(env.HF_ENDPOINT) ?? "https://huggingface.co").replace(/\/+$/, "");
}

/** True where the token may go. What a redirect leads to is asked about anew. */
export function mayHaveToken(url: string | URL, env: Environment = process.env): boolean {
  const target = parsed(url);
  if (target === undefined || target.username !== "" || target.password !== "") return false;
  const named = [clean(env.HF_ENDPOINT), clean(env.HF_INFERENCE_ENDPOINT)];
  const authored = named.some((address) => address !== undefined && parsed(address)?.origin === target.origin);
  if (authored && confidential(target)) return true;
  if (target.protocol !== "https:" || target.port !== "") return false;
  return hubs.has(target.hostname) || target.hostname.endsWith(".hf.space");
}

/** The token as a header where it may go, else no header. */
export function tokenHeader(
  url: string | URL,
  token: string | undefined,
  env: Environment = process.env,
): { readonly authorization?: string } {
  return token !== undefined && mayHaveToken(url, env) ? { authorization: `Bearer ${token}` } : {};
}

const hubs: ReadonlySet<string> = new Set(["huggingface.co", "router.huggingface.co"]);

/** Nobody on the way can read it. */
function confidential({ protocol, hostname }: URL): boolean {
  return protocol === "https:" || /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}

function parsed(url: string | URL): URL | undefined {
  return URL.canParse(String(url)) ? new URL(url) : undefined;
}

function clean(text: string | undefined): string | undefined {
  const trimmed = text?.trim();
  return trimmed === "" ? undefined : trimmed;
}

function withHome(path: string, home: string): string {
  return path === "~" || path.startsWith("~/") ? `${home}${path.slice(1)}` : path;
}
