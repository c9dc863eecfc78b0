import { expect, test } from "vitest";
import type { Answer, Command } from "../../src/protocol/command.ts";
import { Desk } from "../../src/ui/desk.ts";
import { Draft, unreachable } from "../../src/ui/draft.ts";
import { Clock, turn } from "./clock.ts";

function atTheDesk({ sheet = "s" as string | null } = {}) {
  const posted: Command[] = [];
  const waiting: ((answer: Answer & { status: number }) => void)[] = [];
  const told: string[] = [];
  const desk = new Desk({
    sheet: () => sheet,
    post: (_sheet, command) => {
      posted.push(command);
      return new Promise((answer) => waiting.push(answer));
    },
    upload: () => Promise.reject(new Error("not here")),
    now: () => 0,
    over: () => told.push("over"),
    refused: ({ message }) => told.push(message),
  });
  const draft = new Draft<string>({
    send: (value) => desk.ask({ kind: "set", card: "A", port: "text", value: { kind: "json", value } }),
    equal: (a, b) => a === b,
    later: new Clock().later,
    changed: () => {},
  });
  desk.keep(draft);
  const answer = async (given: Answer = { ok: true }, status = 200) => {
    waiting.shift()!({ ...given, status });
    await turn();
  };
  return { desk, draft, posted, told, answer };
}

test("a run leaves after the edit it was meant for", async () => {
  const { desk, draft, posted, answer } = atTheDesk();
  draft.edit("mine");
  void desk.press({ kind: "run", card: "A" });
  await turn();
  expect(posted.map(({ kind }) => kind)).toEqual(["set"]);
  await answer();
  expect(posted.map(({ kind }) => kind)).toEqual(["set", "run"]);
});

test("what a person pressed and was refused is told", async () => {
  const { desk, told, answer } = atTheDesk();
  void desk.press({ kind: "runAll" });
  await turn();
  await answer({ ok: false, failure: { reason: "empty", message: "Text is empty." } }, 409);
  expect(told).toEqual(["Text is empty."]);
});

test("a refused edit is not told twice: its field says it", async () => {
  const { draft, told, answer } = atTheDesk();
  draft.edit("mine");
  draft.flush();
  await turn();
  await answer({ ok: false, failure: { reason: "bad-input", message: "No." } }, 422);
  expect([told, draft.refusal]).toEqual([[], "No."]);
});

test("an answer of 401 ends the session", async () => {
  const { desk, told, answer } = atTheDesk();
  void desk.ask({ kind: "tidy" });
  await turn();
  await answer({ ok: false, failure: { reason: "no-session", message: "" } }, 401);
  expect(told).toEqual(["over"]);
});

test("without a sheet nothing is sent, and an edit waits", async () => {
  const { desk, draft, posted } = atTheDesk({ sheet: null });
  expect(await desk.ask({ kind: "tidy" })).toMatchObject({ ok: false, failure: { reason: unreachable } });
  draft.edit("mine");
  draft.flush();
  await turn();
  expect([posted, draft.dirty, draft.shown]).toEqual([[], true, "mine"]);
});

test("leaving sends every draft at once, past what is under way", async () => {
  const { desk, draft, posted } = atTheDesk();
  void desk.ask({ kind: "tidy" });
  await turn();
  draft.edit("mine");
  desk.leave();
  expect(posted.map(({ kind }) => kind)).toEqual(["tidy", "set"]);
});
