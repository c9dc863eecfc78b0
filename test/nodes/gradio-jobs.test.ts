/** Jobs of a real Gradio app: what is told on the way, how they end, and that a cancel ends one and no other. */
import { setTimeout as later } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { FileRef, FnNode, Graph, ui } from "../../src/index.ts";
import { called, gradioNode, ran } from "../support/gradio/called.ts";
import { realGradio } from "../support/gradio/real.ts";
import { silently } from "../support/gradio/silent.ts";

const gradio = await realGradio();
const at = gradio?.url ?? "";

silently();

async function ledger(): Promise<{ readonly lines: readonly string[]; readonly at_once: number }> {
  return (await called(at, "/ledger", {})).outputs.out as never;
}
async function until(line: string): Promise<void> {
  while (!(await ledger()).lines.includes(line)) await later(20);
}

describe.skipIf(!gradio)("on the way", () => {
  test("[R10] a generator's values are partial, the last one is the value, and no partial is shown twice", async () => {
    const { outputs, partials } = await called(at, "/count", { to: 4, pause: 0.15 }, { text: ui.textbox(), n: null });
    expect(outputs).toEqual({ text: "1 2 3 4", n: 4 });
    expect(partials.slice(0, 2)).toEqual(["1", "1 2"]);
    expect(new Set(partials).size).toBe(partials.length);
  });

  test("[R10] a generator's files are partial too", async () => {
    const { outputs, partials } = await called(at, "/frames", { many: 3 }, { image: ui.image() });
    expect((outputs.image as FileRef).name).toBe("frame-2.png");
    for (const partial of partials) expect(partial).toBeInstanceOf(FileRef);
  });

  test("progress is a fraction and words", async () => {
    const { progress, outputs } = await called(at, "/work", { steps: 5 });
    expect(outputs.out).toBe("5 steps");
    const fractions = progress.flatMap(({ fraction }) => (fraction === undefined ? [] : [fraction]));
    expect(fractions.length).toBeGreaterThan(1);
    expect(fractions).toEqual([...fractions].sort());
    expect(progress.some(({ message }) => /^Working \d of 5$/.test(message ?? ""))).toBe(true);
  });

  test("a place in the app's line is told, with the time that it takes", async () => {
    const node = (name: string) =>
      ran(gradioNode(at, { apiName: "/one_at_a_time", inputs: { seconds: 0.3, name }, outputs: { out: null } }));
    const all = await Promise.all(["a", "b", "c"].map(node));
    const places = all.map(({ progress }) => Math.max(0, ...progress.map(({ queue }) => queue?.position ?? 0)));
    expect(Math.max(...places)).toBeGreaterThan(1);
    expect(all.map(({ outputs }) => outputs.out)).toEqual(["a", "b", "c"]);
  });

  test("warnings and infos are lines of the log", async () => {
    const { log, outputs } = await called(at, "/warn", { message: "careful" });
    expect(outputs.out).toBe("done");
    expect(log).toEqual(["Warning: careful", "Info: For your information"]);
  });
});

describe.skipIf(!gradio)("what an app refuses", () => {
  test.each([["/fail"], ["/fail_at_once"]])("is its own text, with advice: %s", async (apiName) => {
    const { failure } = await called(at, apiName, { message: "The picture is too dark" });
    expect(failure).toMatchObject({ reason: "remote-refused", url: at, message: "The picture is too dark." });
    expect(failure?.advice).toContain("change what is sent");
  });

  test("comes with what it warned of before", async () => {
    const { failure } = await called(at, "/warn_and_fail", { message: "too hot" });
    expect(failure?.message).toBe("It could not go on. Before that it warned: too hot.");
  });

  test("as quota is quota, with the time to wait", async () => {
    const message = "You have exceeded your GPU quota (60s requested vs. 0s left). Try again in 0:02:30";
    expect((await called(at, "/fail", { message })).failure).toMatchObject({ reason: "quota", retryAfter: 150_000 });
  });

  test.each<[string, Record<string, unknown>, string]>([
    ["/add", { a: "three" }, "a number"],
    ["/text", { text: 3 }, "text"],
    ["/text", { text: "x", loud: "yes" }, "true or false"],
    ["/choose", { one: "blue", several: [] }, 'one of "red", "green"'],
    ["/level", { level: 4 }, "one of 1, 2, 3"],
    ["/caption", { image: "https://example.org/cat.png" }, "a file (a FileRef)"],
  ])("a value of the wrong type is not sent: %s %j", async (apiName, inputs, expected) => {
    expect((await called(at, apiName, inputs)).failure).toMatchObject({ reason: "bad-input", expected });
  });
});

describe.skipIf(!gradio)("[R4] a stop", () => {
  test("trap 3: cancels the job over there, nobody else's, and frees the place when that is done", async () => {
    const node = (name: string, seconds: number) =>
      gradioNode(at, { name, apiName: "/slow", inputs: { seconds, name }, outputs: { out: null }, lane: 2 });
    const [mine, other] = [node("mine", 30), node("other", 0.8)];
    const sheet = new Graph({ name: "Two jobs", nodes: [mine, other] }).sheet();
    const ends = [sheet.run(mine), sheet.run(other)];
    await Promise.all([until("mine began"), until("other began")]);
    sheet.cancel(mine);
    await until("mine was cancelled");
    expect((await ends[0])?.kind).toBe("cancelled");
    expect(await ends[1]).toMatchObject({ kind: "ready", outputs: { out: "other" } });
    sheet.close();
  });

  test("ends a generator too", async () => {
    const node = gradioNode(at, { apiName: "/drip", inputs: { pause: 0.05, name: "tap" }, outputs: { out: null } });
    const sheet = new Graph({ name: "Drip", nodes: [node] }).sheet();
    const end = sheet.run(node);
    const out = Object.values(node.outputs)[0] as never;
    await new Promise<void>((dripped) => {
      sheet.signal$(out).subscribe((signal) => {
        if (signal.kind === "pending" && Number(signal.partial) > 2) dripped();
      });
    });
    sheet.cancel(node);
    expect((await end).kind).toBe("cancelled");
    await until("tap stopped");
    sheet.close();
  });

  test("by a timeout cancels it as well", async () => {
    const { failure } = await called(at, "/slow", { seconds: 30, name: "late" }, { out: null }, { timeout: 700 });
    expect(failure).toMatchObject({ reason: "timed-out", after: 700 });
    await until("late was cancelled");
  });

  test("of one that waits in the app's line takes it out of the line", async () => {
    const node = (name: string, seconds: number) =>
      gradioNode(at, { name, apiName: "/one_at_a_time", inputs: { seconds, name }, outputs: { out: null } });
    const [first, second] = [node("front", 1), node("behind", 0.1)];
    const sheet = new Graph({ name: "Line", nodes: [first, second] }).sheet();
    const ends = [sheet.run(first)];
    await until("front began");
    ends.push(sheet.run(second));
    await new Promise<void>((queued) => {
      sheet.events$.subscribe((event) => {
        if (event.kind === "run-progress" && event.progress.queue) queued();
      });
    });
    sheet.cancel(second);
    expect((await Promise.all(ends)).map(({ kind }) => kind)).toEqual(["ready", "cancelled"]);
    await later(300);
    expect((await ledger()).lines).not.toContain("behind began");
    sheet.close();
  });
});

describe.skipIf(!gradio)("a job that nobody wants any more", () => {
  test("because what it gives cannot be used, is cancelled over there", async () => {
    const postprocess = (n: number) => {
      if (n > 2) throw new Error("Three is too many");
      return n;
    };
    const inputs = { pause: 0.05, name: "unwanted" };
    const { failure } = await called(at, "/drip", inputs, { out: ui.number() }, { postprocess });
    expect(failure).toMatchObject({ reason: "threw", message: "Three is too many." });
    await until("unwanted stopped");
  });
});

describe.skipIf(!gradio)("items of a list", () => {
  test("[R9] go through an app one by one, four at once, and come back in order", async () => {
    await called(at, "/ledger", { clear: true });
    const names = Array.from({ length: 9 }, (_, i) => `item ${i}`);
    const list = new FnNode(() => names, { name: "List", outputs: { names: ui.json<string[]>() } });
    const inputs = { seconds: 0.15, name: list.outputs.names.each() };
    const node = gradioNode(at, { apiName: "/slow", inputs, outputs: { out: null } });
    const { end } = await ran(node);
    expect(end).toMatchObject({ kind: "ready", outputs: { out: names } });
    expect((await ledger()).at_once).toBe(4);
  });
});

describe.skipIf(!gradio)("sessions", () => {
  const remembering = (session: "none" | "sheet") =>
    gradioNode(at, {
      apiName: "/remember",
      session,
      inputs: { word: ui.textbox({ value: "one" }) },
      outputs: { out: null },
    });
  async function twice(session: "none" | "sheet") {
    const node = remembering(session);
    const sheet = new Graph({ name: "Words", nodes: [node] }).sheet();
    await sheet.run(node);
    sheet.set(node.inputs.word as never, "two" as never);
    const end = await sheet.run(node);
    sheet.close();
    return end.kind === "ready" ? end.outputs.out : end;
  }

  test("an app keeps its state for a sheet that asks for a session, for no other, and else for nobody", async () => {
    expect(await twice("sheet")).toBe("one two");
    expect(await twice("sheet")).toBe("one two");
    expect(await twice("none")).toBe("two");
  });

  test("whoever is stopped while waiting for a turn waits no longer, and holds up nobody", async () => {
    const words = (word: string, lane: number) =>
      gradioNode(at, { apiName: "/remember_slowly", session: "sheet", lane, inputs: { word }, outputs: { out: null } });
    const [one, two, three] = [words("one", 1), words("two", 1), words("three", 1)];
    const sheet = new Graph({ name: "Turns", nodes: [one, two, three] }).sheet();
    const first = sheet.run(one);
    const [second, third] = [sheet.run(two), sheet.run(three)];
    await later(100);
    sheet.cancel(two);
    expect(await second).toEqual({ kind: "cancelled" });
    expect(sheet.signal(Object.values(one.outputs)[0] as never).kind).toBe("pending");
    expect(await first).toMatchObject({ outputs: { out: "one" } });
    expect(await third).toMatchObject({ outputs: { out: "one three" } });
    sheet.close();
  });

  test("two nodes of one sheet share it, and take turns", async () => {
    const [one, two] = [remembering("sheet"), remembering("sheet")];
    const sheet = new Graph({ name: "Shared words", nodes: [one, two] }).sheet();
    const ends = await Promise.all([sheet.run(one), sheet.run(two)]);
    expect(ends.map((end) => end.kind === "ready" && end.outputs.out).sort()).toEqual(["one", "one one"]);
    sheet.close();
  });
});

describe.skipIf(!gradio)("[R9] at most four jobs of one app go at once, in the whole process", () => {
  test("of many nodes and sheets", async () => {
    await called(at, "/ledger", { clear: true });
    const sheets = Array.from({ length: 12 }, (_, i) => {
      const node = gradioNode(at, { apiName: "/slow", inputs: { seconds: 0.2, name: `${i}` }, outputs: { out: null } });
      return { node, sheet: new Graph({ name: `${i}`, nodes: [node] }).sheet() };
    });
    const ends = await Promise.all(sheets.map(({ sheet, node }) => sheet.run(node)));
    expect(ends.every(({ kind }) => kind === "ready")).toBe(true);
    expect((await ledger()).at_once).toBe(4);
    for (const { sheet } of sheets) sheet.close();
  });
});
