/**
 * What calling a Gradio app costs beside Gradio's own client, against the real app of the tests: two nodes at once, two hundred jobs
 * through one app, and the time that a job takes more. `npm run bench:remote` starts the app; a URL given is used instead.
 */
import { GradioNode, Graph, type Node } from "millrace";
import { pythonWithGradio } from "../test/support/gradio/environment.ts";
import { startApp } from "../test/support/gradio/start.ts";
import { awaited, median } from "./measure.ts";

const [given] = process.argv.slice(2);
const found = given === undefined ? await pythonWithGradio() : undefined;
if (found && "why" in found) throw new Error(`There is no Gradio here: ${found.why}`);
const app = found && (await startApp(found.python, [7868]));
const url = given ?? "http://127.0.0.1:7868";
const call = (apiName: string, inputs: Readonly<Record<string, string | number | boolean>>, lane = 4): Node =>
  new GradioNode(url, { apiName, inputs, outputs: { out: null }, lane, remember: false }) as Node;

/** Runs nodes on one sheet at once; milliseconds from the first to the last. */
async function together(nodes: readonly Node[]): Promise<number> {
  const sheet = new Graph({ name: "Bench", nodes }).sheet();
  const start = performance.now();
  const ends = await Promise.all(nodes.map((node) => sheet.run(node)));
  const took = performance.now() - start;
  const lost = ends.filter(({ kind }) => kind !== "ready");
  if (lost.length > 0) throw new Error(`${lost.length} of ${ends.length} were lost: ${JSON.stringify(lost[0])}`);
  sheet.close();
  return took;
}

async function ledger(clear: boolean): Promise<{ readonly at_once: number; readonly lines: readonly string[] }> {
  const node = call("/ledger", { clear });
  const sheet = new Graph({ name: "Ledger", nodes: [node] }).sheet();
  const end = await sheet.run(node);
  sheet.close();
  return (end.kind === "ready" ? Object.values(end.outputs)[0] : {}) as never;
}

interface BareClient {
  session_hash: string;
  predict(name: string, data: unknown): Promise<unknown>;
  close(): void;
}

try {
  await together([call("/text", { text: "warm" })]);

  const pair = [];
  for (let i = 0; i < 5; i++)
    pair.push(await together([call("/slow", { seconds: 0.5 }), call("/slow", { seconds: 0.5 })]));
  console.log(`two nodes of 0.5 s at once       ${(median(pair) / 1000).toFixed(3)} s   (less than 0.6)`);

  await ledger(true);
  const many = Array.from(
    { length: 200 },
    (_, i) =>
      new GradioNode(url, {
        name: `job ${i}`,
        apiName: "/slow",
        inputs: { seconds: 0.05, name: `${i}` },
        outputs: { out: null },
      }) as Node,
  );
  const took = await together(many);
  const { at_once, lines } = await ledger(false);
  const ended = new Set(lines.filter((line) => line.endsWith(" ended"))).size;
  console.log(
    `200 jobs through one app         ${(took / 1000).toFixed(2)} s, ${at_once} at once at most (exactly 4), ${ended} of 200 ended there`,
  );

  const { Client } = (await import("@gradio/client")) as unknown as {
    Client: { connect(url: string): Promise<BareClient> };
  };
  const bare = await Client.connect(url);
  const node = call("/text", { text: "x" });
  const sheet = new Graph({ name: "Bench", nodes: [node] }).sheet();
  await sheet.run(node);
  const [ours, theirs]: [number[], number[]] = [[], []];
  // In turns, so that what else the machine does is the same for both.
  for (let i = 0; i < 200; i++) {
    // A session for each job, as a node has it: a new one costs the app itself more than all the rest.
    bare.session_hash = `bench-${i}-${Math.random()}`;
    theirs.push(await awaited(() => bare.predict("/text", { text: "x" })));
    ours.push(await awaited(() => sheet.run(node, { again: true })));
  }
  sheet.close();
  bare.close();
  const [a, b] = [median(ours), median(theirs)];
  console.log(
    `one job, median of 200           ${a.toFixed(2)} ms, bare client ${b.toFixed(2)} ms: ${(a - b).toFixed(2)} ms more (less than 3)`,
  );
} finally {
  app?.stop();
}
process.exit(0);
