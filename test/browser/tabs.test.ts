/** A sheet belongs to the server: every tab shows the same one, and a run needs none. */
import { it } from "vitest";
import type { Canvas } from "./canvas.ts";
import { eventually, setStage } from "./stage.ts";

const stage = setStage("test/support/apps/mill.ts");
const cards = ["Grain", "Sift", "Mill", "Bake", "Seal", "Label"];

const painted = (canvas: Canvas) => Promise.all(cards.map((name) => canvas.painted(name)));
async function showTheSame(one: Canvas, other: Canvas): Promise<void> {
  await eventually(async () => (await painted(one)).join("\n") === (await painted(other)).join("\n")).toBe(true);
}

it("two tabs show the same at rest, while it runs and after", async () => {
  const one = await stage.canvas();
  const other = await stage.tab(one);
  await showTheSame(one, other);
  await one.field("Grain", "Grain").fill("spelt");
  await other.row("Sift", "clean").getByText("spelt").waitFor();
  await showTheSame(one, other);
  await one.press("Run Bake");
  await stage.house.hears({ step: "Mill", began: true });
  stage.house.tell({ step: "Mill", progress: 0.5, message: "half way", log: "The stones turn." });
  await other.says("Mill", "half way");
  await showTheSame(one, other);
  stage.house.tell({ step: "Mill", give: "spelt flour" });
  await other.says("Seal", "spelt flour bread, 40 minutes, sealed");
  await other.field("Bake", "Minutes").press("ArrowRight");
  await one.says("Bake", "Stale since Minutes changed");
  await showTheSame(one, other);
});

it("another browser that was let in shows the same", async () => {
  const one = await stage.canvas();
  const other = await stage.canvas();
  await one.field("Label", "Words").fill("Seen from afar");
  await other.says("Label", "Seen from afar x 2");
  await showTheSame(one, other);
});

it("a run goes on when its tab is closed, and its result is there when one comes back", async () => {
  const first = await stage.canvas();
  await first.field("Grain", "Grain").fill("oats");
  await first.sees("Mill", "stale");
  await first.press("Run Bake");
  await stage.house.hears({ step: "Mill", began: true });
  await first.page.close();
  stage.house.tell({ step: "Mill", progress: 0.9, message: "nearly" });
  const back = await stage.canvas();
  await back.says("Mill", "nearly");
  await back.page.close();
  stage.house.tell({ step: "Mill", give: "oat flour" });
  const again = await stage.canvas();
  await again.says("Seal", "oat flour bread");
  await again.sees("Seal", "ready");
});
