/** What once kept a selected run from being shown as it was, where people had laid values over single items (R7). */
import { afterEach, expect, test } from "vitest";
import { FnNode, Graph, type Node, type Sheet, ui } from "../../src/index.ts";
import { joinedFrom } from "../support/lists.ts";

let sheet: Sheet;
afterEach(() => sheet.close());
const open = (...nodes: readonly unknown[]) => {
  sheet = new Graph({ name: "Once wrong", nodes: nodes as Node[] }).sheet();
  return sheet;
};

test("[R7] what was laid since over one of two items that a run has worked for together is lifted, and laid there again with its own run", () => {
  // numbers -> none.each() -> plus -> joined: each item is 0 for plus, which works once
  const numbers = new FnNode(({ n }: { n: number }) => [n, n + 1], {
    name: "Numbers",
    inputs: { n: ui.number({ value: 1 }) },
    outputs: { list: ui.json<number[]>() },
  });
  const none = new FnNode(({ n }: { n: number }) => n * 0, {
    name: "None",
    inputs: { n: numbers.outputs.list.each() },
    outputs: { n: ui.number() },
  });
  const plus = new FnNode(({ n }: { n: number }) => n + 1, {
    name: "Plus",
    inputs: { n: none.outputs.n },
    outputs: { n: ui.number() },
  });
  const joined = joinedFrom(plus.outputs.n);
  open(joined);
  sheet.pinItem(none.outputs.n, 1, 7);
  const [plain, pinned] = sheet.history(joined);
  const text = (run: typeof plain) => {
    sheet.select(run!);
    return sheet.value(joined.outputs.text);
  };
  expect([text(plain), text(pinned), text(plain)]).toEqual(["1-1", "1-8", "1-1"]);
});
