/**
 * A sheet beside another, for a moment: it begins as that one stands, and nothing runs by itself because of it. Sources, choices
 * and pins hold what they hold there, those of single items too, and what is ready there is ready here without a run (R1). What
 * is then set here changes what it would have changed there, and the other sheet takes no notice.
 */
import type { Asked } from "./asked.ts";
import { ChoiceStep } from "./choice-step.ts";
import { Structure } from "./items.ts";
import type { Opening } from "./kept.ts";
import type { LivingGraph } from "./living-graph.ts";
import { PersonsStep } from "./persons-step.ts";
import type { Outcome } from "./run.ts";
import { type Ready, shared } from "./signal.ts";
import type { Slot } from "./slot.ts";
import { Whole } from "./whole.ts";
import { Working } from "./working.ts";

/** Has a graph that comes to life stand as it stands elsewhere, within the change that opens its sheet. */
export function standBeside(living: LivingGraph, other: LivingGraph): void {
  living.wave.selecting = true;
  living.wave.opening = new Beside(living, other);
}

/** How a demand ends that a person would have to answer for: beside the sheet nobody is asked. */
export function waitsInVain(living: LivingGraph): Outcome {
  const step = living.running.find((one) => one instanceof PersonsStep && one.runs);
  const why = `${step?.name ?? "A step"} waits for a person, and beside the sheet nobody is asked: sweep a node that does not depend on it.`;
  return { kind: "refused", why };
}

class Beside implements Opening {
  /** The graphs alive here, each with the one that it stands as. */
  readonly #twins = new Map<LivingGraph, LivingGraph>();
  readonly #placed = new Set<Working>();

  constructor(living: LivingGraph, other: LivingGraph) {
    this.#stand(living, other);
  }

  knows(): boolean {
    return false;
  }

  leftBy(): undefined {
    return undefined;
  }

  /** The step of an item, or one in the graph that is alive for it, knows now where it stands. */
  placed(step: Asked): void {
    if (!(step instanceof Working)) return;
    const { graph } = step.wiring;
    const twin = this.#twins.get(graph);
    if (twin === undefined) return this.#standInside(graph);
    if (this.#placed.has(step)) return;
    this.#placed.add(step);
    const whole = twin.steps.get(step.node);
    const item = step.item.join();
    const theirs = whole instanceof Whole ? whole.inside.find((one) => one.item.join() === item) : undefined;
    if (!(theirs instanceof Working)) return;
    step.outs.forEach((slot, i) => {
      layOver(slot, theirs.outs[i]);
    });
    step.standAs(theirs);
  }

  /** A graph alive for an item. */
  #standInside(inner: LivingGraph): void {
    for (const [living, other] of this.#twins) {
      const place = living.scattering.graphs.placeOf(inner);
      const twin = place && other.scattering.graphs.at(place.node, place.path);
      if (twin) return this.#stand(inner, twin);
    }
  }

  #stand(living: LivingGraph, other: LivingGraph): void {
    this.#twins.set(living, other);
    for (const [port, slot] of living.slots) {
      const theirs = other.slots.get(port);
      if (theirs === undefined || slot instanceof Structure) continue;
      if (slot.owner !== undefined) layOver(slot, theirs);
      else if (theirs.now.kind === "ready" && slot.now !== theirs.now) {
        slot.changedBy(theirs.cause);
        slot.next(shared(theirs.now));
      }
    }
    for (const [node, step] of living.steps) {
      const theirs = other.steps.get(node);
      if (step instanceof ChoiceStep && theirs instanceof ChoiceStep) step.choose(theirs.selected, theirs.cause);
      else if (step instanceof Working && theirs instanceof Working) step.standAs(theirs);
    }
    for (const [node, inner] of living.inside) {
      const theirs = other.inside.get(node);
      if (theirs) this.#stand(inner, theirs);
    }
  }
}

/** A person's value that lies over a slot lies over this one too. */
function layOver(slot: Slot, theirs: Slot | undefined): void {
  if (theirs?.pinned) slot.pin(shared(theirs.now) as Ready, theirs.cause);
}
