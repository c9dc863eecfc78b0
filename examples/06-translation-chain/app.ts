/**
 * Chinese whispers: a sentence goes through three languages and back, and a fourth model says how much of it arrived. Each link of the
 * chain is a card of its own: look at what is lost where. `millrace examples/06-translation-chain/app.ts` opens it.
 *
 *     Sentence -> German -> French -> English -> Kept
 */
import { Graph, InferenceNode, InputNode, type Port, ui } from "millrace";

const input = new InputNode({
  name: "Sentence",
  ports: { text: ui.textbox({ label: "Sentence", value: "The miller keeps his eye on the weir.", lines: 2 }) },
});

const german = link("German", "Helsinki-NLP/opus-mt-en-de", input.outputs.text);
const french = link("French", "Helsinki-NLP/opus-mt-de-fr", german.outputs.translation);
const english = link("English", "Helsinki-NLP/opus-mt-fr-en", french.outputs.translation);

const kept = new InferenceNode("sentence-transformers/all-MiniLM-L6-v2:hf-inference", {
  name: "Kept",
  task: "sentence-similarity",
  inputs: { source_sentence: input.outputs.text, sentences: english.outputs.translation },
  // The model compares one sentence with many; here there is one to compare with.
  preprocess: ({ source_sentence, sentences }) => ({ source_sentence, sentences: [sentences] }),
  postprocess: (likeness: unknown) => Math.round((likeness as number[])[0]! * 100),
  outputs: { percent: ui.number({ label: "Per cent of the meaning" }) },
});

export const graph = new Graph({ name: "Chinese whispers", nodes: [kept] });

/** One translation, by the Hub's own servers. */
function link(name: string, model: string, text: Port<string>) {
  return new InferenceNode(`${model}:hf-inference`, {
    name,
    task: "translation",
    inputs: { text, clean_up_tokenization_spaces: true },
    outputs: { translation: ui.textbox({ label: name, lines: 2 }) },
  });
}
