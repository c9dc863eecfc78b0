/**
 * One request for a file, without redirects: it connects to the very address that was looked at, so that a name cannot mean a
 * public address when it is asked about and a private one when it is connected to.
 */
import { isPublic } from "./remote-address.ts";

/** What was answered; nothing of its body is read yet. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: AsyncIterable<Uint8Array>;
  /** Reads no further. */
  discard(): void;
}

export interface Errand {
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** True for an address that the author wrote: it may be on this machine or its network. */
  readonly anywhere: boolean;
  /** Milliseconds in which nothing may come. */
  readonly idle: number;
}

/** Sends a GET. @throws PrivateAddress, or what the network says */
export type Send = (url: URL, errand: Errand) => Promise<Answer>;

/** A name, or an address, that leads to this machine or its network. */
export class PrivateAddress extends Error {
  override readonly name = "PrivateAddress";
}

type Lookup = typeof import("node:dns").lookup;

/** Sends by Node's own client. `look` finds the addresses of a name. */
export function sender(look: Lookup = process.getBuiltinModule("node:dns").lookup): Send {
  return (url, errand) => {
    if (!errand.anywhere) refuseLiteral(url);
    const { request } = process.getBuiltinModule(url.protocol === "https:" ? "node:https" : "node:http");
    const { headers, signal, anywhere, idle } = errand;
    const only = anywhere ? {} : { lookup: publicOnly(look) as never };
    return new Promise<Answer>((resolve, reject) => {
      const sent = request(url, { headers, signal, timeout: idle, ...only }, (answer) => {
        const { statusCode: status = 0, headers } = answer;
        resolve({ status, headers, body: answer, discard: () => void answer.destroy() });
      });
      sent.on("timeout", () => sent.destroy(new Error(`Nothing came for ${idle} ms`)));
      sent.on("error", reject);
      sent.end();
    });
  };
}

/** An address written as numbers is not looked up, so it is looked at here. */
function refuseLiteral({ hostname }: URL): void {
  const { isIP } = process.getBuiltinModule("node:net");
  const host = hostname.replace(/^\[|\]$/g, "");
  const local = host === "localhost" || host.endsWith(".localhost") || (isIP(host) !== 0 && !isPublic(host));
  if (local) throw new PrivateAddress(`${hostname} is on this machine or its network`);
}

interface Found {
  readonly address: string;
  readonly family: number;
}

function publicOnly(look: Lookup) {
  return (
    hostname: string,
    options: { readonly all?: boolean; readonly family?: number | string },
    told: (error: Error | null, found?: string | readonly Found[], family?: number) => void,
  ): void => {
    look(
      hostname,
      { ...options, all: true } as never,
      ((error: Error | null, found: readonly Found[]) => {
        if (error) return told(error);
        const foreign = found.find(({ address }) => !isPublic(address));
        if (foreign)
          return told(new PrivateAddress(`${hostname} is ${foreign.address}, on this machine or its network`));
        const [first] = found;
        if (options.all) told(null, found);
        else told(null, first?.address ?? "", first?.family ?? 0);
      }) as never,
    );
  };
}
