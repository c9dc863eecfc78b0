/** What a node may call an app by: a Space's id, or a URL. Where a Space lives may be said in the environment. */
import type { Environment } from "../remote-token.ts";

/** `owner/name`. */
export function isSpace(source: string): boolean {
  return /^[A-Za-z0-9][\w.-]*\/[A-Za-z0-9][\w.-]*$/.test(source);
}

/** The variable that says where a Space lives: `MILLRACE_SPACE_OWNER_NAME`. */
export function overrideOf(space: string): string {
  return `MILLRACE_SPACE_${space.replace(/[^A-Za-z0-9]+/g, "_").toUpperCase()}`;
}

/** The address that the environment gives a Space, or else what the author wrote. What is remembered of an app is remembered of its place. */
export function placeOf(source: string, env: Environment): string {
  return (isSpace(source) && env[overrideOf(source)]?.trim()) || source;
}
