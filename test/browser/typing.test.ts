/** What a person types is theirs: nothing that arrives takes it away, and it reaches the sheet whatever they do next. */
import { expect, it } from "vitest";
import type { Canvas } from "./canvas.ts";
import { eventually, setStage } from "./stage.ts";

const stage = setStage("test/support/apps/mill.ts");

const held = async (card: string, port: string) => {
  const { cards } = await stage.house.view();
  const found = cards[card]?.inputs.find(({ name }) => name === port)?.value;
  return found?.kind === "json" ? found.value : undefined;
};
const setTo = (words: string) =>
  stage.house.command({ kind: "set", card: "Label", port: "words", value: { kind: "json", value: words } });
const commandsOf = ({ requests }: Canvas) => requests.filter((request) => request.endsWith("/commands"));

it("typing goes on while patches arrive, each letter where the caret is", async () => {
  const canvas = await stage.canvas();
  await setTo("From the old mill");
  await canvas.press("Run Mill");
  await stage.house.hears({ step: "Mill", began: true });
  const words = canvas.field("Label", "Words");
  await eventually(() => words.inputValue()).toBe("From the old mill");
  await words.click();
  await words.press("Home");
  for (let i = 0; i < "From the ".length; i++) await words.press("ArrowRight");
  for (const [turn, letter] of [..."very very "].entries()) {
    await canvas.page.keyboard.type(letter);
    stage.house.tell({ step: "Mill", progress: turn / 20, message: `turn ${turn}` });
    await canvas.says("Mill", `turn ${turn}`);
  }
  expect(await words.inputValue()).toBe("From the very very old mill");
  await eventually(() => held("Label", "words")).toBe("From the very very old mill");
  await words.blur();
  await canvas.says("Label", "From the very very old mill x 2");
  expect(await words.inputValue()).toBe("From the very very old mill");
  stage.house.tell({ step: "Mill", give: "flour" });
  await canvas.sees("Mill", "ready");
});

it("a field that is being edited keeps its words when another browser sets it", async () => {
  const canvas = await stage.canvas();
  await setTo("Quiet");
  const words = canvas.field("Label", "Words");
  await eventually(() => words.inputValue()).toBe("Quiet");
  await words.press("End");
  await canvas.page.keyboard.type(" water");
  await setTo("Somebody else's");
  await canvas.says("Label", "Somebody else's x 2");
  expect(await words.inputValue()).toBe("Quiet water");
  await canvas.page.keyboard.type("s");
  await words.blur();
  await canvas.says("Label", "Quiet waters x 2");
  expect(await words.inputValue()).toBe("Quiet waters");
});

it("a field nobody edits shows what another browser set", async () => {
  const canvas = await stage.canvas();
  await setTo("News from afar");
  await eventually(() => canvas.field("Label", "Words").inputValue()).toBe("News from afar");
});

it("leaving a field sends it at once, without waiting for typing to rest", async () => {
  const canvas = await stage.canvas();
  await canvas.page.clock.install();
  await canvas.page.reload();
  await canvas.sees("Label", "ready");
  await canvas.page.clock.pauseAt(Date.now() + 3_600_000);
  const before = commandsOf(canvas).length;
  const words = canvas.field("Label", "Words");
  await words.fill("Sent by leaving");
  expect(commandsOf(canvas)).toHaveLength(before);
  await words.blur();
  await eventually(() => held("Label", "words")).toBe("Sent by leaving");
});

it("a page that goes away sends what was typed last", async () => {
  const canvas = await stage.canvas();
  await canvas.page.clock.install();
  await canvas.page.reload();
  await canvas.sees("Label", "ready");
  await canvas.page.clock.pauseAt(Date.now() + 3_600_000);
  await canvas.field("Label", "Words").fill("Last words");
  await canvas.page.goto("about:blank");
  await eventually(() => held("Label", "words")).toBe("Last words");
});

it("a refused value stays in its field with the reason beside it, until it is mended", async () => {
  const canvas = await stage.canvas();
  canvas.forgives(/^400 /);
  const copies = canvas.field("Label", "Copies");
  await copies.fill("99");
  await canvas.row("Label", "copies").getByText("takes a number from 1 to 10, and this is 99.").waitFor();
  await copies.blur();
  expect(await copies.inputValue()).toBe("99");
  expect(await copies.getAttribute("aria-invalid")).toBe("true");
  expect(await held("Label", "copies")).toBe(2);
  await setTo("Meanwhile");
  await canvas.says("Label", "Meanwhile x 2");
  expect(await copies.inputValue()).toBe("99");
  await copies.fill("7");
  await canvas.says("Label", "Meanwhile x 7");
  await canvas.row("Label", "copies").getByRole("alert").waitFor({ state: "hidden" });
  expect(await copies.getAttribute("aria-invalid")).toBe("false");
});

it("half a number is kept, and not sent", async () => {
  const canvas = await stage.canvas();
  const copies = canvas.field("Label", "Copies");
  await copies.fill("");
  await copies.pressSequentially("-");
  await canvas.row("Label", "copies").getByText("A number belongs here.").waitFor();
  const before = commandsOf(canvas).length;
  await copies.blur();
  expect(commandsOf(canvas)).toHaveLength(before);
  await copies.fill("4");
  await eventually(() => held("Label", "copies")).toBe(4);
});

it("a run never overtakes the edit it was meant for", async () => {
  const canvas = await stage.canvas();
  await canvas.field("Mill", "Speed").fill("8");
  await canvas.press("Run Mill");
  expect((await stage.house.hears({ step: "Mill", began: true, stopped: undefined })).inputs).toMatchObject({
    speed: 8,
  });
  stage.house.tell({ step: "Mill", give: "fast flour" });
  await canvas.says("Mill", "fast flour");
});
