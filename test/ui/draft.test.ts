import { describe, expect, test } from "vitest";
import type { Answer } from "../../src/protocol/command.ts";
import { Draft, grace, pause, unreachable } from "../../src/ui/draft.ts";
import { Clock, turn } from "./clock.ts";

/** A draft whose messages the test answers. */
function writing() {
  const clock = new Clock();
  const sent: string[] = [];
  const waiting: ((answer: Answer) => void)[] = [];
  const draft = new Draft<string>({
    send: (value) => {
      sent.push(value);
      return new Promise((answer) => waiting.push(answer));
    },
    equal: (a, b) => a === b,
    later: clock.later,
    changed: () => {},
  });
  const answer = async (given: Answer = { ok: true }) => {
    waiting.shift()!(given);
    await turn();
  };
  const refuse = (reason = "bad-input") => answer({ ok: false, failure: { reason, message: "No." } });
  draft.arrive("old");
  return { draft, clock, sent, answer, refuse };
}

describe("a draft", () => {
  test("shows what arrives while nobody edits", () => {
    const { draft } = writing();
    draft.arrive("new");
    expect(draft.shown).toBe("new");
  });

  test("is sent once typing rests, the last text only", () => {
    const { draft, clock, sent } = writing();
    for (const text of ["a", "ab", "abc"]) {
      draft.edit(text);
      clock.pass(pause - 1);
    }
    expect(sent).toEqual([]);
    clock.pass(1);
    expect(sent).toEqual(["abc"]);
  });

  test("keeps what is typed against everything that arrives, before and after it is sent", async () => {
    const { draft, clock, answer } = writing();
    draft.edit("mine");
    draft.arrive("theirs");
    expect(draft.shown).toBe("mine");
    clock.pass(pause);
    draft.arrive("theirs again");
    expect(draft.shown).toBe("mine");
    await answer();
    draft.arrive("still theirs");
    expect(draft.shown).toBe("mine");
  });

  test("gives way once its own edit has come back", async () => {
    const { draft, answer } = writing();
    draft.edit("mine");
    draft.flush();
    draft.arrive("mine");
    await answer();
    draft.arrive("later news");
    expect(draft.shown).toBe("later news");
  });

  test("gives way to what the sheet made of it after a while", async () => {
    const { draft, clock, answer } = writing();
    draft.edit(" mine ");
    draft.flush();
    await answer();
    draft.arrive("mine");
    expect(draft.shown).toBe(" mine ");
    clock.pass(grace);
    expect(draft.shown).toBe("mine");
  });

  test("sends one message at a time, and then the latest", async () => {
    const { draft, clock, sent, answer } = writing();
    draft.edit("one");
    draft.flush();
    draft.edit("two");
    clock.pass(pause);
    draft.edit("three");
    clock.pass(pause);
    expect(sent).toEqual(["one"]);
    await answer();
    expect(sent).toEqual(["one", "three"]);
    draft.arrive("one");
    expect(draft.shown).toBe("three");
  });

  test("stands still while it is held, also when it changed nothing", () => {
    const { draft } = writing();
    draft.hold();
    draft.arrive("theirs");
    expect(draft.shown).toBe("old");
    draft.release();
    expect(draft.shown).toBe("theirs");
  });

  test("stands still while it is held after its edit came back", async () => {
    const { draft, answer } = writing();
    draft.hold();
    draft.edit("mine");
    draft.flush();
    await answer();
    draft.arrive("mine");
    draft.arrive("theirs");
    expect(draft.shown).toBe("mine");
    draft.release();
    expect(draft.shown).toBe("theirs");
  });

  test("is sent when it is let go", () => {
    const { draft, sent } = writing();
    draft.hold();
    draft.edit("mine");
    draft.release();
    expect(sent).toEqual(["mine"]);
  });

  test("keeps its text and says why when it was refused", async () => {
    const { draft, refuse } = writing();
    draft.edit("mine");
    draft.flush();
    await refuse();
    draft.release();
    expect([draft.shown, draft.refusal]).toEqual(["mine", "No."]);
    draft.edit("better");
    expect(draft.refusal).toBeNull();
  });

  test("gives a refused text up when somebody sets another value", async () => {
    const { draft, refuse } = writing();
    draft.edit("mine");
    draft.flush();
    await refuse();
    draft.arrive("old");
    expect(draft.shown).toBe("mine");
    draft.arrive("theirs");
    expect([draft.shown, draft.refusal]).toEqual(["theirs", null]);
  });

  test("keeps what cannot be sent, and does not send it", () => {
    const { draft, clock, sent } = writing();
    draft.edit("half", "Not whole.");
    clock.pass(10 * pause);
    draft.flush();
    draft.arrive("old");
    expect([draft.shown, draft.refusal, sent]).toEqual(["half", "Not whole.", []]);
  });

  test("keeps a problem that came while a good edit was under way", async () => {
    const { draft, clock, answer } = writing();
    draft.edit("good");
    draft.flush();
    draft.edit("half", "Not whole.");
    await answer();
    clock.pass(10 * grace);
    draft.arrive("good");
    expect([draft.shown, draft.refusal]).toEqual(["half", "Not whole."]);
  });

  test("is kept while the server cannot be reached, and sent again", async () => {
    const { draft, sent, refuse, answer } = writing();
    draft.edit("mine");
    draft.flush();
    await refuse(unreachable);
    expect([draft.shown, draft.dirty]).toEqual(["mine", true]);
    draft.flush();
    await answer();
    draft.arrive("mine");
    expect([sent, draft.refusal, draft.dirty]).toEqual([["mine", "mine"], null, false]);
  });

  test("leaves at once with the page, whatever is under way", () => {
    const { draft, sent } = writing();
    draft.edit("one");
    draft.flush();
    draft.edit("two");
    draft.leave();
    expect(sent).toEqual(["one", "two"]);
  });
});
