/** What is remembered of a sheet's runs, asked for apart from the stream. On a bad network there is nothing to show, and nothing throws. */
import type { RunLine, RunView } from "../protocol/runs.ts";

export class Archive {
  readonly #sheet: () => string | null;
  readonly #inside: readonly string[];
  readonly #get: (path: string) => Promise<unknown>;

  constructor(sheet: () => string | null, inside: readonly string[], get: (path: string) => Promise<unknown>) {
    this.#sheet = sheet;
    this.#inside = inside;
    this.#get = get;
  }

  async lines(card: string): Promise<readonly RunLine[]> {
    const answer = (await this.#get(this.#path("runs", card))) as { readonly runs?: readonly RunLine[] } | null;
    return answer?.runs ?? [];
  }

  async run(card: string, run: string): Promise<RunView | null> {
    const answer = (await this.#get(this.#path(`runs/${encodeURIComponent(run)}`, card))) as {
      readonly run?: RunView;
    } | null;
    return answer?.run ?? null;
  }

  #path(what: string, card: string): string {
    const asked = new URLSearchParams({ card });
    for (const name of this.#inside) asked.append("inside", name);
    return `api/sheets/${encodeURIComponent(this.#sheet() ?? "")}/${what}?${asked}`;
  }
}
