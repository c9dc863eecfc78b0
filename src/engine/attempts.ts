/**
 * The attempts of a run, from its first wait to its result: each takes a place in the node's lane (R9) and calls the function; what
 * may pass is tried again after a while, and at last the fallback stands in. The callables answer once, however often it is
 * tried (R6). Between two attempts the run waits without a place.
 */
import { Attempt, type AttemptListener } from "./attempt.ts";
import type { Failure } from "./failure.ts";
import { isPromise, thrown, type Word } from "./follow.ts";
import { noContext } from "./inputs.ts";
import { Place, type PlaceHolder } from "./lane.ts";
import type { LiveRun } from "./live-run.ts";
import { attemptWords, type RetryPolicy, replaceable, waitAfter } from "./retry.ts";
import type { Backstage } from "./run.ts";
import type { Wiring } from "./wiring.ts";

export class Attempts implements AttemptListener, PlaceHolder {
  readonly #run: LiveRun;
  readonly #wiring: Wiring;
  /** The present one, or between two the last. */
  #attempt: Attempt;
  /** True once the callables have answered. */
  #answered = false;
  /** Calls off the next attempt. */
  #callOff: (() => void) | undefined = undefined;

  constructor(run: LiveRun, wiring: Wiring) {
    this.#run = run;
    this.#wiring = wiring;
    this.#attempt = new Attempt(0, this, wiring.node.convert);
  }

  begin(): void {
    if (this.#admitted()) this.#start();
  }

  /** Goes on with a function that was called already. */
  resume(returned: unknown): void {
    const attempt = this.#attempt;
    this.#answered = true;
    attempt.goOn(returned);
    attempt.limit(this.#wiring.node.timeout, this.#wiring.wave.time);
  }

  /** Goes on once its turn has come, or its callables have answered. */
  goOn(): void {
    if (this.#attempt.begun) this.#attempt.work(() => this.#call());
    else this.#start();
  }

  stop(): void {
    this.#callOff?.();
    if (!this.#attempt.deaf) this.#attempt.stop();
  }

  // ── what an attempt tells

  said({ number }: Attempt, word: Word): void {
    const result = "failure" in word ? word : this.#run.sort(word.value);
    if ("values" in result) return this.#run.arrive(result);
    if (this.#run.fellBack) this.#run.fellBack = false;
    else if (this.#triesAgain(number, result.failure) || this.#fallsBack(number, result.failure)) return;
    this.#run.arrive(result);
  }

  gave(value: unknown): void {
    this.#run.gave(value);
  }

  progress(fraction: number, message?: string): void {
    const known = Number.isFinite(fraction) ? { fraction: Math.min(1, Math.max(0, fraction)) } : {};
    this.#run.show({ ...known, ...(message !== undefined && { message }) });
  }

  log(line: string): void {
    this.#run.log(line);
  }

  get behind(): Backstage {
    const run = this.#run;
    return {
      sheet: this.#wiring.sheet.id,
      show: (progress) => run.show(progress),
      answeredBy: (revision) => {
        run.revision = revision;
      },
    };
  }

  lingers(): void {
    this.#wiring.endings.change(1);
  }

  over({ place, lingering }: Attempt): void {
    if (place) this.#wiring.traffic?.leave(place);
    if (lingering) this.#wiring.endings.change(-1);
  }

  // ── what the lane tells

  turn(): void {
    this.#run.prepare();
  }

  moved(position: number): void {
    this.#run.show({ queue: { position } });
  }

  // ── one attempt

  /** True when it may begin: there is no lane, or a place in it. */
  #admitted(): boolean {
    const { traffic, wave } = this.#wiring;
    if (traffic === undefined) return true;
    const place = new Place(wave, this);
    this.#attempt.place = place;
    const position = traffic.enter(place);
    if (position > 0) this.#run.progressed = { queue: { position } };
    return position === 0;
  }

  #start(): void {
    const attempt = this.#attempt;
    this.#run.progressed = undefined;
    attempt.work(() => (this.#answered ? this.#call() : this.#ask(attempt)));
    attempt.limit(this.#wiring.node.timeout, this.#wiring.wave.time);
  }

  #ask(attempt: Attempt): void {
    const called = this.#wiring.recall();
    if (!isPromise(called)) {
      this.#hear(called);
      return this.#call();
    }
    called.then(
      (values) => {
        attempt.rest();
        if (attempt.deaf) return attempt.ended();
        this.#hear(values);
        this.#run.prepare();
      },
      (error: unknown) => {
        attempt.said(thrown(error));
        attempt.ended();
      },
    );
  }

  /** What a callable answers to a run that is over, nobody sees. */
  #hear(called: Readonly<Record<string, unknown>> | undefined): void {
    this.#wiring.showCalled(called);
    this.#run.called = called;
    this.#answered = true;
  }

  #call(): void {
    const { signals, called, item } = this.#run;
    const context = this.#wiring.node.takesContext ? this.#attempt.context(item) : noContext;
    this.#attempt.follow(this.#wiring.invoke(signals, called, context));
  }

  // ── the next

  /** What a callable could not answer is not asked again: it is called once per run. */
  #triesAgain(failed: number, failure: Failure): boolean {
    const { policy, wave } = this.#wiring;
    if (policy === undefined || !this.#answered || failed >= policy.times || !this.#worth(failure, policy))
      return false;
    const wait = waitAfter(failed, failure, policy, wave.time.random());
    const words = attemptWords(failed + 1, policy, wait);
    this.#run.log(`${failure.message} ${words}.`);
    this.#run.partial = undefined;
    this.#callOff = wave.time.after(wait, () => this.#tryAgain(failed + 1));
    this.#run.show({ message: words });
    return true;
  }

  #worth(failure: Failure, policy: RetryPolicy): boolean {
    try {
      return policy.when(failure) === true;
    } catch (error) {
      this.#run.log(`retries.when: ${thrown(error).failure.message}`);
      return false;
    }
  }

  #tryAgain(number: number): void {
    this.#callOff = undefined;
    this.#attempt = new Attempt(number, this, this.#wiring.node.convert);
    if (this.#admitted()) this.#run.prepare();
    else this.#run.show(this.#run.progressed ?? {});
  }

  #fallsBack(failed: number, failure: Failure): boolean {
    const { fallback, convert } = this.#wiring.node;
    if (fallback === undefined || !replaceable(failure)) return false;
    this.#run.log(`${failure.message} The fallback is used instead.`);
    this.#run.fellBack = true;
    this.#run.partial = undefined;
    const attempt = new Attempt(failed, this, convert);
    this.#attempt = attempt;
    attempt.work(() => attempt.take(fallback.value));
    return true;
  }
}
