/** Every component: what is edited reaches the function as it was meant, and what comes back is shown as what it is. */
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it } from "vitest";
import type { Canvas } from "./canvas.ts";
import { eventually, setStage } from "./stage.ts";

const stage = setStage("test/support/apps/components.ts");

async function given(): Promise<Record<string, unknown>> {
  const value = (await stage.house.view()).cards.Sign?.outputs[0]?.value;
  return value?.kind === "json" ? (value.value as Record<string, unknown>) : {};
}
const reaches = (input: string, value: unknown) => eventually(async () => (await given())[input]).toEqual(value);
const field = (canvas: Canvas, label: string) => canvas.field("Sign", label);

it("each edit reaches the function as the value that was meant", async () => {
  const canvas = await stage.canvas();
  await field(canvas, "Notes").fill("three\nlines\nlong");
  await reaches("notes", "three\nlines\nlong");
  await field(canvas, "Size").fill("14.5");
  await reaches("size", 14.5);
  await field(canvas, "Loud").check();
  await reaches("loud", true);
  await field(canvas, "Style").selectOption({ label: "Very fancy" });
  await reaches("style", "fancy");
  await field(canvas, "Ink").fill("#c2322e");
  await reaches("ink", "#c2322e");
  await field(canvas, "Facts").fill('{ "wheels": 3, "of": ["oak"] }');
  await reaches("facts", { wheels: 3, of: ["oak"] });
});

it("a colour is picked from a square, which Escape closes", async () => {
  const canvas = await stage.canvas();
  await canvas.press("Pick Ink");
  const square = canvas.card("Sign").locator("hex-color-picker");
  await square.click({ position: { x: 150, y: 20 } });
  await eventually(async () => (await given()).ink).not.toBe("#c2322e");
  const { ink } = await given();
  expect(ink).toMatch(/^#[0-9a-f]{6}$/);
  await eventually(() => field(canvas, "Ink").inputValue()).toBe(ink);
  await canvas.row("Sign", "tint").getByText(String(ink)).waitFor();
  await canvas.page.keyboard.press("Escape");
  await square.waitFor({ state: "hidden" });
});

it("what is not yet JSON, or no colour, is kept and not sent", async () => {
  const canvas = await stage.canvas();
  const before = (await given()).facts;
  await field(canvas, "Facts").fill('{ "wheels": ');
  await canvas.row("Sign", "facts").getByText("This is not JSON yet.").waitFor();
  await field(canvas, "Ink").fill("teal");
  await canvas.row("Sign", "ink").getByText("A colour looks like #0b7a75.").waitFor();
  await field(canvas, "Loud").uncheck();
  await reaches("loud", false);
  expect(await field(canvas, "Facts").inputValue()).toBe('{ "wheels": ');
  expect(await field(canvas, "Ink").inputValue()).toBe("teal");
  expect((await given()).facts).toEqual(before);
});

it("a dropdown shows labels, and no value twice", async () => {
  const canvas = await stage.canvas();
  const options = await field(canvas, "Style").locator("option").allTextContents();
  expect(options.map((option) => option.trim())).toEqual(["plain", "Very fancy"]);
});

it("a component given to two steps is one card that feeds both", async () => {
  const canvas = await stage.canvas();
  await canvas.card("Name").getByText("Used by two steps.").waitFor();
  await canvas.watchFlashes();
  await canvas.field("Name", "Name").fill("Grace Hopper");
  await reaches("name", "Grace Hopper");
  await canvas.row("Count", "letters").getByText("12", { exact: true }).waitFor();
  await eventually(() => canvas.flashed()).toEqual(["Count", "Sign"]);
});

it("a step waits for a value nobody has given yet, and runs once it is there", async () => {
  const canvas = await stage.canvas();
  await canvas.sees("Wish", "empty");
  expect(await canvas.field("Wish", "Star").getAttribute("placeholder")).toBe("Name one");
  await canvas.field("Wish", "Star").fill("Vega");
  await canvas.says("Wish", "Vega, come true");
  await canvas.sees("Wish", "ready");
});

it("a value too large for the stream is shown by its beginning, and whole when asked for", async () => {
  const canvas = await stage.canvas();
  const list = canvas.row("Many", "list");
  await list.getByText("line 1 of a long list").waitFor();
  const page = await canvas.page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name));
  expect(page.filter((name) => name.includes("/files/") || name.includes("/values/"))).toEqual([]);
  await list.getByRole("button", { name: /Show all/ }).click();
  await list.getByText("line 9 of a long list").waitFor();
});

it("Markdown keeps its lines while it is edited, and is set in the type of its parts", async () => {
  const canvas = await stage.canvas();
  const set = canvas.row("Sign", "set");
  await field(canvas, "Prose").fill("# The mill\n\nIt **turns**.\n\n- oak\n- ash");
  await set.getByRole("heading", { name: "The mill", exact: true }).waitFor();
  await set.locator("strong").getByText("turns").waitFor();
  expect(await set.getByRole("listitem").allTextContents()).toEqual(["oak", "ash"]);
});

it("Markdown runs no script, and asks nothing of strangers", async () => {
  const canvas = await stage.canvas();
  canvas.forgives(/Content Security Policy|^404 GET .*\/no-such-picture$/);
  const image = "<img src=no-such-picture onerror='window.spoilt = true'>";
  let asked = 0;
  const stranger = createServer((_request, response) => {
    asked++;
    response.end();
  }).listen(0, "127.0.0.1");
  await once(stranger, "listening");
  const far = `http://127.0.0.1:${(stranger.address() as AddressInfo).port}/far.png`;
  const foul = `${image} <script>window.spoilt = true</script> ![far](${far}) [out](javascript:spoilt=1)`;
  const refused = canvas.page.waitForEvent("requestfailed", (request) => request.url() === far);
  await field(canvas, "Prose").fill(`Safe. ${foul}`);
  const set = canvas.row("Sign", "set");
  await set.getByText("Safe.").waitFor();
  await set.locator("img").first().waitFor({ state: "attached" });
  expect(await set.locator("script, [onerror], a[href^=javascript]").count()).toBe(0);
  expect(await canvas.page.evaluate(() => Reflect.get(window, "spoilt"))).toBeUndefined();
  await refused;
  expect(asked).toBe(0);
  await field(canvas, "Prose").fill("Safe again.");
  await set.getByText("Safe again.").waitFor();
  stranger.close();
});

it("no two cards cover each other when text makes them grow", async () => {
  const canvas = await stage.canvas();
  await field(canvas, "Prose").fill("Short.");
  await canvas.row("Sign", "set").getByText("Short.").waitFor();
  await canvas.watchOverlaps();
  await field(canvas, "Facts").fill(JSON.stringify({ wheels: Array.from({ length: 30 }, (_, i) => i) }, null, 2));
  await canvas
    .row("Sign", "given")
    .getByRole("button", { name: /Show all/ })
    .click();
  await field(canvas, "Prose").fill("A paragraph that grows and grows. ".repeat(30));
  await canvas.row("Sign", "set").getByText("A paragraph that grows").waitFor();
  const { frames } = await canvas.overlaps();
  await eventually(async () => (await canvas.overlaps()).frames).toBeGreaterThan(frames + 20);
  expect((await canvas.overlaps()).overlaps).toEqual([]);
});
