/** What axe finds on a page, also within shadows. */
import { readFile } from "node:fs/promises";
import type { AxeResults } from "axe-core";
import type { Canvas } from "./canvas.ts";

const axe = await readFile(new URL("../../node_modules/axe-core/axe.min.js", import.meta.url), "utf8");

/** What axe finds, one line each. It runs over the protocol, as the page's own policy lets nothing be added. */
export async function violations({ page }: Canvas): Promise<readonly string[]> {
  const session = await page.context().newCDPSession(page);
  await session.send("Runtime.evaluate", { expression: axe });
  const { violations } = await page.evaluate(() =>
    (Reflect.get(window, "axe") as { run(): Promise<AxeResults> }).run(),
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} ${target.flat().join(" ")}: ${failureSummary}`),
  );
}
