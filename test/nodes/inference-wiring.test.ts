/** Mistakes that are found while wiring a model: what is wrong, what exists, what was probably meant. Nobody is asked for that. */
import { describe, expect, it } from "vitest";
import { GraphError, InferenceNode } from "../../src/index.ts";
import { ModelNode } from "../../src/nodes/inference.ts";

function mistake(write: () => unknown): GraphError {
  try {
    write();
  } catch (error) {
    if (error instanceof GraphError) return error;
    throw error;
  }
  throw new Error("Nothing was refused.");
}

const painter = (model: string) => new InferenceNode(model, { inputs: { prompt: "a mill" }, outputs: { image: null } });

describe("while wiring", () => {
  const wired = (task: string, inputs: Readonly<Record<string, string>>) =>
    mistake(() => new InferenceNode("owner/painter", { task, inputs, outputs: { image: null } }));

  it("a parameter that the task has not: what exists, and what was meant", () => {
    const error = wired("text-to-image", { prompt: "a mill", widht: "640" });
    expect(error).toMatchObject({ code: "unknown-input", port: "widht", suggestion: "width" });
    expect(error.message).toContain("There is: 'prompt', 'text', 'inputs', 'guidance_scale'");
    expect(error.message).toContain("Did you mean 'width'?");
  });

  it("an input that the task cannot do without", () => {
    expect(wired("text-to-image", { width: "640" })).toMatchObject({ code: "missing-input", port: "prompt" });
    expect(wired("zero-shot-classification", { text: "a mill" })).toMatchObject({
      code: "missing-input",
      port: "candidate_labels",
    });
    expect(wired("chat-completion", { system: "Be short." })).toMatchObject({ code: "missing-input", port: "prompt" });
  });

  it("one input under two names", () => {
    expect(wired("text-to-image", { prompt: "a mill", text: "a weir" }).message).toMatch(
      /'prompt' and 'text'.*two names of one input/,
    );
  });

  it("a task that there is not: what exists, and what was meant", () => {
    const error = wired("text-to-imgae", { prompt: "a mill" });
    expect(error).toMatchObject({ code: "unknown-endpoint", suggestion: "text-to-image" });
    expect(error.known).toContain("chat-completion");
  });

  it("a task is known by every name that it goes by", () => {
    for (const task of ["text_to_image", "textToImage", "text-to-image"]) {
      expect(() => new InferenceNode("o/m", { task, inputs: { prompt: "" }, outputs: { image: null } })).not.toThrow();
    }
  });

  it.each([
    ["owner/painter:fal", { code: "unknown-model", suggestion: "fal-ai" }],
    ["https://example.org/model", { code: "unknown-model" }],
    ["../../etc/passwd", { code: "unknown-model" }],
    ["", { code: "unknown-model" }],
  ])("the model %j is none", (model, expected) => {
    expect(mistake(() => painter(model))).toMatchObject(expected);
  });

  it("options that are none", () => {
    const write = (options: unknown) => mistake(() => new ModelNode("owner/painter", options as never)).code;
    expect(write(undefined)).toBe("missing-input");
    expect(write({ inputs: {}, outputs: { image: "image" } })).toBe("bad-component");
    expect(write({ inputs: {}, outputs: { image: null }, postprocess: "trim" })).toBe("wrong-type");
    expect(write({ inputs: {}, outputs: { image: null }, billTo: 7 })).toBe("wrong-type");
  });
});
