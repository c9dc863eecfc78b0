/**
 * Who may come in: a browser that holds a cookie signed by this data folder's key, or a link with a token that nobody has
 * used yet. The key outlives the process, so a page survives the server's restart. Comparisons take the same time
 * whatever is compared.
 */
import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

const lifetime = 30 * 24 * 3600 * 1000;
const keyLength = 32;
const tokensKept = 100;

/** Signed sessions: `id.expiry.signature`. Nothing is stored; the key is all there is to know. */
export class Sessions {
  readonly #key: Uint8Array;
  readonly #now: () => number;

  constructor(key: Uint8Array, now: () => number) {
    this.#key = key;
    this.#now = now;
  }

  /** Seconds that a cookie lives. */
  readonly maxAge = lifetime / 1000;

  issue(): string {
    const claim = `${randomBytes(16).toString("hex")}.${this.#now() + lifetime}`;
    return `${claim}.${this.#signature(claim)}`;
  }

  valid(session: string): boolean {
    return this.#expiry(session) > this.#now();
  }

  /** True when half of its life is over, so that a page in daily use is never locked out. */
  ageing(session: string): boolean {
    return this.#expiry(session) < this.#now() + lifetime / 2;
  }

  #expiry(session: string): number {
    const end = session.lastIndexOf(".");
    const claim = session.slice(0, Math.max(end, 0));
    if (!same(session.slice(end + 1), this.#signature(claim))) return 0;
    const expiry = Number(claim.slice(claim.indexOf(".") + 1));
    return Number.isFinite(expiry) ? expiry : 0;
  }

  #signature(claim: string): string {
    return createHmac("sha256", this.#key).update(`session:${claim}`).digest("base64url");
  }
}

/** Launch tokens: each opens the door once. */
export class Tokens {
  readonly #unused = new Set<string>();

  mint(): string {
    const token = randomBytes(24).toString("base64url");
    this.#unused.add(token);
    const [oldest] = this.#unused;
    if (this.#unused.size > tokensKept && oldest !== undefined) this.#unused.delete(oldest);
    return token;
  }

  /** True once for each token minted. */
  spend(token: string): boolean {
    let found: string | undefined;
    for (const one of this.#unused) if (same(one, token)) found = one;
    return found !== undefined && this.#unused.delete(found);
  }
}

/** The signing key of a data folder, made when there is none; a key for this process alone when the folder cannot be written. */
export async function sessionKey(folder: string): Promise<Uint8Array> {
  const file = join(folder, "session.key");
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return (await readKey(file)) ?? (await makeKey(file));
  } catch {
    return randomBytes(keyLength);
  }
}

async function readKey(file: string): Promise<Uint8Array | undefined> {
  const key = await readFile(file).catch(() => undefined);
  if (key?.length !== keyLength) return undefined;
  await chmod(file, 0o600);
  return key;
}

async function makeKey(file: string): Promise<Uint8Array> {
  const key = randomBytes(keyLength);
  await writeFile(file, key, { mode: 0o600 });
  await chmod(file, 0o600);
  // Two servers may start at once in one folder: both believe what the file says in the end.
  return (await readKey(file)) ?? key;
}

/** Compares digests, so that neither content nor length shows in the time it takes. */
function same(a: string, b: string): boolean {
  return timingSafeEqual(createHash("sha256").update(a).digest(), createHash("sha256").update(b).digest());
}
