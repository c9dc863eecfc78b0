/** What a function takes, read from every form in which a function can be written. */
import { describe, expect, test } from "vitest";
import { parametersOf } from "../../src/nodes/parameters.ts";

type Fn = (...args: never[]) => unknown;

/** From source, as it is: a bundler would take the comments out. */
const written = (source: string): Fn => new Function(`return (${source});`)() as Fn;
const method = (source: string, name = "f"): Fn => written(`({ ${source} })["${name}"]`);
const classMethod = (source: string, name = "f"): Fn => written(`(class { ${source} }).prototype["${name}"]`);

/** `a b? ...` : names, `?` where there is a default, `...` where more may be read, `whole` where it is not taken apart. */
function said(fn: Fn): string {
  const { names, open } = parametersOf(fn);
  const list = names?.map(({ name, optional }) => `${name}${optional ? "?" : ""}`) ?? ["whole"];
  return [...list, ...(open ? ["..."] : [])].join(" ");
}

describe("the parameters are read from", () => {
  test.each<[string, string]>([
    ["an arrow", "({ a, b }) => a"],
    ["an arrow with a body", "({ a, b }) => { return a; }"],
    ["an async arrow", "async ({ a, b }) => a"],
    ["a function", "function ({ a, b }) { return a; }"],
    ["a named function", "function f({ a, b }) { return a; }"],
    ["an async function", "async function f({ a, b }) {}"],
    ["a generator", "function* f({ a, b }) {}"],
    ["an async generator", "async function* f({ a, b }) {}"],
    ["a default for the whole", "({ a, b } = {}) => a"],
  ])("%s", (_, source) => {
    expect(said(written(source))).toBe("a b");
  });

  test.each<[string, Fn]>([
    ["a method", method("f({ a, b }) {}")],
    ["an async method", method("async f({ a, b }) {}")],
    ["a generator method", method("*f({ a, b }) {}")],
    ["an async generator method", method("async *f({ a, b }) {}")],
    ["a computed method", method("['f' + '']({ a, b }) {}")],
    ["a method whose name is a string", method("'odd name'({ a, b }) {}", "odd name")],
    ["a method called async", method("async({ a, b }) {}", "async")],
    ["a method called get", method("get({ a, b }) {}", "get")],
    ["a method called function", method("function({ a, b }) {}", "function")],
    ["a method that speaks of super", method("f({ a, b }) { return super.f; }")],
    ["a method of a class", classMethod("f({ a, b }) {}")],
    ["an async method of a class", classMethod("async f({ a, b }) {}")],
    ["a static method", written("(class { static f({ a, b }) {} }).f")],
    ["a field of a class", written("new (class { f = ({ a, b }) => a; })().f")],
    ["a private method", written("(class { static #f({ a, b }) {} static get f() { return this.#f; } }).f")],
    ["a method that reads a private field", classMethod("#n = 1; f({ a, b }) { return this.#n; }")],
    ["an arrow within a method that speaks of super", written("({ m() { return ({ a, b }) => super.m; } }).m()")],
  ])("%s", (_, fn) => {
    expect(said(fn)).toBe("a b");
  });

  test("a function of a module that speaks of import.meta", async () => {
    const source = "export default ({ a, b }) => a + import.meta.url;";
    const module = (await import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(source)}`)) as {
      default: Fn;
    };
    expect(said(module.default)).toBe("a b");
  });
});

describe("a parameter", () => {
  test.each<[string, string, string]>([
    ["has a default", "({ a, b = 1 }) => a", "a b?"],
    ["has a default of any kind", "({ a = [1, { b: 2 }], c = (d) => ({ e: d }), f = `}` }) => a", "a? c? f?"],
    ["is renamed", "({ a: first, b: second = 2 }) => first", "a b?"],
    ["is taken apart", "({ a: { x, y }, b: [z] = [] }) => x", "a b?"],
    ["has an odd name", "({ 'odd-name': a, 0: b, größe, $, _ }) => a", "odd-name 0 größe $ _"],
    ["is written with an escape", "({ \\u0061, b }) => b", "a b"],
    ["leaves a rest", "({ a, ...rest }) => rest", "a ..."],
    ["is computed", "({ a, ['b' + 1]: c }) => c", "a ..."],
    ["is amid comments", "({ a, /* b, */ c = 1, // d = ({\n e }) => a", "a c? e"],
    ["is amid strings", "({ a = '}, b', c = \"({ d\" }) => a", "a? c?"],
    ["is amid regular expressions", "({ a = /[/}]/, b }) => a", "a? b"],
    ["is none", "() => 1", ""],
    ["is the whole", "(inputs) => inputs.a", "whole ..."],
    ["is the whole, without brackets", "inputs => inputs.a", "whole ..."],
    ["is the whole, with a default", "(inputs = {}) => inputs.a", "whole ..."],
    ["is everything", "(...all) => all", "whole ..."],
    ["is in arguments", "function () { return arguments[0].a; }", "whole ..."],
  ])("%s", (_, source, words) => {
    expect(said(written(source))).toBe(words);
  });
});

describe("a function whose source cannot be read is open:", () => {
  test.each<[string, Fn]>([
    ["bound", ((inputs: object) => inputs).bind(undefined) as Fn],
    ["native", Math.max as Fn],
    ["a Proxy", new Proxy(({ a }: { a: number }) => a, {}) as Fn],
    ["a class", class {} as unknown as Fn],
  ])("%s", (_, fn) => {
    expect(said(fn)).toBe("whole ...");
  });

  test("and a toString of its own deceives nobody", () => {
    const fn = Object.assign(({ a }: { a: number }) => a, { toString: () => "({ b }) => b" });
    expect(said(fn as Fn)).toBe("a");
  });
});

describe("the second argument", () => {
  test.each<[string, boolean]>([
    ["({ a }) => a", false],
    ["() => 1", false],
    ["({ a }, { signal }) => a", true],
    ["({ a }, context) => a", true],
    ["({ a }, { log } = {}) => a", true],
    ["({ a }, ...rest) => a", true],
    ["(...all) => 1", true],
    ["function ({ a }) { return arguments[1]; }", true],
  ])("%s: %s", (source, looks) => {
    expect(parametersOf(written(source)).context).toBe(looks);
  });
});
