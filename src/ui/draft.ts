/**
 * What a person is writing into one field, until the sheet has it. The invariant: nothing typed is lost or replaced
 * while it is being edited, unsent, unanswered, or refused; what arrives meanwhile waits behind it. One message is under
 * way at a time, so edits arrive in the order they were made.
 */
import type { Answer } from "../protocol/command.ts";

/** The world of a draft. `later` runs something after a time and returns how to call it off. */
export interface DraftWorld<T> {
  send(value: T): Promise<Answer>;
  equal(a: T, b: T): boolean;
  later(ms: number, then: () => void): () => void;
  /** Called when what is shown may have changed by itself. */
  changed(): void;
}

/** How long typing rests before it is sent; how long an accepted edit waits to come back before the sheet's value shows. */
export const pause = 150;
export const grace = 2000;

/** The reason given when a command did not reach the server: such an edit is kept and sent again. */
export const unreachable = "unreachable";

export class Draft<T> {
  readonly #world: DraftWorld<T>;
  #arrived: T | undefined;
  #sent: T | undefined;
  #own: { readonly value: T } | undefined;
  #held: { readonly value: T | undefined } | undefined;
  #unsent = false;
  #underWay = false;
  #urgent = false;
  #refusal: string | null = null;
  #callOff: (() => void) | undefined;

  constructor(world: DraftWorld<T>) {
    this.#world = world;
  }

  /** What the field shows. */
  get shown(): T | undefined {
    if (this.#own) return this.#own.value;
    return this.#held ? this.#held.value : this.#arrived;
  }

  /** Why the field's content is not the sheet's, in a sentence; `null` when there is nothing to say. */
  get refusal(): string | null {
    return this.#refusal;
  }

  /** True until the sheet has what the field shows. */
  get dirty(): boolean {
    return this.#unsent || this.#underWay;
  }

  /** The sheet's value arrived. */
  arrive(value: T | undefined): void {
    const before = this.#arrived;
    this.#arrived = value;
    if (!this.#own || this.dirty) return;
    if (this.#refusal === null) this.#returned();
    else if (!this.#held && !this.#same(before, value) && !this.#same(value, this.#sent)) this.#forget();
  }

  /** The person changed the field. With a `problem` the content is kept but not sent. */
  edit(value: T, problem: string | null = null): void {
    this.#callOff?.();
    this.#own = { value };
    this.#refusal = problem;
    this.#unsent = problem === null;
    if (this.#unsent) this.#callOff = this.#world.later(pause, () => this.flush());
    this.#world.changed();
  }

  /** Sends what is unsent at once, or as soon as the message under way is answered. */
  flush(): void {
    if (this.#underWay) this.#urgent = this.#unsent;
    else this.#send();
  }

  /** Sends what is unsent without waiting for anything: the page is going away. */
  leave(): void {
    this.#send();
  }

  #send(): void {
    if (!this.#unsent || !this.#own) return;
    this.#callOff?.();
    this.#unsent = false;
    this.#urgent = false;
    this.#underWay = true;
    this.#refusal = null;
    this.#sent = this.#own.value;
    void this.#world.send(this.#own.value).then((answer) => this.#answered(answer));
  }

  /** The field is being edited: nothing that arrives is shown until `release`. */
  hold(): void {
    this.#held ??= { value: this.shown };
  }

  release(): void {
    this.#held = undefined;
    this.flush();
    this.#world.changed();
  }

  #answered(answer: Answer): void {
    this.#underWay = false;
    if (!answer.ok && answer.failure.reason === unreachable && this.#refusal === null) {
      this.#unsent = true;
      this.#refusal = "Not sent yet: it goes out when the connection is back.";
    } else if (this.#urgent) this.#send();
    else if (!this.#unsent && this.#refusal === null) this.#accepted(answer);
    this.#world.changed();
  }

  #accepted(answer: Answer): void {
    if (!answer.ok) this.#refusal = answer.failure.message;
    else if (!this.#returned()) this.#callOff = this.#world.later(grace, () => this.#forget());
  }

  #returned(): boolean {
    if (!this.#own || !this.#same(this.#arrived, this.#own.value)) return false;
    this.#forget();
    return true;
  }

  #forget(): void {
    this.#callOff?.();
    if (this.#held && this.#own) this.#held = { value: this.#own.value };
    this.#own = undefined;
    this.#refusal = null;
    this.#world.changed();
  }

  #same(a: T | undefined, b: T | undefined): boolean {
    return a === b || (a !== undefined && b !== undefined && this.#world.equal(a, b));
  }
}
