/** Files, tables, classes, conversations and pages: given on a card, passed on, shown; and nothing foreign acts. */
import { expect, it } from "vitest";
import type { FileView } from "../../src/protocol/port.ts";
import type { Json } from "../../src/protocol.ts";
import { tone } from "../support/tone.ts";
import { violations } from "./axe.ts";
import type { Canvas } from "./canvas.ts";
import { eventually, setStage } from "./stage.ts";

const stage = setStage("test/support/apps/media.ts");

async function shown(card: string, port: string): Promise<Json | FileView | undefined> {
  const value = (await stage.house.view()).cards[card]?.outputs.find(({ name }) => name === port)?.value;
  return value?.kind === "json" ? value.value : value?.kind === "file" ? value.file : undefined;
}
const bytes = (text: string) => Buffer.from(text);
const upload = (
  canvas: Canvas,
  card: string,
  port: string,
  files: { name: string; mimeType: string; buffer: Buffer }[],
) => canvas.row(card, port).locator("input[type=file]").setInputFiles(files);

it("a sound is played where it stands, and another is given by choosing a file", async () => {
  const canvas = await stage.canvas();
  const sound = canvas.row("Played", "sound");
  await eventually(() => sound.locator(".bars i").count()).toBeGreaterThan(20);
  await sound.getByText("0:01").waitFor();
  await sound.getByRole("button", { name: "Play Sound" }).click();
  await sound.getByRole("button", { name: "Pause Sound" }).waitFor();
  await upload(canvas, "Given", "sound", [
    { name: "high.wav", mimeType: "audio/wav", buffer: Buffer.from(tone(3, 880)) },
  ]);
  await eventually(async () => ((await shown("Played", "sound")) as FileView).name).toBe("high.wav");
  await sound.getByText("0:03").waitFor();
  expect(await sound.getByRole("link", { name: "Download Sound" }).getAttribute("download")).toBe("high.wav");
});

it("a film has a player, and a model that is given is passed on as a file", async () => {
  const canvas = await stage.canvas();
  await canvas.row("Given", "film").getByText("16 × 16").waitFor();
  await upload(canvas, "Given", "statue", [
    { name: "cube.obj", mimeType: "", buffer: bytes("v 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 3\n") },
  ]);
  await canvas.row("Media", "statue").locator("mr-model").getByText("cube.obj").waitFor();
  expect(await canvas.row("Media", "film").locator("video").count()).toBe(1);
});

it("a file that is not wanted is refused in words, and the one before stays", async () => {
  const canvas = await stage.canvas();
  canvas.forgives(/^400 POST/);
  await upload(canvas, "Given", "paper", [{ name: "grist.png", mimeType: "image/png", buffer: bytes("no picture") }]);
  await canvas
    .row("Given", "paper")
    .getByText(/takes a \.txt, \.pdf file/)
    .waitFor();
  expect(await shown("Played", "paper")).toMatchObject({ name: "grist.txt", size: 20 });
  await upload(canvas, "Given", "paper", [{ name: "other.txt", mimeType: "text/plain", buffer: bytes("Other grist") }]);
  await canvas.row("Played", "paper").locator("mr-file").getByText("other.txt").waitFor();
});

it("a gallery takes more pictures, captions, and lets some go; one is seen large", async () => {
  const canvas = await stage.canvas();
  const dot =
    "iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAMAAADD/I+4AAAAA1BMVEULenVekMb0AAAACXBIWXMAAAPoAAAD6AG1e1JrAAAAC0lEQVQImWNgYAAAAAMAAaCmo9QAAAAASUVORK5CYII=";
  await upload(canvas, "Laid out", "pictures", [
    { name: "teal.png", mimeType: "image/png", buffer: Buffer.from(dot, "base64") },
  ]);
  await canvas.row("Laid out", "pictures").getByLabel("Caption of teal.png").fill("Teal");
  await canvas.row("Shown", "pictures").getByText("Teal").waitFor();
  expect(await shown("Shown", "pictures")).toMatchObject([
    { caption: "A pixel" },
    { caption: "Teal", file: { name: "teal.png" } },
  ]);
  await canvas.press("Remove pixel.png");
  await eventually(async () => ((await shown("Shown", "pictures")) as Json[]).length).toBe(1);
  await canvas.row("Shown", "pictures").getByRole("button", { name: "Show Teal large" }).click();
  await canvas.page.getByRole("dialog", { name: "Pictures" }).getByText("1 / 1").waitFor();
  await canvas.page.keyboard.press("Escape");
});

it("a table is written cell by cell, in the kind of its column, and grows", async () => {
  const canvas = await stage.canvas();
  const table = canvas.row("Laid out", "people");
  await table.getByLabel("Age, row 2").fill("41");
  await table.getByLabel("Age, row 2").press("Enter");
  await table.getByLabel("Name, row 1").fill("Ada L.");
  await table.getByLabel("Name, row 1").press("Tab");
  await eventually(() => shown("Shown", "people")).toMatchObject({
    data: [
      ["Ada L.", 36, true],
      ["Bob", 41, false],
      ["Cyd", 9, true],
    ],
  });
  await table.getByRole("button", { name: "Add row" }).click();
  await table.getByLabel("Name, row 4").fill("Dee");
  await table.getByLabel("Name, row 4").press("Enter");
  await table.getByRole("button", { name: "Remove row 1", exact: true }).click();
  await eventually(async () =>
    ((await shown("Shown", "people")) as { data: Json[][] }).data.map(([name]) => name),
  ).toEqual(["Bob", "Cyd", "Dee"]);
});

it("of a long table only the rows in sight are painted", async () => {
  const canvas = await stage.canvas();
  const rows = canvas.row("Squares", "table").locator("tbody tr[aria-rowindex]");
  await eventually(() => rows.count()).toBeGreaterThan(5);
  expect(await rows.count()).toBeLessThan(40);
  await canvas.row("Squares", "table").getByRole("group", { name: "Rows of Table" }).focus();
  await canvas.page.keyboard.press("End");
  await canvas
    .row("Squares", "table")
    .getByText(String(4999 * 4999))
    .waitFor();
});

it("a conversation is shown by who said what, and a message is added", async () => {
  const canvas = await stage.canvas();
  await canvas.row("Shown", "talk").locator("strong").getByText("wheel").waitFor();
  await canvas.row("Laid out", "talk").getByRole("button", { name: "Add message" }).click();
  await canvas.field("Laid out", "Message 4").fill("And who grinds?");
  await canvas.row("Shown", "talk").locator("li.user").getByText("And who grinds?").waitFor();
});

it("a class has a bar for each confidence, and is written", async () => {
  const canvas = await stage.canvas();
  await canvas.row("Shown", "animal").getByText("84 %").waitFor();
  await canvas.field("Laid out", "Confidence of owl").fill("1.5");
  await canvas.row("Laid out", "animal").getByText("A confidence is a number from 0 to 1.").waitFor();
  await canvas.field("Laid out", "Confidence of owl").fill("0.9");
  await canvas.row("Shown", "animal").getByText("90 %").waitFor();
});

it("a page is set in a frame without rights: it runs nothing, is not ours, and asks nobody", async () => {
  const canvas = await stage.canvas();
  canvas.forgives(/Content Security Policy|sandbox/i);
  const foul = `<h1>Safe</h1><script>top.spoilt = 1</script><img src="x" onerror="top.spoilt = 1"><img src="http://127.0.0.1:9/far.png"><form action="/"><button>Go</button></form>`;
  await canvas.field("Laid out", "Page").fill(foul);
  const frame = canvas.row("Shown", "page").frameLocator("iframe").first();
  await frame.getByRole("heading", { name: "Safe" }).waitFor();
  expect(await frame.locator("script, form, button, [onerror]").count()).toBe(0);
  const element = canvas.row("Shown", "page").locator("iframe").first();
  expect(await element.getAttribute("sandbox")).not.toMatch(/same-origin|scripts/);
  expect(await element.evaluate((it) => (it as HTMLIFrameElement).contentDocument)).toBeNull();
  expect(await canvas.page.evaluate(() => Reflect.get(window, "spoilt"))).toBeUndefined();
  await canvas.field("Laid out", "Page").fill("<p>Safe again</p>");
  await frame.getByText("Safe again").waitFor();
});

it("a row of a list is heard in its line", async () => {
  const canvas = await stage.canvas();
  const second = canvas.card("Hums").locator('[role="listitem"][aria-posinset="2"]');
  await second.getByRole("button", { name: "Play item 2 of Sound" }).click();
  await second.getByRole("button", { name: /^(Pause|Play) item 2/ }).waitFor();
});

it.each(["light", "dark"] as const)("axe finds nothing to complain of, %s", async (colorScheme) => {
  const canvas = await stage.canvas({ colorScheme });
  await canvas.row("Shown", "animal").getByText("%").first().waitFor();
  expect(await violations(canvas)).toEqual([]);
});
