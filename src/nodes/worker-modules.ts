/** A thread with Vite in it, which translates TypeScript for the threads that run functions: they ask over ports, and the event loop of the app has no part in it. */
import { type MessagePort, parentPort } from "node:worker_threads";
import { createServer, type HotPayload, type Plugin } from "vite";

/** What a thread asks, and what it hears. */
export interface Asked {
  readonly id: number;
  readonly payload: HotPayload;
}
export interface Translated {
  readonly id: number;
  // biome-ignore lint/suspicious/noExplicitAny: as Vite has it
  readonly answer: { result: any } | { error: any };
}

/** Whoever asks has this package already: it is named, never translated. */
const thisPackage: Plugin = {
  name: "millrace",
  enforce: "pre",
  resolveId: (id) => (id === "millrace" ? "\0millrace" : undefined),
};

// As an app's own file is loaded (server/app-file.ts).
const vite = await createServer({
  plugins: [thisPackage],
  configFile: false,
  logLevel: "silent",
  server: { middlewareMode: true, ws: false, watch: null },
  appType: "custom",
  optimizeDeps: { noDiscovery: true },
});

parentPort?.on("message", (port: MessagePort) => {
  port.on("message", async ({ id, payload }: Asked) => {
    const answer = await vite.environments.ssr.hot.handleInvoke(payload);
    port.postMessage({ id, answer } satisfies Translated);
  });
});
