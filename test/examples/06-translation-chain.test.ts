/** The chain of translations, as it is written, against stand-ins for its models. */
import { expect, it } from "vitest";
import { graph } from "../../examples/06-translation-chain/app.ts";
import { hubFor } from "../support/hub/for-a-file.ts";

const dictionary: Readonly<Record<string, string>> = {
  "The miller sleeps.": "Der Müller schläft.",
  "Der Müller schläft.": "Le meunier dort.",
  "Le meunier dort.": "The miller is asleep.",
};
const links = ["opus-mt-en-de", "opus-mt-de-fr", "opus-mt-fr-en"];
const likeness = "sentence-transformers/all-MiniLM-L6-v2";

const hub = hubFor((hub) => {
  for (const link of links) {
    const id = `Helsinki-NLP/${link}`;
    hub.models.set(id, { task: "translation", providers: { "hf-inference": { task: "translation" } } });
    hub.answers.set(`/hf-inference/models/${id}`, ({ json }, answer) => {
      const { inputs } = json as { inputs: string };
      answer.writeHead(200, { "content-type": "application/json" });
      answer.end(JSON.stringify([{ translation_text: dictionary[inputs] }]));
    });
  }
  // The Hub calls it by the other of its two tasks, which the servers hold for the same.
  hub.models.set(likeness, {
    task: "feature-extraction",
    providers: { "hf-inference": { task: "feature-extraction" } },
  });
  hub.gives(`/hf-inference/models/${likeness}/pipeline/sentence-similarity`, [0.8765]);
});

it("goes there and back again, and says how much of it arrived", async () => {
  const sheet = graph.sheet();
  const node = (name: string) => graph.nodes.find((one) => one.name === name)!;
  sheet.set(node("Sentence").inputs.text!, "The miller sleeps.");
  const ends = await sheet.runAll();

  expect(ends.map(({ kind }) => kind)).toEqual(Array<string>(5).fill("ready"));
  expect(["German", "French", "English"].map((name) => sheet.value(node(name).outputs.translation!))).toEqual([
    "Der Müller schläft.",
    "Le meunier dort.",
    "The miller is asleep.",
  ]);
  expect(sheet.value(node("Kept").outputs.percent!)).toBe(88);
  expect(hub().calls.map(({ path }) => path.split("/")[4])).toEqual([...links, "all-MiniLM-L6-v2"]);
  expect(hub().calls[0]?.json).toEqual({
    inputs: "The miller sleeps.",
    parameters: { clean_up_tokenization_spaces: true },
  });
  expect(hub().calls.at(-1)?.json).toEqual({
    inputs: { source_sentence: "The miller sleeps.", sentences: ["The miller is asleep."] },
  });
  sheet.close();
});
