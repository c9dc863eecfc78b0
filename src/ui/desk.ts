/**
 * What elements may ask for, handed down from the app: commands, uploads, and the drafts that must be sent before
 * anything runs. Commands leave one after the other, so a run never overtakes the edit it was meant for.
 */

import type { Answer, Command, Refusal } from "../protocol/command.ts";
import type { FileView } from "../protocol/port.ts";
import { unreachable } from "./draft.ts";

export interface DeskWorld {
  /** The sheet commands go to; `null` before there is one. */
  sheet(): string | null;
  post(sheet: string, command: Command, leaving: boolean): Promise<Answer & { status: number }>;
  upload(file: File): Promise<{ ok: true; file: FileView } | { ok: false; failure: Refusal }>;
  /** A command was answered with 401: the session is over. */
  over(): void;
  /** The hour by the server's clock. */
  now(): number;
  /** A person's command was refused. */
  refused(failure: Refusal): void;
}

/** What may still have to be sent: a draft of a field, a view that has not come to rest. */
export interface Unsent {
  /** Send it in its turn. */
  flush(): void;
  /** Send it now: the page is going away. */
  leave(): void;
}

export class Desk {
  readonly #world: DeskWorld;
  /** The desk of the sheet itself, and the graph inside it that this one is for. */
  readonly #whole: { readonly desk: Desk; readonly inside: readonly string[] } | undefined;
  readonly #unsent = new Set<Unsent>();
  #last: Promise<unknown> = Promise.resolve();
  #leaving = false;

  constructor(world: DeskWorld, whole?: { readonly desk: Desk; readonly inside: readonly string[] }) {
    this.#world = world;
    this.#whole = whole;
  }

  /** The desk for a graph inside the sheet's: what is asked there goes out in the same line. */
  within(inside: readonly string[]): Desk {
    const desk = this.#whole?.desk ?? this;
    return inside.length === 0 ? desk : new Desk(this.#world, { desk, inside });
  }

  /** Where a card is: its sheet, the graphs that it is inside of, and its id. */
  placeOf(card: string): string {
    return JSON.stringify([this.#world.sheet(), ...(this.#whole?.inside ?? []), card]);
  }

  /** Sends a command after those before it. */
  ask(command: Command): Promise<Answer> {
    const whole = this.#whole;
    if (whole) return whole.desk.ask({ ...command, inside: whole.inside });
    const answer = this.#leaving ? this.#post(command) : this.#last.then(() => this.#post(command));
    this.#last = answer;
    return answer;
  }

  /** Sends what a person pressed, after every edit so far; a refusal is told. */
  async press(command: Command): Promise<Answer> {
    this.flush();
    const answer = await this.ask(command);
    if (!answer.ok) this.#world.refused(answer.failure);
    return answer;
  }

  now(): number {
    return this.#world.now();
  }

  upload(file: File): Promise<{ ok: true; file: FileView } | { ok: false; failure: Refusal }> {
    return this.#world.upload(file);
  }

  keep(unsent: Unsent): void {
    if (this.#whole) this.#whole.desk.keep(unsent);
    else this.#unsent.add(unsent);
  }
  drop(unsent: Unsent): void {
    if (this.#whole) this.#whole.desk.drop(unsent);
    else this.#unsent.delete(unsent);
  }

  flush(): void {
    if (this.#whole) return this.#whole.desk.flush();
    for (const unsent of this.#unsent) unsent.flush();
  }

  /** The page is going away: everything unsent leaves now. */
  leave(): void {
    this.#leaving = true;
    for (const unsent of this.#unsent) unsent.leave();
    this.#leaving = false;
  }

  async #post(command: Command): Promise<Answer> {
    const sheet = this.#world.sheet();
    const failure = { reason: unreachable, message: "There is no connection to the server yet." };
    if (sheet === null) return { ok: false, failure };
    const answer = await this.#world.post(sheet, command, this.#leaving);
    if (answer.status === 401) this.#world.over();
    return answer;
  }
}
