/** The podcast, as it is written, against stand-ins for its models: a real sound file comes out, and an edit speaks what changed. */
import { afterEach, expect, it } from "vitest";
import { graph } from "../../examples/05-podcast/app.ts";
import { read, written } from "../../examples/05-podcast/wave.ts";
import type { FileRef, Node, Sheet } from "../../src/index.ts";
import { hubFor } from "../support/hub/for-a-file.ts";
import { streamed } from "../support/hub/stand-in.ts";

const lines = [
  { speaker: "Host", text: "Why mills?" },
  { speaker: "Guest", text: "They turn." },
  { speaker: "Host", text: "Thank you." },
];
const rate = 8000;

/** Each text sounds different: as long as it is, and as loud as its first letter. */
function spoken(text: string, loudness = text.charCodeAt(0)): Uint8Array {
  return written({ rate, samples: new Int16Array(text.length * 100).fill(loudness) });
}

const hub = hubFor((hub) => {
  const tts = "text-to-speech";
  hub.models.set("hexgrad/Kokoro-82M", { task: tts, providers: { "fal-ai": { task: tts, id: "fal-ai/kokoro" } } });
  hub.models.set("canopylabs/orpheus-3b-0.1-ft", {
    task: tts,
    providers: { together: { task: tts, id: "canopylabs/orpheus" } },
  });
  hub.answers.set("/v1/chat/completions", streamed(['{ "lines": ', JSON.stringify(lines), " }"]));
  hub.answers.set("/fal-ai/fal-ai/kokoro", ({ json }, answer) => {
    const { text } = json as { text: string };
    answer.writeHead(200, { "content-type": "application/json" });
    answer.end(
      JSON.stringify({ audio: { url: `${hub.router}/clips/${encodeURIComponent(text)}`, content_type: "audio/wav" } }),
    );
    hub.gives(`/clips/${encodeURIComponent(text)}`, spoken(text), "audio/wav");
  });
  hub.answers.set("/together/v1/audio/speech", ({ json }, answer) => {
    const { input } = json as { input: string };
    answer.writeHead(200, { "content-type": "audio/wav" }).end(spoken(input, 7));
  });
});

let sheet: Sheet;
afterEach(() => sheet.close());

it("writes the dialogue, speaks each line in its speaker's voice, and joins one sound file with pauses", async () => {
  sheet = graph.sheet();
  const podcast = await made();

  expect(sheet.value(node("Script").outputs.lines!)).toEqual(lines);
  const [asked, ...clips] = hub().calls.map(({ json }) => json);
  expect(asked).toMatchObject({
    model: "openai/gpt-oss-20b",
    messages: [{ role: "system" }, { role: "user", content: "Why old mills are being restored" }],
    temperature: 0.8,
    response_format: { type: "json_schema" },
  });
  expect(clips.toSorted(byText)).toEqual([
    { text: "Thank you.", voice: "am_michael", speed: 1 },
    { text: "They turn.", voice: "af_heart", speed: 1 },
    { text: "Why mills?", voice: "am_michael", speed: 1 },
  ]);
  expect(podcast.type).toBe("audio/wav");
  const sound = read(await podcast.bytes());
  expect(sound.rate).toBe(rate);
  const pause = Array<number>(rate * 0.4).fill(0);
  const clip = (text: string) => Array<number>(text.length * 100).fill(text.charCodeAt(0));
  const expected = [...clip("Why mills?"), ...pause, ...clip("They turn."), ...pause, ...clip("Thank you.")];
  expect(Buffer.compare(Buffer.from(sound.samples.buffer), Buffer.from(Int16Array.from(expected).buffer))).toBe(0);
});

it("[S2] an edited line is spoken anew, and no other", async () => {
  sheet = graph.sheet();
  await made();
  hub().heard.length = 0;
  sheet.pin(node("Script").outputs.lines!, [lines[0], { speaker: "Guest", text: "They sing." }, lines[2]]);
  await made();

  expect(hub().calls.map(({ json }) => (json as { text: string }).text)).toEqual(["They sing."]);
});

it("[C1] with the other voices every line is spoken by the other model, and the first is left alone", async () => {
  sheet = graph.sheet();
  sheet.choose(node("Voices") as never, 1);
  const podcast = await made();

  const clips = hub().calls.slice(1);
  expect(clips.map(({ path }) => path)).toEqual(Array<string>(3).fill("/together/v1/audio/speech"));
  expect(clips.map(({ json }) => json)).toContainEqual({
    model: "canopylabs/orpheus",
    input: "They turn.",
    voice: "tara",
    response_format: "wav",
  });
  expect(read(await podcast.bytes()).samples[0]).toBe(7);
});

async function made(): Promise<FileRef> {
  const end = await sheet.run(node("Podcast"));
  if (end.kind !== "ready") throw new Error(JSON.stringify(end));
  return end.outputs.podcast as unknown as FileRef;
}

function byText(a: unknown, b: unknown): number {
  return (a as { text: string }).text.localeCompare((b as { text: string }).text);
}

function node(name: string): Node {
  return graph.nodes.find((one) => one.name === name)!;
}
