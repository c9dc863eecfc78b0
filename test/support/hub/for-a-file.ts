/** The stand-in for the Hub and its router that the tests of a file share: the environment names it while each of them runs. */
import { afterAll, afterEach, beforeAll, beforeEach, vi } from "vitest";
import { HubStandIn } from "./stand-in.ts";

/** The stand-in of a test file, whatever it is told in `prepared`. */
export function hubFor(prepared: (hub: HubStandIn) => void): () => HubStandIn {
  let hub: HubStandIn;
  beforeAll(async () => {
    hub = await HubStandIn.open();
    prepared(hub);
  });
  afterAll(() => hub.close());
  beforeEach(() => {
    for (const [name, value] of Object.entries(hub.environment)) vi.stubEnv(name, value);
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    hub.heard.length = 0;
  });
  return () => hub;
}
