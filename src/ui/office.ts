/** What can be asked about sheets as a whole. What is refused is told to the person; nothing here throws or rejects. */
import type { Refusal } from "../protocol/command.ts";

/** One line of the sheet menu; `updated` in milliseconds, `size` in bytes. */
export interface SheetLine {
  readonly id: string;
  readonly name: string;
  readonly updated: number;
  readonly size: number;
}

export type Answered =
  | { readonly ok: true; readonly sheet?: { readonly id: string } }
  | { readonly ok: false; readonly failure: Refusal };

export interface OfficeWorld {
  list(): Promise<readonly SheetLine[]>;
  post(path: string, body: object | File): Promise<Answered>;
  now(): number;
  refused(failure: Refusal): void;
}

export class Office {
  readonly #world: OfficeWorld;

  constructor(world: OfficeWorld) {
    this.#world = world;
  }

  list(): Promise<readonly SheetLine[]> {
    return this.#world.list();
  }
  create(): Promise<Answered> {
    return this.#ask("api/sheets", {});
  }
  rename(id: string, name: string): Promise<Answered> {
    return this.#ask(`${at(id)}/rename`, { name });
  }
  duplicate(id: string): Promise<Answered> {
    return this.#ask(`${at(id)}/duplicate`, {});
  }
  reset(id: string): Promise<Answered> {
    return this.#ask(`${at(id)}/reset`, {});
  }
  remove(id: string): Promise<Answered> {
    return this.#ask(`${at(id)}/delete`, {});
  }
  /** Opens a sheet that was exported, here or elsewhere. */
  bring(file: File): Promise<Answered> {
    return this.#ask("api/sheets/import", file);
  }
  exportUrl(id: string): string {
    return `${at(id)}/export`;
  }
  now(): number {
    return this.#world.now();
  }

  async #ask(path: string, body: object | File): Promise<Answered> {
    const answer = await this.#world.post(path, body);
    if (!answer.ok) this.#world.refused(answer.failure);
    return answer;
  }
}

function at(id: string): string {
  return `api/sheets/${encodeURIComponent(id)}`;
}
