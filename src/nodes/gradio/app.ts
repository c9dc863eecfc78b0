/**
 * The apps that this process talks to, one for each source and login: looked at once, and again after it was away or has been
 * restarted. Sessions that belong to a sheet do one job after the other, since an app's state knows no two at once.
 */
import type { Api, Endpoint } from "./api.ts";
import { cachedApi, keepApi } from "./cached-api.ts";
import { type Connection, connected, type Login } from "./connection.ts";
import { placeOf } from "./source.ts";
import { dwellingOf, type Looking } from "./space.ts";

/** Milliseconds after which an app that was idle is asked whether it is still the same. */
const oldAfter = 1000;

export class App {
  readonly source: string;
  readonly #place: string;
  readonly #login: Login | undefined;
  #connection: Promise<Connection> | undefined;
  #heardAt = 0;
  /** What it could do when it was looked at before. */
  #before: Api | undefined;
  readonly #turns = new Map<string, Promise<void>>();

  private constructor(source: string, place: string, login: Login | undefined) {
    this.source = source;
    this.#place = place;
    this.#login = login;
  }

  static of(source: string, login: Login | undefined): App {
    const place = placeOf(source, process.env);
    const key = JSON.stringify([place, login]);
    const app = apps.get(key) ?? new App(source, place, login);
    apps.set(key, app);
    return app;
  }

  /** The app, looked at; at the first time, or when it has changed since. @throws FailureError */
  async connection(looking: Looking): Promise<Connection> {
    const known = this.#connection;
    if (known === undefined) return this.#connect(looking);
    const connection = await known.catch(() => undefined);
    if (connection && (Date.now() - this.#heardAt < oldAfter || (await this.#same(connection, looking))))
      return connection;
    if (this.#connection === known) this.forget();
    return this.connection(looking);
  }

  /** What it could do before it changed, in this process or in the last one that looked at it. */
  earlier(index: string | number | undefined): Endpoint | undefined {
    return this.#before?.endpoints.find(({ name, index: at }) =>
      typeof index === "number" ? at === index : name === index,
    );
  }

  /** It has just answered. */
  heard(): void {
    this.#heardAt = Date.now();
  }

  /** It is looked at anew before the next job. */
  forget(): void {
    this.#connection = undefined;
  }

  /** Resolves when it is this job's turn in its session, to what ends the turn. Who is stopped while waiting waits no longer. */
  async turn(session: string, signal: AbortSignal): Promise<() => void> {
    const before = this.#turns.get(session) ?? Promise.resolve();
    let end = () => {};
    const mine = new Promise<void>((ended) => {
      end = ended;
    });
    this.#turns.set(session, mine);
    const over = () => {
      if (this.#turns.get(session) === mine) this.#turns.delete(session);
      end();
    };
    try {
      await orAborted(before, signal);
    } catch (stopped) {
      void before.then(over);
      throw stopped;
    }
    return over;
  }

  /** Those who come meanwhile wait for the same look; it is nobody's alone, so that one who gives up ends nobody else's. */
  #connect(looking: Looking): Promise<Connection> {
    const look = this.#look({ ...looking, signal: AbortSignal.timeout(longestLook) });
    this.#connection = look;
    look.catch(() => {
      if (this.#connection === look) this.forget();
    });
    return orAborted(look, looking.signal);
  }

  async #look(looking: Looking): Promise<Connection> {
    const dwelling = await dwellingOf(this.source, looking);
    const connection = await connected(dwelling, this.#login, looking.signal);
    this.#before ??= cachedApi(this.#place)?.api;
    this.heard();
    return connection;
  }

  /** Keeps what it can do now, for the graphs wired next. */
  async keep({ api }: Connection): Promise<void> {
    if (this.#kept === api) return;
    this.#kept = api;
    await keepApi(this.#place, api);
  }
  #kept: Api | undefined;

  /** A restarted app may have other endpoints under the same numbers. */
  async #same({ client, config, api }: Connection, { signal }: Looking): Promise<boolean> {
    try {
      const late = AbortSignal.any([signal, AbortSignal.timeout(10_000)]);
      const answer = await client.fetch(`${config.root}${client.api_prefix}/app_id`, { signal: late });
      const same = !answer.ok || ((await answer.json()) as { readonly app_id?: unknown }).app_id === config.app_id;
      if (same) this.heard();
      else this.#before = api;
      return same;
    } catch (error) {
      if (signal.aborted) throw error;
      return false;
    }
  }
}

const longestLook = 240_000;
const apps = new Map<string, App>();

function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  if (signal.aborted) return Promise.reject(signal.reason);
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    signal.addEventListener("abort", stop, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", stop));
  });
}
