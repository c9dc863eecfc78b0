/**
 * The app whose sheets are stored under `test/persist/stored`, one folder a version of what is on disk. It does not change any
 * more; its functions are made from text, because the text is part of a node's definition and every compiler writes another.
 */
import { Approve, ChoiceNode, FileRef, FnNode, Graph, type Sheet, ui } from "../../src/index.ts";

function fixed<A, R>(parameters: string, body: string): (inputs: A) => R {
  return new Function(parameters, body) as (inputs: A) => R;
}

export function storedApp() {
  const split = new FnNode(fixed<{ text: string }, string[]>("{ text }", "return text.split(' ')"), {
    name: "Split",
    inputs: { text: ui.textbox({ value: "a b" }) },
    outputs: { words: ui.json<string[]>() },
  });
  const upper = new FnNode(
    fixed<{ word: string }, string>(
      "{ word }",
      "if (word === 'bad') throw new Error('no such word'); return word.toUpperCase()",
    ),
    {
      name: "Upper",
      inputs: { word: split.outputs.words.each() },
      outputs: { word: ui.textbox() },
      onItemError: "skip",
    },
  );
  const joined = (name: string, body: string) =>
    new FnNode(fixed<{ all: string[] }, string>("{ all }", body), {
      name,
      inputs: { all: upper.outputs.word.all() },
      outputs: { text: ui.textbox() },
    });
  const quiet = joined("Quiet", "return all.join('-')");
  const loud = joined("Loud", "return all.join('!') + '!'");
  const voice = new ChoiceNode([quiet, loud], { name: "Voice" });
  const approve = new Approve(voice.outputs.text, { name: "Publish?" });
  const show = new FnNode(fixed<{ picture: FileRef }, FileRef>("{ picture }", "return picture"), {
    name: "Show",
    inputs: { picture: ui.image() },
    outputs: { picture: ui.image() },
  });
  const graph = new Graph({ name: "Stored", nodes: [approve, show], persistKey: "stored" });
  return { graph, split, upper, quiet, loud, voice, approve, show };
}

/** What was done to the sheet before it was stored. */
export async function storedEdits(sheet: Sheet, app: ReturnType<typeof storedApp>): Promise<void> {
  sheet.set(app.split.inputs.text, "mill bad race");
  sheet.choose(app.voice, app.loud);
  sheet.pin(app.quiet.outputs.text, "quiet please");
  sheet.set(app.show.inputs.picture, await FileRef.fromBytes(new Uint8Array(300).fill(7), { type: "image/png" }));
  sheet.set(app.split.inputs.text, "mill bad race water");
}
