/** The items of a scattered card: each with its own state, retried alone or together, and long lists that are painted in part. */
import { expect, it } from "vitest";
import type { Canvas } from "./canvas.ts";
import { eventually, setStage } from "./stage.ts";

const stage = setStage("test/support/apps/studio.ts");

async function write(lines: readonly string[]): Promise<void> {
  const value = { kind: "json", value: lines.join("\n") } as const;
  await stage.house.command({ kind: "set", card: "Scene", port: "lines", value });
}
const item = (canvas: Canvas, n: number) => canvas.card("Voice").locator(`[role="listitem"][aria-posinset="${n}"]`);
const summary = (canvas: Canvas) => canvas.card("Voice").locator("mr-items .sum");

it("each item has a line with what it gave or why it failed", async () => {
  const canvas = await stage.canvas();
  await write(["one", "bad two", "hold three"]);
  await stage.house.hears({ step: "Kokoro", began: true });
  await item(canvas, 1)
    .getByText(/^♪ one/)
    .waitFor();
  await item(canvas, 2).getByText("Kokoro's quota is used up.").waitFor();
  await eventually(() => item(canvas, 3).getAttribute("class")).toContain("pending");
  await eventually(() => summary(canvas).textContent()).toBe("1 of 3 ready, 1 failed, 1 running");
  stage.house.tell({ step: "Kokoro", give: "a slow sound" });
  await item(canvas, 3).getByText("a slow sound").waitFor();
  await canvas.says("Voice", /1 of 3 items failed/);
});

it("a failed item is retried alone, and an item that is pressed is shown whole", async () => {
  const canvas = await stage.canvas();
  await canvas.watchFlashes();
  await canvas.press("Retry item 2 of Voice");
  await eventually(canvas.flashed.bind(canvas)).toEqual(["Voice"]);
  await item(canvas, 2).getByText("Kokoro's quota is used up.").waitFor();
  await item(canvas, 3)
    .getByRole("button", { name: /^Item 3:/ })
    .click();
  await canvas.row("Voice", "sound").locator("mr-text").getByText("a slow sound").waitFor();
});

it("what failed is retried together", async () => {
  const canvas = await stage.canvas();
  const before = (await stage.house.view()).cards.Voice?.runs ?? 0;
  await canvas.press("Retry failed items of Voice");
  await eventually(async () => (await stage.house.view()).cards.Voice?.runs).toBe(before + 1);
  await canvas.says("Voice", /1 of 3 items failed/);
});

it("one item is written over, is pinned, and lifted again", async () => {
  const canvas = await stage.canvas();
  await item(canvas, 1)
    .getByRole("button", { name: /^Item 1:/ })
    .click();
  await canvas.press("Edit Item 1");
  await canvas.field("Voice", "Item 1").fill("a sound of my own");
  await canvas.field("Voice", "Item 1").press("Enter");
  await item(canvas, 1).getByText("a sound of my own").waitFor();
  await item(canvas, 1).getByText("pinned").waitFor();
  await canvas.press("Lift the pin of item 1 of Sound");
  await item(canvas, 1)
    .getByText(/^♪ one/)
    .waitFor();
});

it("of a long list only the lines in sight are painted and sent", async () => {
  const canvas = await stage.canvas();
  await write(Array.from({ length: 2000 }, (_, i) => (i === 1700 ? "bad" : `line ${i + 1}`)));
  await eventually(() => summary(canvas).textContent()).toBe("1999 of 2000 ready, 1 failed");
  const lines = canvas.card("Voice").getByRole("listitem");
  expect(await lines.count()).toBeLessThan(30);
  expect(Object.keys((await stage.house.view()).cards.Voice?.outputs[0]?.items?.chunks ?? {})).toEqual(["0"]);
  await canvas.press("Show the first failed item of Sound");
  await item(canvas, 1701).getByText("Kokoro's quota is used up.").waitFor();
  await item(canvas, 1703)
    .getByText(/^♪ line 1703/)
    .waitFor();
  expect(await lines.count()).toBeLessThan(30);
  await write(["one", "two"]);
  await eventually(() => summary(canvas).textContent()).toBe("2 items");
  await item(canvas, 2)
    .getByText(/^♪ two/)
    .waitFor();
});

it("a list is walked by the keyboard and by the wheel once it has the focus", async () => {
  const canvas = await stage.canvas();
  await write(Array.from({ length: 60 }, (_, i) => `line ${i + 1}`));
  const list = canvas.card("Voice").getByRole("list", { name: "Items of Sound" });
  await list.focus();
  await canvas.page.keyboard.press("End");
  await item(canvas, 60)
    .getByText(/^♪ line 60/)
    .waitFor();
});
