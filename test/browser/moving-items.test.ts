/** Items that move while a person's press is on its way: what was pressed is what is meant, or nothing. */
import type { Route } from "playwright-core";
import { expect, it } from "vitest";
import type { Canvas } from "./canvas.ts";
import { eventually, setStage } from "./stage.ts";

const stage = setStage("test/support/apps/lists.ts");

async function write(words: string): Promise<void> {
  const value = { kind: "json", value: words } as const;
  expect(await stage.house.command({ kind: "set", card: "Words", port: "words", value })).toEqual({ ok: true });
}
const item = (canvas: Canvas, card: string, n: number) =>
  canvas.card(card).locator(`[role="listitem"][aria-posinset="${n}"]`);
async function said(): Promise<readonly unknown[]> {
  const [first = []] = Object.values((await stage.house.view()).cards.Read?.outputs[0]?.items?.chunks ?? {});
  return first.map(({ value }) => (value?.kind === "json" ? value.value : undefined));
}

/** Keeps the page's next command on its way until it is let go. */
async function holdNext(canvas: Canvas): Promise<{ readonly onItsWay: Promise<void>; readonly letGo: () => void }> {
  let begin: () => void = () => undefined;
  let letGo: () => void = () => undefined;
  const onItsWay = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const open = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const hold = async (route: Route) => {
    begin();
    await open;
    await route.continue();
  };
  await canvas.page.route("**/commands", hold, { times: 1 });
  return { onItsWay, letGo };
}

it("an item that moved while the press was on its way is the one that runs", async () => {
  const canvas = await stage.canvas();
  await item(canvas, "Read", 3).getByText("three, read 1").waitFor();
  const held = await holdNext(canvas);
  await canvas.press("Run item 3 of Read again");
  await held.onItsWay;
  await write("three zero one two");
  await item(canvas, "Read", 1).getByText("three, read 1").waitFor();
  held.letGo();
  await item(canvas, "Read", 1).getByText("three, read 2").waitFor();
  expect(await said()).toEqual(["three, read 2", "zero, read 1", "one, read 1", "two, read 1"]);
});

it("an item that is gone by then is said to be gone, and nothing runs", async () => {
  await write("four five six");
  const canvas = await stage.canvas();
  canvas.forgives(/^404 POST/);
  await item(canvas, "Read", 2).getByText("five, read 1").waitFor();
  const before = (await stage.house.view()).cards.Read?.runs;
  const held = await holdNext(canvas);
  await canvas.press("Run item 2 of Read again");
  await held.onItsWay;
  await write("four six");
  held.letGo();
  await canvas.page.getByText("'Read' has no such item any more").waitFor();
  expect(await said()).toEqual(["four, read 1", "six, read 1"]);
  expect((await stage.house.view()).cards.Read?.runs).toBe(before);
});

it("the graph of an item is the one that was opened, before and after the item moves", async () => {
  await write("a b c");
  const canvas = await stage.canvas();
  await item(canvas, "Bind", 3)
    .getByRole("button", { name: /^Item 3:/ })
    .click();
  const held = await holdNext(canvas);
  await canvas.press("Open item 3 of Bind");
  await held.onItsWay;
  await write("z a b c");
  held.letGo();
  await canvas.row("Spine", "book").getByText("Book: [c]").waitFor();
  const crumbs = canvas.page.getByRole("navigation", { name: "Inside" });
  await crumbs.getByText("Bind, item 4", { exact: true }).waitFor();
  await canvas.field("Spine", "Title").fill("Volume");
  await canvas.row("Spine", "book").getByText("Volume: [c]").waitFor();
  await write("c a");
  await crumbs.getByText("Bind, item 1", { exact: true }).waitFor();
  await canvas.row("Spine", "book").getByText("Volume: [c]").waitFor();
  await canvas.press("Back to Lists");
  await item(canvas, "Bind", 1).getByText("Volume: [c]").waitFor();
  await item(canvas, "Bind", 2).getByText("Book: [a]").waitFor();
});

it("whoever is in the graph of an item that goes is led out and told", async () => {
  await write("g h");
  const canvas = await stage.canvas();
  canvas.forgives(/^404 POST/);
  await item(canvas, "Bind", 2)
    .getByRole("button", { name: /^Item 2:/ })
    .click();
  await canvas.press("Open item 2 of Bind");
  await canvas.row("Spine", "book").getByText("Book: [h]").waitFor();
  await write("g");
  await canvas.page.getByText("'Bind' has no such item any more").waitFor();
  await canvas.card("Bind").waitFor();
});

it("a server that began anew is looked into again at the same item", async () => {
  await write("m n");
  const canvas = await stage.canvas();
  await item(canvas, "Bind", 2)
    .getByRole("button", { name: /^Item 2:/ })
    .click();
  await canvas.press("Open item 2 of Bind");
  await canvas.card("Spine").waitFor();
  canvas.forgives(/ERR_|fetch|network/i);
  await eventually(() => canvas.connection.textContent()).toBe("saved");
  await stage.house.kill();
  await canvas.connection.getByText("Reconnecting…").waitFor();
  await stage.house.start();
  await eventually(() => canvas.connection.textContent()).toBe("saved");
  await canvas.row("Spine", "book").getByText("Book: [n]").waitFor();
});
