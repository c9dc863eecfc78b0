/** Stories that once broke a law, each made as small as it goes. A story is played as the random ones are, and every law is looked at. */
import { expect, test } from "vitest";
import { play } from "../support/play.ts";
import type { Story } from "../support/stories.ts";
import {
  batch,
  before,
  breathe,
  callable,
  cancel,
  fn,
  letOne,
  manual,
  run,
  runAll,
  set,
  settle,
  story,
  tick,
  x,
} from "../support/told-story.ts";

const stories: readonly (readonly [string, () => Story])[] = [
  [
    "[W4, R3] a node below a mended failure that waits for something else no longer calls itself failed",
    // bad -> j, (empty) -> j
    story([fn([x(0)], { fails: 1 }), fn([before(), x(null)])], [set(1, 1)]),
  ],
  [
    "[W4] a failure forgets what failed when another input is still on its way",
    // bad -> j, late -> j
    story([fn([x(0)], { manner: "later" }), fn([x(0)], { fails: 1 }), fn([before(), before(1)])], [set(2, 1), settle]),
  ],
  [
    "[R5] a manual node asked for on the way does not run anew once the demand below is cancelled",
    story(
      [fn([x(0)], { ...manual, manner: "later" }), fn([before()], manual)],
      [run(1), cancel(1), tick, set(1, 1), settle],
    ),
  ],
  [
    "[R5] nor when it has only waited for its inputs",
    // late -> a* -> b*
    story(
      [fn([x(0)], { manner: "later" }), fn([before()], manual), fn([before()], manual)],
      [run(2), cancel(2), settle],
    ),
  ],
  [
    "[R5] this step alone is refused, though a demand to here waits for the same input",
    story([fn([x(0)], { manner: "later" }), fn([before()], manual)], [run(1), run(1, { only: true }), settle]),
  ],
  [
    "[R4] the refusal of one step alone refuses no demand below it",
    // a* -> b* -> c*
    story(
      [fn([x(0)], manual), fn([before()], manual), fn([before()], manual)],
      [batch(run(1, { only: true }), run(2)), settle],
    ),
  ],
  [
    "[W2, W3] a callable that answers late does not make its node run on inputs that have gone stale",
    story([fn([x(0)], { manner: "sometimes" }), fn([callable(true), before()])], [set(1, 2), set(1, 1), settle]),
  ],
  [
    "[R8] what a batch took back is no reason",
    story([fn([x(3), x(0)], { manner: "soon" }), fn([before()])], [batch(set(1, 0), set(1, 3)), breathe, set(2, 1)]),
  ],
  [
    "[W7] nor is it told",
    story([{ plan: { kind: "input", firsts: [2] } }], [batch(set(1, 0), set(1, 2))], { ports: true }),
  ],
  [
    "[W6] a result kept unpublished does not make an unchanged value look new",
    // late -> parity (late), y -> parity
    story(
      [fn([x(0)], { manner: "later" }), fn([x(0), before()], { manner: "later", outs: [2] })],
      [settle, set(2, 1), set(1, 1), letOne(0), breathe, set(2, 2), settle],
      { ports: true },
    ),
  ],
  [
    "[Q3] a demand that waits for a cancelled node does not run it anew because the next one asks for its step alone",
    story(
      [fn([x(0)], { ...manual, manner: "later" }), fn([before()], manual)],
      [run(1), batch(cancel(0), run(1, { only: true, again: true })), settle],
    ),
  ],
  [
    "[W6] a refused demand takes its wish for a new run along",
    // late -> f, where late gives the same again
    story(
      [fn([x(0)], { manner: "later", outs: [3] }), fn([before()])],
      [settle, set(1, 3), run(1, { only: true, again: true }), settle],
    ),
  ],
  [
    "[R4] nor does the refusal of a step alone whose run had begun",
    // y -> f1* -> f2* (late) -> f3*, x -> f0* (late) -> f3*
    story(
      [
        fn([x(0)], { ...manual, manner: "later" }),
        fn([x(3)], manual),
        fn([before()], { ...manual, manner: "later" }),
        fn([before(), before(2)], manual),
      ],
      [run(3), settle, set(1, 1), run(3), run(2, { only: true, again: true }), set(2, 0), settle],
    ),
  ],
  [
    "[Q3] a demand made after a cancel does not end with it, though a run in between was under way all the time",
    // y -> f0 -> f1 (late) -> f2 (late), x -> f2 -> f3 -> f4
    story(
      [
        fn([x(3)]),
        fn([before()], { manner: "later" }),
        fn([x(1), before()], { manner: "later" }),
        fn([before()]),
        fn([before()]),
      ],
      [settle, set(2, 0), run(4), set(1, 0), cancel(1), run(4), settle],
    ),
  ],
  [
    "[R8] a run made on purpose and stopped twice does not blame what changed before",
    story(
      [fn([x(1)], { manner: "later" })],
      [set(1, 0), settle, run(0, { again: true }), cancel(0), run(0), run(0, { again: true }), cancel(0)],
    ),
  ],
  [
    "[Q8] a run stops when one input has changed, though another is merely stale",
    story(
      [fn([x(0)], { manner: "later" }), fn([before(), x(0)], { manner: "later", context: true })],
      [settle, set(2, 1), set(1, 1), set(2, 2), settle],
    ),
  ],
  [
    "[Q7] a step refused alone does not begin anew the run that another demand waits for",
    // s -> f0 (soon), callable + f0 -> f1 (stream)
    story(
      [
        fn([x(null)], { manner: "soon", outs: [2] }),
        fn([callable(false), before()], { manner: "stream", heeds: true }),
      ],
      [set(1, 0), runAll, set(1, 3), breathe, set(1, 0), run(1, { only: true }), tick, set(1, 3)],
    ),
  ],
  [
    "[R5] a step refused alone leaves nothing asked above it that the last who wanted it has given up",
    // f0 (stream) -> f1 (manual) -> f2 -> f4, f1 -> f3
    story(
      [fn([], { manner: "stream" }), fn([before()], manual), fn([before()]), fn([before(1)]), fn([before(1)])],
      [run(4), batch(run(3, { only: true }), cancel(2)), settle],
    ),
  ],
  [
    "[R4] a run made alone whose inputs come back by themselves ends as it ended, not refused",
    // f0 (soon) -> f1 (manual) -> f2 (soon, fails)
    story(
      [
        fn([], { manner: "soon" }),
        fn([before()], { ...manual, outs: [0, 3, 0] }),
        fn([before(), { feed: "constant", n: 3 }, before(0, 1)], { manner: "soon", outs: [0, 0], fails: 0 }),
      ],
      [runAll, breathe, run(2, { only: true }), run(0, { again: true }), settle],
    ),
  ],
  [
    "[R4] what is asked alone after a cancel above is refused, and not cancelled with what was asked before",
    // f0 (late) -> f1, which has a callable that answers later
    story(
      [fn([x(0)], { manner: "later" }), fn([x(null), callable(true), before()])],
      [
        set(1, 2),
        settle,
        set(1, 0),
        set(2, 0),
        runAll,
        batch(set(1, 2), cancel(0)),
        run(1, { only: true }),
        set(1, 0),
        settle,
      ],
    ),
  ],
  [
    "[R5] what runs alone waits for a manual step that may come back unasked, and never asks it",
    // f0 (flow) -> f1 (manual) -> f2 (flow)
    story(
      [fn([x(0)], { manner: "flow" }), fn([before()], manual), fn([before()], { manner: "flow" })],
      [runAll, settle, run(2, { only: true, again: true }), set(1, 1), settle],
    ),
  ],
  [
    "[R4, R5] a step refused on behalf of what wants to run alone is asked again by what wants more",
    // f0 -> f1 (manual) -> f2 -> f3 (stream), f2 -> f4 -> f5 (soon)
    story(
      [
        fn([x(0)]),
        fn([before()], manual),
        fn([before()]),
        fn([before()], { manner: "stream" }),
        fn([before(1)]),
        fn([before()], { manner: "soon" }),
      ],
      [run(4), run(3, { only: true }), run(5), batch(set(1, 1)), settle],
    ),
  ],
  [
    "[R4] what was cancelled above and came to be ready since ends no later demand",
    // f0 (late, then at once, then late) -> f1 (late) -> f2
    story(
      [fn([x(1), x(0)], { manner: "sometimes" }), fn([before()], { manner: "later" }), fn([before()])],
      [runAll, batch(cancel(0), set(1, 2)), batch(set(2, 1), run(2)), settle],
    ),
  ],
  [
    "[W6] what was made at once is there again when its inputs come back, though in between it was to come later",
    story([fn([x(0)], { manner: "sometimes" })], [set(1, 2), set(1, 1), set(1, 2)], { forgets: true }),
  ],
  [
    "[W6] and though what was to come later failed",
    story([fn([x(0)], { manner: "sometimes", fails: 2 })], [set(1, 2), set(1, 1), settle, set(1, 2)], {
      forgets: true,
    }),
  ],
];

test.each(stories)("%s", async (_, told) => {
  expect(await play(told())).toEqual([]);
});
