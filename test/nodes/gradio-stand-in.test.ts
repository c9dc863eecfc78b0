/** The stand-in says what the real app says, and the page of what is stepped over says what the tests show. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { faked } from "../support/gradio/faked.ts";
import { ordinaryAnswers, type Shape, strangersIn } from "../support/gradio/ordinary.ts";
import { realGradio } from "../support/gradio/real.ts";
import recorded from "../support/gradio/recorded.json" with { type: "json" };

const root = join(import.meta.dirname, "../..");
const gradio = await realGradio();

describe("the page", () => {
  test("trap 19: one file of ours knows the library's types, and gives them types of our own", () => {
    const source = join(root, "src");
    const files = readdirSync(source, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
    const users = files.filter((file) => readFileSync(join(source, file), "utf8").includes('"@gradio/client"'));
    expect(users).toEqual(["nodes/gradio/library.ts"]);
  });

  test("names each of the nineteen, and a test file that shows it", () => {
    const page = readFileSync(join(root, "docs/GRADIO.md"), "utf8");
    const rows = [...page.matchAll(/^\| (\d+) \|.*\]\(\.\.\/(test\/[^)]+)\)/gm)].map(([, number, file]) => ({
      number,
      file: file ?? "",
    }));
    expect(rows.map(({ number }) => Number(number))).toEqual(Array.from({ length: 19 }, (_, i) => i + 1));
    for (const { number, file } of rows)
      expect(readFileSync(join(root, file), "utf8")).toMatch(new RegExp(`traps? (\\d+ and )?${number}\\b`));
  });
});

describe("the stand-in", () => {
  test("answers in the shapes of the real one", async () => {
    const at = await faked();
    for (const [name, shape] of Object.entries(await ordinaryAnswers(at.url)))
      expect(strangersIn(shape, (recorded as Record<string, Shape>)[name], name)).toEqual([]);
  });

  test.skipIf(!gradio)("what is recorded of the real one is what it answers", async () => {
    const answers = await ordinaryAnswers(gradio?.url ?? "");
    for (const [name, shape] of Object.entries(recorded))
      expect(strangersIn(shape as Shape, answers[name], name)).toEqual([]);
  });
});
