/** I1: a person's step is pending until it is answered. */
import { expect, test } from "vitest";
import {
  Approve,
  ChooseOne,
  FileRef,
  FnNode,
  Graph,
  GraphError,
  ImageInput,
  type SheetEvent,
  TextInput,
  ui,
} from "../../src/index.ts";

function publishing() {
  const draft = new FnNode(({ topic }: { topic: string }) => `About ${topic}`, {
    name: "Draft",
    inputs: { topic: ui.textbox({ value: "water" }) },
    outputs: { text: ui.textbox() },
  });
  const approved = new Approve(draft.outputs.text, { name: "Publish?" });
  const print = new FnNode(({ text }: { text: string }) => `Printed: ${text}`, {
    name: "Print",
    inputs: { text: approved.outputs.output },
    outputs: { page: ui.textbox() },
  });
  const sheet = new Graph({ name: "Publishing", nodes: [print] }).sheet();
  return { draft, approved, print, sheet, page: () => sheet.value(print.outputs.page) };
}

test("[I1] it is pending until answered, what lies below waits, and the sheet has settled meanwhile", async () => {
  const { sheet, approved, page } = publishing();
  await sheet.settled();
  expect(sheet.signal(approved.outputs.output).kind).toBe("pending");
  expect(page()).toBeUndefined();
  sheet.answer(approved, true);
  await sheet.settled();
  expect(page()).toBe("Printed: About water");
});

test("[I1] it says that it waits", () => {
  const { sheet, draft, approved } = publishing();
  const heard: SheetEvent[] = [];
  sheet.events$.subscribe((event) => heard.push(event));
  sheet.set(draft.inputs.topic, "mills");
  expect(heard).toContainEqual({ kind: "waiting", step: approved });
});

test("[I1] a no is a failure, not a value; asked again, it waits again", async () => {
  const { sheet, approved, print, page } = publishing();
  sheet.answer(approved, false);
  await sheet.settled();
  expect(sheet.signal(approved.outputs.output)).toMatchObject({ kind: "failed", failure: { reason: "declined" } });
  expect(sheet.signal(print.outputs.page)).toMatchObject({ failure: { reason: "upstream", root: "Publish?" } });
  const end = sheet.run(print);
  expect(sheet.signal(approved.outputs.output).kind).toBe("pending");
  sheet.answer(approved, true);
  expect((await end).kind).toBe("ready");
  expect(page()).toBe("Printed: About water");
});

test("[I1] answered once, it is not asked again for the same; changed inputs ask again", async () => {
  const { sheet, draft, approved, page } = publishing();
  sheet.answer(approved, true);
  sheet.set(draft.inputs.topic, "mills");
  expect(sheet.signal(approved.outputs.output).kind).toBe("pending");
  sheet.set(draft.inputs.topic, "water");
  await sheet.settled();
  expect(page()).toBe("Printed: About water");
  expect(() => sheet.answer(approved, true)).toThrow(GraphError);
});

test("[I1] an answer that nobody asked for, or that will not do, is refused in words and changes nothing", () => {
  const { sheet, approved, print } = publishing();
  expect(() => sheet.answer(approved, "yes" as never)).toThrow(/takes true \(yes\) or false \(no\)/);
  expect(sheet.signal(approved.outputs.output).kind).toBe("pending");
  sheet.answer(approved, true);
  expect(() => sheet.answer(approved, true)).toThrow(/does not wait for anybody/);
  expect(() => sheet.answer(print as never, true as never)).toThrow(/not a step that a person answers/);
});

test("[I1] cancel ends the waiting, and the demand", async () => {
  const { sheet, approved, print } = publishing();
  const end = sheet.run(print);
  sheet.cancel(approved);
  expect((await end).kind).toBe("cancelled");
  expect(() => sheet.answer(approved, true)).toThrow(/does not wait/);
});

test("[I1] one of a list is chosen by its index, and a text and an image are given", async () => {
  const drafts = new FnNode(() => ["one", "two"], { name: "Drafts", outputs: { list: ui.json<string[]>() } });
  const best = new ChooseOne(drafts.outputs.list, { name: "Best" });
  const title = new TextInput({ label: "Title" });
  const photo = new ImageInput({ label: "Photo" });
  const page = new FnNode(
    ({ best, title, photo }: { best: string; title: string; photo: FileRef }) => `${title}: ${best} with ${photo.name}`,
    {
      name: "Page",
      inputs: { best: best.outputs.selected, title: title.outputs.text, photo: photo.outputs.image },
      outputs: { text: ui.textbox() },
    },
  );
  const sheet = new Graph({ name: "Asking", nodes: [page] }).sheet();
  expect(() => sheet.answer(best, 2)).toThrow(/the index of an item, 0 to 1/);
  sheet.answer(best, 1);
  sheet.answer(title, "Mills");
  sheet.answer(photo, await FileRef.fromBytes(new Uint8Array([137, 80, 78, 71, 13, 10, 26, 10]), { name: "mill.png" }));
  await sheet.settled();
  expect(sheet.value(page.outputs.text)).toBe("Mills: two with mill.png");
  expect(sheet.history(best)[0]).toMatchObject({
    outcome: "ready",
    inputs: { options: ["one", "two"] },
    outputs: { selected: "two" },
  });
});

test("[I1] of an empty list nothing can be chosen: it fails at once, and asks again when there is something", async () => {
  const list = new FnNode(({ items }: { items: unknown }) => items as string[], {
    name: "List",
    inputs: { items: ui.json({ value: [] as string[] }) },
    outputs: { all: ui.json<string[]>() },
  });
  const best = new ChooseOne(list.outputs.all, { name: "Best" });
  const sheet = new Graph({ name: "Drafts", nodes: [best] }).sheet();
  expect(sheet.signal(best.outputs.selected)).toMatchObject({ kind: "failed", failure: { reason: "bad-input" } });
  expect((await sheet.run(best)).kind).toBe("failed");
  sheet.set(list.inputs.items, ["a"]);
  expect(sheet.signal(best.outputs.selected).kind).toBe("pending");
  sheet.answer(best, 0);
  expect(sheet.value(best.outputs.selected)).toBe("a");
});
