/** What a function gives back, and what its ports make of it: every value has its answer, and nothing hangs. */
import { describe, expect, test } from "vitest";
import { Graph, type Sheet, ui } from "../../src/index.ts";
import { alone, plainFn, withThen } from "./plain.ts";

const refusing = () => {
  throw new Error("look away");
};
const circle: unknown[] = [];
circle.push(circle);

/** A sheet that opens although `value` is given, takes it anew when asked, and settles. */
async function given(value: () => unknown, outputs: object = { out: null }) {
  const { sheet, node, now } = alone(value, { outputs });
  await sheet.settled();
  const first = now();
  const end = await sheet.run(node, { again: true });
  await sheet.settled();
  sheet.close();
  return { first, end };
}

describe("a hidden port holds", () => {
  const values = new Map<string, unknown>([
    ["null", null],
    ["NaN", Number.NaN],
    ["-0", -0],
    ["a big integer", 10n ** 40n],
    ["a symbol", Symbol("s")],
    ["a function", () => 1],
    ["a date", new Date("x")],
    ["a map", new Map([[{}, []]])],
    ["a set", new Set([1])],
    ["bytes", new Uint8Array(4)],
    ["numbers", new Float64Array([Number.NaN])],
    ["a circle", circle],
    ["a text of ten million letters", "x".repeat(10_000_000)],
    ["a list of a million", new Array(1_000_000).fill(0)],
    ["an error", new Error("as a value")],
    ["a thing with then that is no function", withThen({ value: 5 })],
    [
      "an object that throws when looked at",
      {
        get a() {
          return refusing();
        },
      },
    ],
    ["a Proxy that will not tell whether it is open", new Proxy({}, { isExtensible: refusing })],
    ["a Proxy, within, that will not tell what it is", { inside: new Proxy({}, { getPrototypeOf: refusing }) }],
    ["a Proxy that hides its keys", new Proxy({}, { ownKeys: refusing })],
    [
      "a generator, which is no stream",
      (function* () {
        yield 1;
      })(),
    ],
    ["a WeakMap", new WeakMap()],
  ]);
  test.each([...values.keys()])("%s, as it is", async (name) => {
    const value = values.get(name);
    const { first, end } = await given(() => value);
    expect(first.kind).toBe("ready");
    expect(first.kind === "ready" && Object.is(first.value, value)).toBe(true);
    expect(end.kind).toBe("ready");
  });
});

describe("a run fails, and says so, for", () => {
  const wrong: [string, () => unknown, string][] = [
    ["nothing", () => undefined, "bad-output"],
    ["nothing, later", async () => undefined, "bad-output"],
    ["a Proxy that throws at everything", () => new Proxy({}, { get: refusing }), "threw"],
    [
      "a revoked Proxy",
      () => {
        const { proxy, revoke } = Proxy.revocable({}, {});
        revoke();
        return proxy;
      },
      "threw",
    ],
    ["a Proxy that will not tell what it is", () => new Proxy({}, { getPrototypeOf: refusing }), "threw"],
    ["a then that throws when it is read", () => withThen({ get: refusing }), "threw"],
    ["a then that throws when it is called", () => withThen({ value: refusing }), "threw"],
    [
      "a promise of a Proxy that throws at everything",
      () => [new Proxy({}, { get: refusing })].reduce(async (_, p) => p, {}),
      "threw",
    ],
  ];
  test.each(wrong)("%s", async (_, value, reason) => {
    const { first, end } = await given(value);
    expect(first).toMatchObject({ kind: "failed", failure: { reason } });
    expect(end).toMatchObject({ kind: "failed", failure: { reason } });
  });
});

describe("an output's component", () => {
  test.each<[string, object, unknown, string]>([
    ["number", ui.number(), "7", `a number, and it was the text "7"`],
    ["number", ui.number(), Number.NaN, "a number, and it was NaN"],
    ["number", ui.number(), 1n, "a number, and it was 1"],
    ["number", ui.slider({ minimum: 0, maximum: 1 }), 2, "a number from 0 to 1, and it was 2"],
    ["textbox", ui.textbox(), null, "text, and it was null"],
    ["textbox", ui.textbox(), ["a"], "text, and it was a list of 1"],
    ["checkbox", ui.checkbox(), 1, "true or false, and it was 1"],
    ["dropdown", ui.dropdown({ choices: ["a", "b"] }), "c", `one of "a", "b", and it was the text "c"`],
    ["image", ui.image(), { id: "abc" }, "an image file (a FileRef), and it was an object"],
    ["markdown", ui.markdown(), new Date(0), "text, and it was a Date"],
    ["json", ui.json(), undefined, "a value, and it was undefined"],
  ])("%s takes what it shows: %s", async (_, component, value, words) => {
    const { first } = await given(() => value, { out: component });
    expect(first).toMatchObject({
      kind: "failed",
      failure: { reason: "bad-output", port: "out", message: `The output 'out' should be ${words}.` },
    });
  });

  test("hidden by visible: false is as strict", async () => {
    const { first } = await given(() => "7", { out: ui.number({ visible: false }) });
    expect(first).toMatchObject({ kind: "failed", failure: { reason: "bad-output" } });
  });
});

describe("several outputs", () => {
  let sheet: Sheet;
  const two = async (value: unknown) => {
    const outputs = { text: ui.textbox(), n: null };
    const node = plainFn(() => value, { name: "two", outputs });
    sheet = new Graph({ name: "Two", nodes: [node] }).sheet();
    await sheet.settled();
    const [text, n] = [sheet.signal(node.outputs.text!), sheet.signal(node.outputs.n!)];
    sheet.close();
    return { text, n };
  };

  test("take each its key, and leave the others", async () => {
    expect(await two({ text: "a", n: null, more: 1 })).toMatchObject({ text: { value: "a" }, n: { value: null } });
    expect(await two(Promise.resolve({ text: "a", n: 1 }))).toMatchObject({ text: { value: "a" }, n: { value: 1 } });
  });

  test.each<[string, unknown, string]>([
    ["a key is missing", { text: "a" }, "n"],
    ["a key holds undefined", { text: "a", n: undefined }, "n"],
    ["a key has the wrong type", { text: 5, n: 1 }, "text"],
    ["a list comes", ["a", 1], "text"],
    ["a text comes", "a", "text"],
    ["nothing comes", undefined, "text"],
  ])("fail all when %s, and name the port", async (_, value, port) => {
    const { text, n } = await two(value);
    expect(text).toMatchObject({ kind: "failed", failure: { reason: "bad-output", port } });
    expect(n).toEqual(text);
  });

  test("may be kept behind getters, and fail when one throws", async () => {
    expect(
      await two({
        get text() {
          return "a";
        },
        get n() {
          return 1;
        },
      }),
    ).toMatchObject({ n: { value: 1 } });
    expect(
      await two({
        text: "a",
        get n() {
          return refusing();
        },
      }),
    ).toMatchObject({ n: { failure: { reason: "threw" } } });
  });

  test("may have any name, even one that objects keep for themselves", () => {
    const outputs = Object.fromEntries(["__proto__", "constructor", "n"].map((name) => [name, ui.number()]));
    const value = Object.fromEntries([
      ["__proto__", 1],
      ["constructor", 2],
      ["n", 3],
    ]);
    const node = plainFn(() => value, { name: "odd", outputs });
    sheet = new Graph({ name: "Odd", nodes: [node] }).sheet();
    expect(Object.isFrozen(Object.prototype)).toBe(false);
    const ports = Object.values(node.outputs);
    expect(ports.map((port) => [port.name, sheet.value(port)])).toEqual([
      ["__proto__", 1],
      ["constructor", 2],
      ["n", 3],
    ]);
    sheet.close();
  });
});
