import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { diff, type Snapshot } from "../../src/protocol/patch.ts";
import type { Json } from "../../src/protocol.ts";
import { backOff, Follower, type StreamEvents, silence } from "../../src/ui/follow.ts";
import { card, view } from "./card-view.ts";
import { Clock, turn } from "./clock.ts";

/** A server's state by revision: the name of the sheet is its number. */
const stateAt = (revision: number): Snapshot => ({ revision, view: view([card("A", { runs: revision })]) });
const patch = (from: number, to: number) =>
  JSON.stringify({
    from,
    to,
    changes: diff(stateAt(from).view as unknown as Json, stateAt(to).view as unknown as Json),
  });
const snapshot = (revision: number) => JSON.stringify(stateAt(revision));

function following() {
  const clock = new Clock();
  const opened: { url: string; lastId: string | null; events: StreamEvents; open: boolean }[] = [];
  const sheets: { answer: readonly { id: string; name: string }[] | "over" | "unreachable" } = {
    answer: [{ id: "s1", name: "Sheet" }],
  };
  const follower = new Follower({
    open: (url, lastId, events) => {
      const stream = { url, lastId, events, open: true };
      opened.push(stream);
      return () => stream.open && end(true, 200);
    },
    sheets: () =>
      sheets.answer === "unreachable" ? Promise.reject(new Error("refused")) : Promise.resolve(sheets.answer),
    later: clock.later,
    changed: () => {},
  });
  const stream = () => opened.at(-1)!;
  function end(failed: boolean, status: number): void {
    const last = stream();
    last.open = false;
    last.events.closed({ failed, status });
  }
  const start = async () => {
    follower.start();
    await turn();
  };
  const say = (event: "snapshot" | "patch" | "ping", data: string, id: string | null = null) =>
    stream().events.message(event, data, id);
  return { follower, clock, opened, stream, end, say, start, sheets };
}

describe("a follower", () => {
  test("[P2] shows the snapshot, then every patch that starts where it stands", async () => {
    const { follower, say, start } = following();
    await start();
    expect(follower.link).toBe("connecting");
    say("snapshot", snapshot(3), "e.3");
    say("patch", patch(3, 4), "e.4");
    say("patch", patch(4, 7), "e.7");
    expect([follower.link, follower.at]).toEqual(["live", stateAt(7)]);
  });

  test("[P2] refuses a patch that starts elsewhere and asks for a snapshot", async () => {
    const { follower, clock, say, start, stream, opened } = following();
    await start();
    say("snapshot", snapshot(3), "e.3");
    say("patch", patch(5, 6), "e.6");
    expect(follower.at).toEqual(stateAt(3));
    clock.pass(backOff(0));
    expect([opened.length, stream().lastId, follower.link]).toEqual([2, null, "live"]);
    say("snapshot", snapshot(6), "e.6");
    expect(follower.at).toEqual(stateAt(6));
  });

  test("[P2] takes a cut-off event as not sent, and resumes before it", async () => {
    const { follower, clock, say, start, stream, end } = following();
    await start();
    say("snapshot", snapshot(3), "e.3");
    say("patch", patch(3, 4).slice(0, 30), "e.4");
    end(true, 200);
    clock.pass(backOff(0));
    expect([follower.at, stream().lastId]).toEqual([stateAt(3), "e.3"]);
  });

  test("[P2] a client cut at any event, and served again from where it was, ends where the server is", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom("step", "jump", "cut", "end", "half", "restart"), { maxLength: 40 }),
        async (events) => {
          const { follower, clock, say, start, end, stream } = following();
          let revision = 1;
          let epoch = 0;
          let served = 0;
          const serve = () => {
            stream().events.opened();
            const [lastEpoch, last] = (stream().lastId ?? "").split(".");
            if (lastEpoch === `${epoch}` && Number(last) <= revision) served = Number(last);
            else say("snapshot", snapshot(revision), `${epoch}.${revision}`);
            if (stream().lastId !== null && served < revision)
              say("patch", patch(served, revision), `${epoch}.${revision}`);
            served = revision;
          };
          await start();
          serve();
          for (const event of events) {
            const before = revision;
            revision += event === "step" || event === "half" ? 1 : event === "jump" ? 3 : 0;
            if (event === "restart") epoch++;
            if (event === "step" || event === "jump") say("patch", patch(before, revision), `${epoch}.${revision}`);
            else {
              if (event === "half") say("patch", patch(before, revision).slice(0, -5), `${epoch}.${revision}`);
              end(event !== "end", 200);
              clock.pass(30_000);
              serve();
            }
          }
          expect(follower.at).toEqual(stateAt(revision));
          expect(follower.link).toBe("live");
        },
      ),
      { numRuns: 200 },
    );
  });

  test("resumes a recycled stream at once, and nobody need know", async () => {
    const { follower, clock, say, start, stream, end, opened } = following();
    await start();
    say("snapshot", snapshot(3), "e.3");
    end(false, 200);
    expect(follower.link).toBe("live");
    clock.pass(0);
    expect([opened.length, stream().lastId, follower.link]).toEqual([2, "e.3", "live"]);
  });

  test("says that the connection is lost, and waits longer after each failure", async () => {
    const { follower, clock, say, start, end, stream } = following();
    await start();
    say("snapshot", snapshot(3), "e.3");
    const waits: (number | undefined)[] = [];
    for (let i = 0; i < 9; i++) {
      end(true, 0);
      waits.push(clock.next);
      clock.pass(clock.next!);
    }
    expect(follower.link).toBe("lost");
    expect(waits).toEqual([250, 500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
    stream().events.opened();
    expect(follower.link).toBe("live");
    end(true, 0);
    expect(clock.next).toBe(30_000);
    clock.pass(30_000);
    say("ping", "{}");
    end(true, 0);
    expect(clock.next).toBe(250);
  });

  test("keeps showing the last view while the connection is lost", async () => {
    const { follower, say, start, end } = following();
    await start();
    say("snapshot", snapshot(3), "e.3");
    end(true, 0);
    expect(follower.at).toEqual(stateAt(3));
  });

  test("takes a silent stream for a dead one", async () => {
    const { follower, clock, say, start, opened } = following();
    await start();
    say("snapshot", snapshot(3), "e.3");
    clock.pass(silence - 1);
    say("ping", "{}");
    clock.pass(silence - 1);
    expect([follower.link, opened.length]).toEqual(["live", 1]);
    clock.pass(1);
    expect(follower.link).toBe("lost");
    clock.pass(250);
    expect(opened.length).toBe(2);
  });

  test.each([401, 403])("stops for good on %d", async (status) => {
    const { follower, clock, start, end, opened } = following();
    await start();
    end(true, status);
    clock.pass(3_600_000);
    await turn();
    expect([follower.link, opened.length]).toEqual(["over", 1]);
  });

  test("looks for the sheets anew on 404, and shows what is there", async () => {
    const { follower, clock, say, start, end, sheets, stream } = following();
    await start();
    say("snapshot", snapshot(9), "e.9");
    sheets.answer = [{ id: "s2", name: "Another" }];
    end(true, 404);
    clock.pass(backOff(0));
    await turn();
    expect([stream().url, stream().lastId]).toEqual(["api/sheets/s2/stream", null]);
    say("snapshot", snapshot(1), "f.1");
    expect([follower.link, follower.at]).toEqual(["live", stateAt(1)]);
  });

  test("keeps trying while there is no server, and may be hurried", async () => {
    const { follower, clock, start, sheets, opened } = following();
    sheets.answer = "unreachable";
    await start();
    expect(follower.link).toBe("lost");
    for (let i = 0; i < 6; i++) {
      clock.pass(clock.next!);
      await turn();
    }
    expect(opened.length).toBe(0);
    sheets.answer = [{ id: "s1", name: "Sheet" }];
    follower.hurry();
    await turn();
    expect(opened.length).toBe(1);
  });

  test("ends when listing the sheets says so", async () => {
    const { follower, start, sheets, clock } = following();
    sheets.answer = "over";
    await start();
    expect([follower.link, clock.next]).toEqual(["over", undefined]);
  });
});
