/** A person's subscription to a port: it hears every signal, or ready values alone, and nothing twice in a row. */
import type { Subscriber } from "rxjs";
import { type AnySignal, shared } from "./signal.ts";

const nothingYet: unique symbol = Symbol("nothing yet");

export class Watcher {
  readonly subscriber: Subscriber<unknown>;
  readonly #valuesOnly: boolean;
  #told: unknown = nothingYet;

  constructor(subscriber: Subscriber<unknown>, valuesOnly: boolean) {
    this.subscriber = subscriber;
    this.#valuesOnly = valuesOnly;
  }

  /** A wave may bring a port back to what the watcher knows: then there is nothing to say. */
  tell(signal: AnySignal): void {
    if (!this.#valuesOnly) {
      if (this.#told === signal) return;
      this.#told = shared(signal);
      this.subscriber.next(signal);
    } else if (signal.kind === "ready" && !Object.is(this.#told, signal.value)) {
      this.#told = signal.value;
      this.subscriber.next(signal.value);
    }
  }
}
