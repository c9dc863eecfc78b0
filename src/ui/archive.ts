/** What is asked about a sheet apart from the stream: its remembered runs, and what would come of other values. On a bad network there is nothing to show, and nothing throws. */
import type { Refusal } from "../protocol/command.ts";
import type { RunLine, RunView } from "../protocol/runs.ts";
import type { SweepAsked, SweepEnd } from "../protocol/sweep.ts";

/** How the archive reaches the server. */
export interface ArchiveWorld {
  get(path: string): Promise<unknown>;
  sweep(path: string, asked: SweepAsked, signal: AbortSignal): Promise<Swept>;
}
export type Swept =
  | { readonly ok: true; readonly ends: readonly SweepEnd[] }
  | { readonly ok: false; readonly failure: Refusal };

export class Archive {
  readonly #sheet: () => string | null;
  readonly #inside: readonly string[];
  readonly #world: ArchiveWorld;

  constructor(sheet: () => string | null, inside: readonly string[], world: ArchiveWorld) {
    this.#sheet = sheet;
    this.#inside = inside;
    this.#world = world;
  }

  async lines(card: string): Promise<readonly RunLine[]> {
    const answer = (await this.#world.get(this.#path("runs", card))) as { readonly runs?: readonly RunLine[] } | null;
    return answer?.runs ?? [];
  }

  async run(card: string, run: string): Promise<RunView | null> {
    const answer = (await this.#world.get(this.#path(`runs/${encodeURIComponent(run)}`, card))) as {
      readonly run?: RunView;
    } | null;
    return answer?.run ?? null;
  }

  sweep(asked: SweepAsked, signal: AbortSignal): Promise<Swept> {
    return this.#world.sweep(`${this.#here()}/sweep`, { ...asked, inside: this.#inside }, signal);
  }

  #path(what: string, card: string): string {
    const asked = new URLSearchParams({ card });
    for (const name of this.#inside) asked.append("inside", name);
    return `${this.#here()}/${what}?${asked}`;
  }

  #here(): string {
    return `api/sheets/${encodeURIComponent(this.#sheet() ?? "")}`;
  }
}
