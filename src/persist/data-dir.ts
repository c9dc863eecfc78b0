/** Where data is kept when nobody says otherwise. */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import envPaths from "env-paths";

/** What was asked for, else `MILLRACE_DATA_DIR`, else the storage of a Space that has some, else the platform's data folder. */
export function dataDirOf(
  asked: string | undefined,
  env: Readonly<Record<string, string | undefined>> = process.env,
): string {
  const named = asked ?? env.MILLRACE_DATA_DIR;
  if (named) return resolve(named);
  if (env.SPACE_ID && existsSync("/data")) return "/data/millrace";
  return envPaths("millrace", { suffix: "" }).data;
}
