/** A sheet that is kept: opened anew, or as it was left, together with what hears of its changes. */
import type { Graph } from "./graph.ts";
import { Keeper } from "./keeper.ts";
import type { Kept } from "./kept.ts";
import type { LivingGraph } from "./living-graph.ts";
import { LivingSheet } from "./living-sheet.ts";
import type { MemoryBounds } from "./memory.ts";
import { reopen } from "./reopen.ts";
import type { Sheet } from "./sheet.ts";

export interface KeptSheet {
  readonly sheet: Sheet;
  readonly keeper: Keeper;
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
  },
): KeptSheet {
  const { kept, ...options } = about;
  let keeper: Keeper | undefined;
  const opening = (living: LivingGraph) => {
    keeper = new Keeper(living);
    living.wave.selecting = kept !== undefined;
    if (kept) reopen(living, kept, keeper);
    else keep(living, keeper);
  };
  graph.begin();
  const sheet = new LivingSheet(graph, { ...options, opening, opened: (living) => keep(living, keeper as Keeper) });
  return { sheet, keeper: keeper as unknown as Keeper };
}

/** From now on everything that changes is heard. */
function keep(living: LivingGraph, keeper: Keeper): void {
  living.wave.opening = undefined;
  living.wave.keeping = keeper;
  living.sheet.memory.keeping = keeper;
  living.listen(living.wave.observed);
}
