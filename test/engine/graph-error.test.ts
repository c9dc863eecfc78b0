/** What was probably meant, and how it is said. */
import { describe, expect, test } from "vitest";
import { nearest } from "../../src/engine/graph-error.ts";
import { GraphError } from "../../src/index.ts";

describe("what was probably meant", () => {
  test.each<[string, string[], string | undefined]>([
    ["promt", ["image", "prompt"], "prompt"],
    ["Prompt", ["image", "prompt"], "prompt"],
    ["imgae", ["image", "prompt"], "image"],
    ["widht", ["width", "height"], "width"],
    ["temperature", ["image", "prompt"], undefined],
    ["x", [], undefined],
    ["", ["prompt"], undefined],
    ["ab", ["xy"], undefined],
    ["n", ["width"], undefined],
    ["automatic", ["auto", "manual"], "auto"],
    ["man", ["auto", "manual"], "manual"],
  ])("by %s among %o is %s", (written, known, meant) => {
    expect(nearest(written, known)).toBe(meant);
  });

  test("is the nearest of several near ones, the first of equals", () => {
    expect(nearest("prompt2", ["promt", "prompt1", "prompt3"])).toBe("prompt1");
  });

  test("is known to the error and said by it", () => {
    const error = new GraphError("unknown-port", "No such port.", { known: ["image", "prompt"], meant: "promt" });
    expect(error.message).toBe("No such port. There is: 'image', 'prompt'. Did you mean 'prompt'?");
    expect(error).toMatchObject({ suggestion: "prompt", known: ["image", "prompt"], name: "GraphError" });
  });

  test("is not said when nothing is near, nor when nothing exists", () => {
    expect(new GraphError("unknown-port", "No.", { known: ["image"], meant: "zzzzzzzz" }).message).not.toContain(
      "mean",
    );
    expect(new GraphError("unknown-port", "No.", { known: [], meant: "a" }).message).toBe("No. There is none.");
  });
});
