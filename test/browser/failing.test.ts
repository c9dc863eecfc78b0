/** Functions that misbehave: each says what happened and what to do on its own card, and everything else goes on. */
import { expect, it } from "vitest";
import { eventually, setStage } from "./stage.ts";

const stage = setStage("test/support/apps/misfits.ts");

it("a function that throws shows its words, advice and a way on; the rest goes on", async () => {
  const canvas = await stage.canvas();
  await canvas.field("Broken", "Wheel").fill("ash");
  await canvas.says("Broken", "The ash wheel came off");
  await canvas.sees("Broken", "failed");
  await canvas.says("Broken", "Look at the inputs and at the function, then run it again.");
  await canvas.sees("After", "failed");
  await canvas.says("After", "Broken failed, so there is nothing to work on.");
  await canvas.field("Calm", "Text").fill("still here");
  await canvas.says("Calm", "STILL HERE");
});

it("a retry mends what failed, and what is below follows by itself", async () => {
  const canvas = await stage.canvas();
  await canvas.field("Broken", "Wheel").fill("elm");
  await canvas.says("Broken", "The elm wheel came off");
  await canvas.press("Retry Broken");
  await canvas.says("After", "a cart on an elm wheel");
  await canvas.sees("Broken", "ready");
  await canvas.sees("After", "ready");
});

it("a retry below a failed step tries that step again", async () => {
  const canvas = await stage.canvas();
  await canvas.field("Broken", "Wheel").fill("beech");
  await canvas.says("After", "Broken failed");
  await canvas.press("Retry After");
  await canvas.says("After", "a cart on an beech wheel");
});

it("no folder of this machine and no stack comes to the page", async () => {
  const canvas = await stage.canvas();
  await canvas.field("Broken", "Wheel").fill("yew");
  await canvas.says("Broken", "The yew wheel came off, see …/spokes.txt.");
  const everything = JSON.stringify(await stage.house.view());
  expect(everything).not.toContain("/var/mill");
  expect(everything).not.toContain("misfits.ts");
});

it("a function that returns nothing is told what it should return", async () => {
  const canvas = await stage.canvas();
  await canvas.sees("Silent", "failed");
  await canvas.says("Silent", "The output 'said' should be");
  await canvas.says("Silent", "undefined");
});

it("a function that never ends is given up after its time", async () => {
  const canvas = await stage.canvas();
  await canvas.sees("Endless", "failed");
  await canvas.says("Endless", "No answer within 300 ms.");
  await canvas.says("Endless", "give the node a longer timeout");
  await canvas.press("Retry Endless");
  await canvas.sees("Endless", "pending");
  await canvas.sees("Endless", "failed");
});

it("a function that blocks the process for a second says so, and the server lives", async () => {
  const canvas = await stage.canvas();
  await canvas.press("Run Blocker");
  await canvas.says("Blocker", /blocked the whole process for 1\.\d s/);
  await canvas.says("Blocker", "awake again");
  await canvas.field("Calm", "Text").fill("awake as well");
  await canvas.says("Calm", "AWAKE AS WELL");
  await eventually(() => canvas.connection.textContent()).toBe("saved");
});
