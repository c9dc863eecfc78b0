/** Components grouped in one card, and one component that feeds many. */
import { describe, expect, test } from "vitest";
import { FnNode, Graph, InputNode, ui } from "../../src/index.ts";
import { thrownBy } from "./plain.ts";

type N = { n: number };
const loose = InputNode as unknown as new (options?: unknown) => InputNode<{ n: number }>;

describe("an InputNode", () => {
  test.each<[string, unknown]>([
    ["a text", "textbox"],
    ["a number", 5],
    ["null", null],
    ["a function", ui.textbox],
    ["a port", new FnNode(() => 1, { name: "f", outputs: { out: null } }).outputs.out],
  ])("is made of components, and %s is none", (_, port) => {
    const error = thrownBy(() => new loose({ name: "Scene", ports: { n: ui.number(), wrong: port } }));
    expect(error).toMatchObject({ name: "GraphError", code: "bad-component", port: "wrong" });
  });

  test.each([undefined, {}, { name: "Scene" }, { name: "Scene", ports: null }])(
    "made of %o says what it lacks",
    (about) => {
      expect(thrownBy(() => new loose(about))).toMatchObject({ name: "GraphError" });
    },
  );

  test("shows on each port, in and out, the same signal", () => {
    const scene = new InputNode({ name: "Scene", ports: { n: ui.number({ value: 1 }), text: ui.textbox() } });
    const sheet = new Graph({ name: "Scene", nodes: [scene] }).sheet();
    expect(sheet.signal(scene.outputs.text)).toEqual({ kind: "empty" });
    sheet.set(scene.inputs.n, 2);
    expect(sheet.signal(scene.outputs.n)).toBe(sheet.signal(scene.inputs.n));
    expect(sheet.value(scene.outputs.n)).toBe(2);
    sheet.close();
  });

  test("may itself be fed by an edge, and passes on what comes", () => {
    const source = new FnNode(({ n }: N) => n * 2, {
      name: "source",
      inputs: { n: ui.number({ value: 2 }) },
      outputs: { n: ui.number() },
    });
    const scene = new InputNode({ name: "Scene", ports: { n: ui.number({ value: 1 }) } });
    const reader = new FnNode(({ n }: N) => n + 1, {
      name: "reader",
      inputs: { n: scene.outputs.n },
      outputs: { out: ui.number() },
    });
    const graph = new Graph({ name: "Through", nodes: [reader] }).connect(source.outputs.n, scene.inputs.n);
    const sheet = graph.sheet();
    expect(sheet.value(reader.outputs.out)).toBe(5);
    sheet.set(source.inputs.n, 5);
    expect(sheet.value(reader.outputs.out)).toBe(11);
    expect(thrownBy(() => sheet.set(scene.inputs.n, 3))).toMatchObject({ code: "fed-by-edge" });
    sheet.close();
  });
});

describe("one component given to several", () => {
  //   n ---> scene.n -> twice      n -> f, and n -> f again      n -> g (another graph)
  function shared() {
    const n = ui.number({ value: 1 });
    const scene = new InputNode({ name: "Scene", ports: { n } });
    const twice = new FnNode(({ n }: N) => n * 2, {
      name: "twice",
      inputs: { n: scene.outputs.n },
      outputs: { out: ui.number() },
    });
    let runs = 0;
    const f = new FnNode(
      ({ a, b }: { a: number; b: number }) => {
        runs++;
        return a + b;
      },
      { name: "f", inputs: { a: n, b: n }, outputs: { out: ui.number() } },
    );
    const graph = new Graph({ name: "Shared", nodes: [twice, f] });
    return { n, scene, twice, f, graph, sheet: graph.sheet(), runs: () => runs };
  }

  test("is one source: set through any port, all that read it follow, each once", () => {
    const { sheet, scene, twice, f, runs } = shared();
    sheet.set(f.inputs.b, 5);
    expect([sheet.value(scene.outputs.n), sheet.value(f.inputs.a)]).toEqual([5, 5]);
    expect([sheet.value(twice.outputs.out), sheet.value(f.outputs.out), runs()]).toEqual([10, 10, 2]);
    sheet.set(scene.inputs.n, 6);
    expect([sheet.value(twice.outputs.out), sheet.value(f.outputs.out), runs()]).toEqual([12, 12, 3]);
    sheet.close();
  });

  test("is told to whoever listens, at each of its ports", () => {
    const { sheet, f, scene } = shared();
    const told: string[] = [];
    sheet.events$.subscribe(
      (event) => event.kind === "signal" && told.push(`${event.port.node.name}.${event.port.name}`),
    );
    sheet.set(scene.inputs.n, 6);
    expect(told).toEqual(expect.arrayContaining(["Scene.n", "f.a", "f.b"]));
    expect(sheet.signal(f.inputs.a)).toBe(sheet.signal(scene.inputs.n));
    sheet.close();
  });

  test("lets go of an input that an edge has taken", () => {
    const { n } = shared();
    const a = new FnNode(() => 100, { name: "a", outputs: { out: ui.number() } });
    const f = new FnNode(({ p, q }: { p: number; q: number }) => p + q, {
      name: "f",
      inputs: { p: n, q: n },
      outputs: { out: ui.number() },
    });
    const sheet = new Graph({ name: "Half", nodes: [f] }).connect(a.outputs.out, f.inputs.q).sheet();
    sheet.set(f.inputs.p, 7);
    expect(sheet.value(f.outputs.out)).toBe(107);
    sheet.close();
  });

  test("has a value of its own on each sheet, and in each graph", () => {
    const { sheet, graph, f, n } = shared();
    const g = new FnNode(({ n }: N) => n, { name: "g", inputs: { n }, outputs: { out: ui.number() } });
    const [second, other] = [graph.sheet(), new Graph({ name: "Other", nodes: [g] }).sheet()];
    sheet.set(f.inputs.a, 9);
    expect([second.value(f.inputs.a), other.value(g.outputs.out)]).toEqual([1, 1]);
  });
});
