/** Choices and persons' steps as cards. */
import { describe, expect, it } from "vitest";
import { FnNode, Graph, ui } from "../../src/index.ts";
import { live } from "./live.ts";
import { asking, voices } from "./small-graphs.ts";

describe("a choice", () => {
  it("[C2] is one card with the inputs of all its variants", () => {
    const here = live(voices().graph);
    expect(here.look().order).toEqual(["Draft", "Voice", "Below"]);
    expect(here.card("Voice")).toMatchObject({
      kind: "choice",
      about: "choice of 2",
      state: "ready",
      variants: [
        {
          name: "Quick",
          chosen: true,
          state: "ready",
          inputs: [{ name: "Quick.text" }, { name: "Quick.speed", editable: true }],
        },
        {
          name: "Careful",
          chosen: false,
          state: "stale",
          inputs: [{ name: "Careful.text" }, { name: "Careful.tone" }],
        },
      ],
      outputs: [{ name: "said", label: "Said", component: { kind: "textbox" }, value: { value: "hello quickly 2" } }],
    });
  });

  it("[C1] shows what the selected variant gives, as that one shows it, and which edges flow into it", () => {
    const { graph, voice } = voices();
    const here = live(graph);
    const edges = () => {
      const { edges } = here.look();
      return [edges["Draft.text -> Quick.text"]?.state, edges["Draft.text -> Careful.text"]?.state];
    };
    expect(edges()).toEqual(["fresh", "empty"]);
    here.sheet.choose(voice, 1);
    expect(here.card("Voice")).toMatchObject({
      variants: [{ chosen: false }, { chosen: true, state: "ready" }],
      outputs: [{ component: { kind: "markdown" }, value: { value: "hello with care" } }],
      history: { at: 2, of: 2 },
    });
    expect(edges()).toEqual(["empty", "fresh"]);
    expect(here.look().edges["Draft.text -> Careful.text"]).toMatchObject({ toCard: "Voice", toPort: "Careful.text" });
  });

  it("is what its variants run as, in plans and in what is due", () => {
    const { graph, quick } = voices();
    const here = live(new Graph({ name: "By hand", nodes: graph.nodes, trigger: "manual" }));
    here.sheet.set(quick.inputs.speed, 3);
    expect(here.look().due).toEqual(["Draft", "Voice", "Below"]);
    expect(here.card("Below").plan).toEqual(["Draft", "Voice", "Below"]);
  });

  it("a variant that something else uses has a card of its own, and an edge to its choice", () => {
    const { graph, quick } = voices();
    const other = new FnNode(({ said }: { said: string }) => said, {
      name: "Other",
      inputs: { said: quick.outputs.said },
      outputs: { out: ui.textbox() },
    });
    const here = live(new Graph({ name: "Both", nodes: [...graph.nodes, other] }));
    expect(here.look().order).toEqual(["Draft", "Quick", "Voice", "Below", "Other"]);
    expect(here.card("Voice").variants).toMatchObject([
      { name: "Quick", card: "Quick", inputs: [] },
      { name: "Careful" },
    ]);
    expect(here.look().edges["Quick.said -> Voice.Quick"]).toMatchObject({
      toCard: "Voice",
      toPort: "Quick",
      state: "fresh",
    });
  });
});

describe("a person's step", () => {
  it("[I1] says what it asks, and of what, until it is answered", () => {
    const { graph, approve, best, title } = asking();
    const here = live(graph);
    expect(here.card("Publish?")).toMatchObject({
      state: "pending",
      status: { kind: "asks" },
      ask: { asks: "approval" },
      inputs: [{ name: "input", value: { value: "hello" }, component: { kind: "textbox" } }],
    });
    expect(here.card("The best")).toMatchObject({
      ask: { asks: "pick" },
      inputs: [{ value: { value: ["hello", "hello!"] } }],
    });
    expect(here.card("Title").ask?.asks).toBe("text");
    expect(here.card("Photo").ask?.asks).toBe("image");
    expect(here.card("Below").status).toEqual({ kind: "waiting", for: ["Publish?", "The best"] });
    here.sheet.answer(approve, true);
    here.sheet.answer(best, 1);
    here.sheet.answer(title, "Water");
    expect(here.card("Publish?").ask).toBeUndefined();
    expect(here.card("Title")).toMatchObject({ state: "ready", status: null });
    expect(here.card("Below").outputs[0]?.value).toEqual({ kind: "json", value: "hellohello!" });
  });

  it("numbers its questions, so that a late answer is not taken for another", () => {
    const { graph, draft } = asking();
    const here = live(graph);
    const before = here.card("Publish?").ask?.question;
    here.sheet.set(draft.inputs.a, "other");
    expect(here.card("Publish?").ask?.question).not.toBe(before);
  });

  it("a no is seen as what it is", () => {
    const { graph, approve } = asking();
    const here = live(graph);
    here.sheet.answer(approve, false);
    expect(here.card("Publish?").status).toMatchObject({ kind: "failed", failure: { reason: "declined" } });
  });
});
