/** Which network addresses are public. All others belong to this machine, its network or nobody, and what is far away has no business to name them. */

/** True for an address of the public internet, written as numbers; what is no such address is not public. */
export function isPublic(address: string): boolean {
  const plain = address.replace(/^\[|\]$/g, "").split("%")[0] ?? "";
  const { BlockList, isIP } = process.getBuiltinModule("node:net");
  if (closed === undefined) {
    closed = new BlockList();
    for (const [network, bits] of networks) closed.addSubnet(network, bits, network.includes(":") ? "ipv6" : "ipv4");
  }
  const kind = isIP(plain);
  if (kind === 0) return false;
  // An older address inside of a newer one: mapped addresses are compared with both lists.
  return !closed.check(plain, kind === 6 ? "ipv6" : "ipv4");
}

let closed: import("node:net").BlockList | undefined;

const networks: readonly (readonly [network: string, bits: number])[] = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
  // Everything below 2000:: but for what wraps an IPv4 address, which the list above is asked about.
  ["::", 96],
  ["64:ff9b::", 32],
  ["100::", 64],
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
  ["5f00::", 16],
  ["fc00::", 7],
  ["fe80::", 10],
  ["fec0::", 10],
  ["ff00::", 8],
];
