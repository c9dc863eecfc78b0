/** Making a node of a function: what is found wrong while wiring, and in which words. */
import { describe, expect, test } from "vitest";
import { FnNode, type GraphError, ui } from "../../src/index.ts";
import { alone, plainFn, thrownBy } from "./plain.ts";

const outputs = { out: null };
const errorOf = (work: unknown, options: unknown) => thrownBy(() => plainFn(work, options)) as GraphError;

describe("an input", () => {
  const work = ({ prompt, width = 100 }: { prompt: string; width?: number }) => prompt.slice(0, width);

  test("that is missing is named", () => {
    const error = errorOf(work, { name: "Draw", inputs: {}, outputs });
    expect(error).toMatchObject({ code: "missing-input", node: "Draw", port: "prompt" });
    expect(error.message).toContain("'Draw' takes 'prompt'");
  });

  test("that is missing is named too when there are no inputs at all", () => {
    expect(errorOf(work, { outputs })).toMatchObject({ code: "missing-input", node: "work", port: "prompt" });
  });

  test("that is misspelt brings the one that was meant", () => {
    const error = errorOf(work, { name: "Draw", inputs: { promt: "a" }, outputs });
    expect(error).toMatchObject({
      code: "unknown-input",
      port: "promt",
      suggestion: "prompt",
      known: ["prompt", "width"],
    });
    expect(error.message).toMatch(/There is: 'prompt', 'width'\. Did you mean 'prompt'\?$/);
  });

  test("that a function without parameters never asked for is refused", () => {
    const error = errorOf(() => 1, { inputs: { n: 1 }, outputs });
    expect(error.code).toBe("unknown-input");
    expect(error.message).toContain("There is none.");
  });

  test("with a default may be left out, and then the default is taken", () => {
    const { sheet, out } = alone(work, { inputs: { prompt: "x".repeat(200) } });
    expect(sheet.value(out)).toHaveLength(100);
    sheet.close();
  });

  test("of any name is taken by a function that takes the object whole, or the rest of it", () => {
    const whole = alone((inputs: object) => Object.keys(inputs), { inputs: { a: 1, b: 2 } });
    expect(whole.sheet.value(whole.out)).toEqual(["a", "b"]);
    const rest = alone(({ a, ...rest }: { a: number }) => [a, rest], { inputs: { a: 1, b: 2 } });
    expect(rest.sheet.value(rest.out)).toEqual([1, { b: 2 }]);
  });

  test.each(["__proto__", "constructor", "toString", "then", "odd name", "größe"])("may be called %s", (name) => {
    for (const given of [ui.json({ value: { n: 5 } }), { n: 5 }, () => ({ n: 5 })]) {
      const inputs = Object.fromEntries([[name, given]]);
      const work = (all: object) => Object.getOwnPropertyDescriptor(all, name)?.value as unknown;
      const { sheet, out } = alone(work, { inputs });
      expect(sheet.value(out)).toEqual({ n: 5 });
      sheet.close();
    }
  });

  test("is no node and no input of another: an output of it was meant", () => {
    const source = new FnNode(({ n }: { n: number }) => n, { name: "Source", inputs: { n: 1 }, outputs: { n: null } });
    for (const given of [source, source.inputs.n]) {
      const error = errorOf(({ a }: { a: number }) => a, { name: "Reader", inputs: { a: given }, outputs });
      expect(error).toMatchObject({ name: "GraphError", node: "Reader", port: "a" });
    }
  });
});

describe("the outputs option", () => {
  test.each([undefined, null, "out", 5])("is not %o", (wrong) => {
    expect(errorOf(() => 1, { outputs: wrong }).code).toBe("unknown-port");
    expect(errorOf(() => 1, undefined).code).toBe("unknown-port");
  });

  test.each<[string, unknown]>([
    ["a text", "textbox"],
    ["a function", ui.textbox],
    ["undefined", undefined],
    ["a number", 5],
    ["an object", {}],
  ])("names components, and %s is none", (_, component) => {
    const error = errorOf(() => 1, { outputs: { good: null, wrong: component } });
    expect(error).toMatchObject({ code: "bad-component", port: "wrong" });
  });
});

describe("the function", () => {
  test.each([undefined, null, "() => 1", {}, 5])("is not %o", (wrong) => {
    expect(errorOf(wrong, { outputs })).toMatchObject({ name: "GraphError", code: "wrong-type" });
  });

  test("gives its name to the node, unless one is chosen", () => {
    expect(plainFn(function shorten() {}, { outputs }).name).toBe("shorten");
    expect(plainFn(function shorten() {}, { name: "Cut", outputs }).name).toBe("Cut");
    expect(
      plainFn(
        (
          () => () =>
            1
        )(),
        { outputs },
      ).name,
    ).not.toBe("");
  });

  test("that is a class, never meant to be called so, fails in its own words", () => {
    const { sheet, now } = alone(class Mill {});
    expect(now()).toMatchObject({
      kind: "failed",
      failure: { reason: "threw", message: expect.stringContaining("new") },
    });
    sheet.close();
  });

  test("may be bound and native: it is called with the object of inputs", () => {
    const owner = {
      factor: 3,
      times(this: { factor: number }, { n }: { n: number }) {
        return n * this.factor;
      },
    };
    const bound = alone(owner.times.bind(owner), { inputs: { n: 2 } });
    expect(bound.sheet.value(bound.out)).toBe(6);
    const native = alone(Object.keys, { inputs: { n: 2 } });
    expect(native.sheet.value(native.out)).toEqual(["n"]);
  });
});
