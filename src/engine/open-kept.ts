/** A sheet that is kept: opened anew, or as it was left, together with what hears of its changes. */
import type { Graph } from "./graph.ts";
import { Keeper } from "./keeper.ts";
import type { Kept } from "./kept.ts";
import type { LivingGraph } from "./living-graph.ts";
import { LivingSheet } from "./living-sheet.ts";
import type { MemoryBounds } from "./memory.ts";
import type { PastSteps } from "./past-steps.ts";
import { reopen } from "./reopen.ts";
import type { Sheet } from "./sheet.ts";

export interface KeptSheet {
  readonly sheet: Sheet;
  readonly keeper: Keeper;
  /** Forgets the older half of the runs that nothing shows. */
  forgetOld(): void;
  /** From now on nothing more is heard of it. */
  detach(): void;
}

/** Opens a sheet to be kept; `kept`: as it was left, and then no node runs. `saved` resolves when all so far is on disk. */
export function openKept(
  graph: Graph,
  about: {
    readonly id: string;
    readonly name: string;
    readonly kept?: Kept;
    readonly memory?: MemoryBounds;
    readonly saved?: () => Promise<void>;
    /** Told before the sheet closes, while everything is still as it was. */
    readonly closing?: () => void;
  },
): KeptSheet {
  const { kept, ...options } = about;
  let keeper: Keeper | undefined;
  let alive: LivingGraph | undefined;
  let past: PastSteps | undefined;
  // One that has nothing to come back to begins like any other, and what it runs then is kept.
  const comesBack = kept !== undefined && (kept.runs.length > 0 || kept.facts.size > 0);
  const opening = (living: LivingGraph) => {
    alive = living;
    keeper = new Keeper(living, kept?.facts);
    living.sheet.runs = kept?.runsBegun ?? 0;
    living.wave.selecting = comesBack;
    if (comesBack) past = reopen(living, kept, keeper);
    else keep(living, keeper);
  };
  graph.begin();
  const opened = (living: LivingGraph) => {
    past?.end();
    keep(living, keeper as Keeper);
    if (comesBack) keeper?.begin();
  };
  const sheet = new LivingSheet(graph, { ...options, opening, opened });
  const detach = () => {
    if (alive === undefined) return;
    alive.wave.keeping = undefined;
    alive.sheet.memory.keeping = undefined;
  };
  const forgetOld = () => alive?.sheet.memory.forgetOld();
  return { sheet, keeper: keeper as unknown as Keeper, forgetOld, detach };
}

/** From now on everything that changes is heard. */
function keep(living: LivingGraph, keeper: Keeper): void {
  living.wave.opening = undefined;
  living.wave.keeping = keeper;
  living.sheet.memory.keeping = keeper;
  living.listen(living.wave.observed);
}
