/** Looking into a graph's node: its cards on a canvas of their own, worked with as any others, and the way back out. */
import { expect, it } from "vitest";
import { eventually, setStage } from "./stage.ts";

const stage = setStage("test/support/apps/studio.ts");

it("a graph's card is opened, edited inside, and left", async () => {
  const canvas = await stage.canvas();
  await canvas.press("Open Frame: 2 steps inside");
  await canvas.row("Border", "framed").getByText("~ A cheetah in ~").waitFor();
  const crumbs = canvas.page.getByRole("navigation", { name: "Inside" });
  await crumbs.getByText("Frame", { exact: true }).waitFor();
  await eventually(() =>
    crumbs.getByRole("button", { name: "Back to Postcard studio" }).evaluate((it) => it.matches(":focus")),
  ).toBe(true);
  expect(await canvas.card("Postcard").count()).toBe(0);
  await canvas.press("Edit Short");
  await canvas.field("Shorten", "Short").fill("A pinned cheetah");
  await canvas.field("Shorten", "Short").press("Enter");
  await canvas.row("Border", "framed").getByText("~ A pinned cheetah ~").waitFor();
  await canvas.page.keyboard.press("Escape");
  await canvas.press("Back to Postcard studio");
  await canvas.row("Frame", "framed").getByText("~ A pinned cheetah ~").waitFor();
});

it("Escape leaves it too, and what was pinned inside is lifted inside", async () => {
  const canvas = await stage.canvas();
  await canvas.press("Open Frame: 2 steps inside");
  await canvas.press("Lift the pin of Short");
  await canvas.row("Border", "framed").getByText("~ A cheetah in ~").waitFor();
  await canvas.region.focus();
  await canvas.page.keyboard.press("Escape");
  await canvas.card("Postcard").waitFor();
  const way = canvas.page.getByRole("button", { name: "Open Frame: 2 steps inside" });
  await eventually(() => way.evaluate((it) => it.matches(":focus"))).toBe(true);
});

it("what happens outside is seen inside as it happens", async () => {
  const canvas = await stage.canvas();
  await canvas.press("Open Frame: 2 steps inside");
  await canvas.watchFlashes();
  const value = { kind: "json", value: "Another scene altogether" } as const;
  await stage.house.command({ kind: "set", card: "Scene", port: "prompt", value });
  await canvas.row("Border", "framed").getByText("~ Another scen ~").waitFor();
  await eventually(() => canvas.flashed()).toEqual(["Border", "Shorten"]);
});

it("a reload in the middle of a server's life begins outside, and a server that began anew is looked into again", async () => {
  const canvas = await stage.canvas();
  await canvas.press("Open Frame: 2 steps inside");
  await canvas.card("Border").waitFor();
  canvas.forgives(/.*/);
  await eventually(() => canvas.connection.textContent()).toBe("saved");
  await stage.house.kill();
  await stage.house.start();
  await eventually(() => canvas.connection.textContent()).toBe("saved");
  await canvas.row("Border", "framed").getByText("~ Another scen ~").waitFor();
  await canvas.page.reload();
  await canvas.card("Postcard").waitFor();
});
