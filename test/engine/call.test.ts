/** How a call ends: with the first thing that goes wrong, and never by waiting for somebody who is not there. */
import { describe, expect, test } from "vitest";
import { Approve, FailureError, FnNode, Graph, GraphError, GraphNode, TextInput, ui } from "../../src/index.ts";

/** Slow, which is never done, and Broken, which fails at once. */
function slowAndBroken(broken: () => number) {
  const aborted: boolean[] = [];
  const slow = new FnNode(
    (_: { n: number }, { signal }) => {
      signal.addEventListener("abort", () => aborted.push(true));
      return new Promise<number>(() => undefined);
    },
    { name: "Slow", inputs: { n: ui.number({ value: 1 }) }, outputs: { n: ui.number() } },
  );
  const fast = new FnNode(broken, { name: "Broken", outputs: { n: ui.number() } });
  const below = new FnNode(({ n }: { n: number }) => n, {
    name: "Below",
    inputs: { n: fast.outputs.n },
    outputs: { n: ui.number() },
  });
  const graph = new Graph({
    name: "Two",
    nodes: [slow, below],
    outputs: { slow: slow.outputs.n, below: below.outputs.n },
  });
  return { graph, aborted };
}

describe("a call ends with what goes wrong first", () => {
  test("and stops the rest", async () => {
    const { graph, aborted } = slowAndBroken(() => {
      throw new Error("no water");
    });
    await expect(graph.call()).rejects.toMatchObject({ failure: { reason: "upstream", root: "Broken" } });
    expect(aborted).toEqual([true]);
  });

  test("and tells what that was, where the step asked for only blames another", async () => {
    const { graph } = slowAndBroken(() => {
      throw new Error("no water");
    });
    const error = (await graph.call().catch((one: unknown) => one)) as FailureError;
    expect(error.cause).toBeInstanceOf(FailureError);
    expect((error.cause as FailureError).failure).toMatchObject({ reason: "threw", message: "no water." });
  });

  test("also inside a graph's node", async () => {
    const inner = new FnNode(
      (): number => {
        throw new Error("dry");
      },
      { name: "Inner", outputs: { n: ui.number() } },
    );
    const graph = new Graph({ name: "Inside", nodes: [inner], outputs: { n: inner.outputs.n } });
    const frame = new GraphNode(graph, { name: "Frame" });
    const last = new FnNode(({ n }: { n: number }) => n, {
      name: "Last",
      inputs: { n: frame.outputs.n },
      outputs: { n: ui.number() },
    });
    const error = (await new Graph({ name: "Outer", nodes: [last] })
      .call()
      .catch((one: unknown) => one)) as FailureError;
    expect((error.cause as FailureError | undefined)?.failure).toMatchObject({ reason: "threw", message: "dry." });
  });
});

describe("a call in which a person would be asked", () => {
  const ran: string[] = [];
  const draft = new FnNode(
    () => {
      ran.push("draft");
      return "text";
    },
    { name: "Draft", outputs: { text: ui.textbox() } },
  );
  const approve = new Approve(draft.outputs.text, { name: "Publish?" });
  const approving = new Graph({ name: "Approving", nodes: [approve], outputs: { text: approve.outputs.output } });

  test("is refused before anything runs", async () => {
    const error = (await approving.call().catch((one: unknown) => one)) as GraphError;
    expect(error).toBeInstanceOf(GraphError);
    expect([error.code, error.node, error.message]).toEqual([
      "missing-input",
      "Publish?",
      "'Publish?' waits for a person, and in a call there is nobody to ask: open a sheet of the graph instead, and answer it there.",
    ]);
    expect(ran).toEqual([]);
  });

  test("is refused where the step is inside a graph's node", async () => {
    const frame = new GraphNode(approving, { name: "Frame" });
    await expect(new Graph({ name: "Outer", nodes: [frame] }).call()).rejects.toThrow(/'Publish\?' waits for a person/);
    expect(ran).toEqual([]);
  });

  test("goes on where what is asked for does not need the answer", async () => {
    const title = new TextInput({ label: "Title" });
    const plain = new FnNode(() => "plain", { name: "Plain", outputs: { text: ui.textbox() } });
    const titled = new FnNode(({ text }: { text: string }) => text, {
      name: "Titled",
      inputs: { text: title.outputs.text },
      outputs: { text: ui.textbox() },
    });
    const way = plain.or(titled, { name: "Way" });
    const graph = new Graph({ name: "Way", nodes: [way, title], outputs: { text: way.outputs.text } });
    expect(await graph.call()).toEqual({ text: "plain" });
  });
});

test("in code a call takes the inputs that the graph names, and those alone", async () => {
  const [one, other] = ["One", "Other"].map(
    (name) => new FnNode(() => name, { name, outputs: { text: ui.textbox() } }),
  ) as [FnNode<{}, never>, FnNode<{}, never>];
  const graph = new Graph({ name: "Way", nodes: [one.or(other, { name: "Way" })] });
  await expect(graph.call({ Way: "Other" } as never)).rejects.toThrow(
    "The graph 'Way' names no input 'Way'. There is none.",
  );
});
