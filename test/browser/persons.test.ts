/** Steps that wait for a person: what is asked is seen and answered on the card. */
import { expect, it } from "vitest";
import { violations } from "./axe.ts";
import { eventually, focused, setStage } from "./stage.ts";

const stage = setStage("test/support/apps/studio.ts");

it("one of a list is chosen by its line", async () => {
  const canvas = await stage.canvas();
  await canvas.says("The best line", "Waits");
  await canvas.card("The best line").getByRole("button", { name: "The long grass listens" }).click();
  await canvas.sees("The best line", "ready");
  await canvas.row("The best line", "selected").getByText("The long grass listens (Golden hour)").waitFor();
});

it("a text is written and answered, and what was written outlives news from elsewhere", async () => {
  const canvas = await stage.canvas();
  await canvas.field("Title", "Title of the card").fill("Savanna");
  await stage.house.command({ kind: "set", card: "Scene", port: "mood", value: { kind: "json", value: "Blue hour" } });
  await canvas.row("Captions", "mood").getByText("Blue hour").waitFor();
  expect(await canvas.field("Title", "Title of the card").inputValue()).toBe("Savanna");
  await canvas.press("Answer");
  await canvas.sees("Title", "ready");
  await canvas.row("Postcard", "name").getByText("Savanna").waitFor();
});

it("what is half written when somebody else answers first stays, says so, and is the answer when it is asked again", async () => {
  const canvas = await stage.canvas();
  const other = await stage.canvas();
  const [pen, words] = [canvas.field("Title", "Title of the card"), canvas.page.keyboard];
  await canvas.choose("Title", "Run again");
  await pen.click();
  await words.type("A long walk at du");
  await other.field("Title", "Title of the card").fill("Noon");
  await other.press("Answer");
  await other.sees("Title", "ready");
  expect(await other.card("Title").getByText("Answered elsewhere").count()).toBe(0);
  await canvas.says("Title", "Answered elsewhere. What you wrote is still here.");
  await canvas.row("Title", "text").last().getByText("Noon").waitFor();
  await words.type("sk");
  await words.press("Enter");
  expect([await pen.inputValue(), await focused(pen)]).toEqual(["A long walk at dusk", true]);
  await canvas.page.mouse.move(4, 300);
  await canvas.page.locator("mr-card[data-dim]").first().waitFor({ state: "detached" });
  expect(await violations(canvas)).toEqual([]);
  await canvas.page.reload();
  await canvas.says("Title", "Answered elsewhere. What you wrote is still here.");
  await canvas.press("Ask again");
  await canvas.press("Answer");
  await other.row("Title", "text").getByText("A long walk at dusk").waitFor();
  await pen.waitFor({ state: "detached" });
});

it("what is half written and not wanted any more is thrown away", async () => {
  const canvas = await stage.canvas();
  await canvas.choose("Title", "Run again");
  await canvas.field("Title", "Title of the card").fill("Never mind");
  await stage.house.command({ kind: "cancel", card: "Title" });
  await canvas.says("Title", "Nobody is asked now. What you wrote is still here.");
  await canvas.press("Discard");
  await canvas.field("Title", "Title of the card").waitFor({ state: "detached" });
  await canvas.page.reload();
  await canvas.card("Title").waitFor();
  expect(await canvas.field("Title", "Title of the card").count()).toBe(0);
  await canvas.press("Run Title");
  await canvas.field("Title", "Title of the card").fill("Savanna");
  await canvas.press("Answer");
  await canvas.sees("Title", "ready");
});

it("what is to be approved is shown whole; a no is a failure, and a retry asks again", async () => {
  const canvas = await stage.canvas();
  await canvas.press("Run Print it");
  await stage.house.hears({ step: "Etch", began: true });
  stage.house.tell({ step: "Etch", give: "a fine plate" });
  await canvas.row("Print it", "input").getByText("a fine plate").waitFor();
  await canvas.says("Print it", "for you");
  await canvas.card("Print it").getByRole("button", { name: "No" }).click();
  await canvas.sees("Print it", "failed");
  await canvas.press("Retry Print it");
  await canvas.card("Print it").getByRole("button", { name: "Yes" }).click();
  await canvas.sees("Print it", "ready");
  await canvas.row("Postcard", "plate").getByText("a fine plate").waitFor();
});

it("a picture is answered by choosing it", async () => {
  const canvas = await stage.canvas();
  const png = Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
    "base64",
  );
  await canvas
    .card("Photo")
    .locator("input[type=file]")
    .setInputFiles({ name: "dot.png", mimeType: "image/png", buffer: png });
  await canvas.sees("Photo", "ready");
  await canvas
    .card("Photo")
    .getByRole("img", { name: /dot\.png/ })
    .first()
    .waitFor();
});

it("an answer to a question that is no more is refused in words", async () => {
  const canvas = await stage.canvas();
  const lines = (value: string) =>
    stage.house.command({ kind: "set", card: "Scene", port: "lines", value: { kind: "json", value } });
  await lines("zero\none\ntwo\nthree");
  await canvas.card("The best line").getByRole("button", { name: "three (" }).waitFor();
  const { ask } = (await stage.house.view()).cards["The best line"] ?? {};
  await lines("five\nsix");
  await canvas.card("The best line").getByRole("button", { name: "six (" }).waitFor();
  const late = {
    kind: "answer",
    card: "The best line",
    question: ask?.question ?? 0,
    value: { kind: "json", value: 3 },
  } as const;
  expect(await stage.house.command(late)).toMatchObject({ ok: false, failure: { reason: "asked-anew" } });
  await canvas.card("The best line").getByRole("button", { name: "six (" }).click();
  await canvas.sees("The best line", "ready");
  const nobody = { ...late, question: (ask?.question ?? 0) + 1 };
  expect(await stage.house.command(nobody)).toMatchObject({ ok: false, failure: { reason: "not-waiting" } });
});

it("the primary button says for whom it waits when there is nothing else", async () => {
  const canvas = await stage.canvas();
  await canvas.press("Run Title");
  await canvas.says("Title", "for you");
  await eventually(() => canvas.page.getByRole("button", { name: "Stop all" }).count()).toBe(0);
});
