/** The server goes and comes back, the link is used up, the session is over: the page says so, and finds its way by itself. */
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { eventually, setStage } from "./stage.ts";

const stage = setStage("test/support/apps/mill.ts");

it("a link opens the canvas once, and leaves no token in the address", async () => {
  // The stage's own pass uses up the first link; the next one is fresh.
  await stage.house.pass();
  await stage.house.kill();
  await stage.house.start();
  const visitor = await stage.visitor();
  const { link, origin } = stage.house;
  await visitor.open(link);
  expect(visitor.page.url().replace(/#\w+$/, "")).toBe(`${origin}/`);
  await visitor.sees("Label", "ready");
  const late = await stage.visitor();
  late.forgives(/^401 /);
  await late.page.goto(link);
  await late.page.getByRole("heading", { name: "This link has been used" }).waitFor();
  await late.page.getByText("press Enter for a fresh link").waitFor();
});

it("a server that dies and is started again is found again, with the sheet still on the page meanwhile", async () => {
  const canvas = await stage.canvas();
  canvas.forgives(/ERR_|fetch|network/i);
  await eventually(() => canvas.connection.textContent()).toBe("saved");
  await stage.house.kill();
  await canvas.connection.getByText("Reconnecting…").waitFor();
  await canvas.card("Label").waitFor();
  await canvas.field("Label", "Words").fill("Written while the mill stood still");
  await canvas.field("Label", "Words").blur();
  await canvas.row("Label", "words").getByText("Not sent yet: it goes out when the connection is back.").waitFor();
  await stage.house.start();
  await canvas.connection.getByText("saved").waitFor();
  await canvas.says("Label", "Written while the mill stood still x 2");
  await canvas.press("Run Mill");
  await stage.house.hears({ step: "Mill", began: true });
  stage.house.tell({ step: "Mill", give: "flour of the new day" });
  await canvas.says("Mill", "flour of the new day");
});

it("when the session is over the page says which link to open, and asks no more", async () => {
  const canvas = await stage.canvas();
  canvas.forgives(/^401 |ERR_|fetch|network/i);
  await canvas.page.clock.install();
  await canvas.page.reload();
  await canvas.sees("Label", "ready");
  await stage.house.kill();
  await rm(join(stage.house.folder, "session.key"));
  await stage.house.start();
  await canvas.page.getByRole("heading", { name: /session is over: open the link printed in the terminal/ }).waitFor();
  expect(await canvas.connection.textContent()).toBe("Session over");
  const asked = canvas.requests.length;
  await canvas.page.clock.fastForward("10:00");
  await canvas.page.clock.fastForward("10:00");
  expect(canvas.requests.slice(asked)).toEqual([]);
  await canvas.open(stage.house.link);
  await canvas.sees("Label", "ready");
});
