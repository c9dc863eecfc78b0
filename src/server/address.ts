/**
 * Where a server listens: what was asked for, what the environment says, or 127.0.0.1:7860 and the next free port. Everybody
 * on the network is let near only by an explicit wildcard, and then it is said. Also the names by which requests may call it.
 */
import type { Server as HttpServer } from "node:http";
import { type AddressInfo, isIPv6 } from "node:net";
import { networkInterfaces } from "node:os";

export interface Wanted {
  readonly host: string;
  readonly port: number;
  /** False when any port after it would do. */
  readonly exact: boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;

const usualPort = 7860;
const tries = 100;

/** @throws Error for a port that is none */
export function wantedAddress(
  options: { host?: string | undefined; port?: number | undefined },
  env: Environment,
): Wanted {
  const host = options.host ?? (env.GRADIO_SERVER_NAME || "127.0.0.1");
  const asked = options.port ?? (env.GRADIO_SERVER_PORT ? Number(env.GRADIO_SERVER_PORT) : undefined);
  if (asked === undefined) return { host, port: usualPort, exact: false };
  if (Number.isInteger(asked) && asked >= 0 && asked <= 65535) return { host, port: asked, exact: true };
  const where =
    options.port === undefined ? `GRADIO_SERVER_PORT is '${env.GRADIO_SERVER_PORT}'` : `port is ${options.port}`;
  throw new Error(`A port is a whole number from 0 to 65535, and ${where}.`);
}

/** Listens where it was wanted. @throws Error that says who is in the way and what to do */
export async function listen(server: HttpServer, { host, port, exact }: Wanted): Promise<AddressInfo> {
  for (let at = port; ; at++) {
    const error = await tryListening(server, host, at);
    if (!error) return server.address() as AddressInfo;
    if (error.code !== "EADDRINUSE" || exact || at === port + tries) throw unable(error, host, at, exact);
  }
}

export function openToAll(host: string): boolean {
  return host === "0.0.0.0" || host === "::";
}

/** The values of `Host` that mean this server. */
export function hostsOf(host: string, bound: AddressInfo): ReadonlySet<string> {
  const loopback = ["127.0.0.1", "localhost", ...(isIPv6(bound.address) ? ["::1"] : [])];
  const names = openToAll(host)
    ? [
        ...loopback,
        ...Object.values(networkInterfaces()).flatMap((known) => (known ?? []).map(({ address }) => address)),
      ]
    : isLoopback(bound.address)
      ? [bound.address, host, "localhost"]
      : [bound.address, host];
  return new Set(names.flatMap((name) => withPort(name.toLowerCase(), bound.port)));
}

/** The address to open in a browser on this machine. */
export function originOf(host: string, bound: AddressInfo): string {
  const name = openToAll(host) ? "127.0.0.1" : host;
  return `http://${bracketed(name)}:${bound.port}`;
}

function tryListening(server: HttpServer, host: string, port: number): Promise<NodeJS.ErrnoException | undefined> {
  return new Promise((resolve) => {
    const settle = (error?: NodeJS.ErrnoException) => {
      server.off("error", settle).off("listening", settle);
      resolve(error);
    };
    server.once("error", settle).once("listening", settle);
    server.listen({ host, port });
  });
}

function unable(error: NodeJS.ErrnoException, host: string, port: number, exact: boolean): Error {
  const otherwise = "choose another with { port } or --port, or leave the port out to take the next free one";
  switch (error.code) {
    case "EADDRINUSE":
      if (!exact)
        return new Error(`Ports ${port - tries} to ${port} are all taken; choose one with { port } or --port.`);
      return new Error(
        `Port ${port} is taken by another program, perhaps by a Millrace that still runs. Stop it, or ${otherwise}.`,
      );
    case "EACCES":
      return new Error(`Port ${port} is not allowed for this user: ports below 1024 usually are not; ${otherwise}.`);
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return new Error(
        `This machine has no address '${host}'; use 127.0.0.1, or an address of this machine, with { host } or --host.`,
      );
    default:
      return new Error(`Cannot listen on ${host}:${port}: ${error.message}.`);
  }
}

function isLoopback(address: string): boolean {
  return address === "::1" || address.startsWith("127.");
}

function bracketed(name: string): string {
  return isIPv6(name) ? `[${name}]` : name;
}

/** Browsers leave out the port of http itself. */
function withPort(name: string, port: number): string[] {
  const host = bracketed(name);
  return port === 80 ? [host, `${host}:80`] : [`${host}:${port}`];
}
