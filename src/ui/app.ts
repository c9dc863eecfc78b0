/**
 * `<mr-app>`: the whole page: follows the sheet, hands its view down, brings what was refused back up. The browser
 * decides nothing: everything shown is the server's view, everything done is a command.
 */
import { html, LitElement, nothing, type TemplateResult } from "lit";
import { keyed } from "lit/directives/keyed.js";
import type { View } from "../protocol.ts";
import { appStyles } from "./app-styles.ts";
import { Archive } from "./archive.ts";
import "./bar.ts";
import type { Canvas } from "./canvas.ts";
import "./canvas.ts";
import "./crumbs.ts";
import { Desk } from "./desk.ts";
import "./drawer.ts";
import { Follower, type Link } from "./follow.ts";
import { icon } from "./icons.ts";
import { editing } from "./keys.ts";
import { preferred, remember } from "./last-sheet.ts";
import { noticesOf } from "./notices.ts";
import { Office } from "./office.ts";
import {
  fetchSheets,
  getJson,
  listSheets,
  openStream,
  postCommand,
  postFile,
  postOffice,
  postSweep,
} from "./server.ts";
import { base } from "./styles.ts";
import { sourcesOf } from "./sweep-values.ts";
import { type Door, Way } from "./way.ts";

const toastTime = 7000;
const none: readonly string[] = [];

export class App extends LitElement {
  static override properties = {
    toast: { state: true },
    planned: { state: true },
    dismissed: { state: true },
    selected: { state: true },
  };
  declare toast: string | null;
  declare planned: readonly string[];
  /** The card whose runs are looked at. */
  declare selected: string | null;
  /** Notices that were read. */
  declare dismissed: readonly string[];

  #ahead = 0;
  #toasted: ReturnType<typeof setTimeout> | undefined;
  #link: Link = "connecting";

  readonly #follower = new Follower({
    open: openStream,
    sheets: async () => {
      const sheets = await fetchSheets((ahead) => {
        this.#ahead = ahead;
      });
      return sheets === "over" ? sheets : preferred(sheets);
    },
    later: (ms, then) => {
      const timer = setTimeout(then, ms);
      return () => clearTimeout(timer);
    },
    changed: () => this.#followed(),
  });

  readonly #desk = new Desk({
    sheet: () => this.#follower.sheet,
    post: postCommand,
    upload: postFile,
    now: () => Date.now() + this.#ahead,
    over: () => this.#follower.end(),
    refused: ({ message, suggestion }) => this.#say(suggestion ? `${message} Did you mean “${suggestion}”?` : message),
  });

  readonly #office = new Office({
    list: listSheets,
    post: postOffice,
    now: () => Date.now() + this.#ahead,
    refused: ({ message }) => this.#say(message),
  });

  constructor() {
    super();
    this.dismissed = [];
    this.selected = null;
    this.toast = null;
    this.planned = [];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#follower.start();
    window.addEventListener("pagehide", () => this.#desk.leave());
    window.addEventListener(
      "keydown",
      (event) => {
        if (event.key === "Escape" && !event.defaultPrevented && this.selected !== null && !editing(event)) {
          event.preventDefault();
          this.selected = null;
        }
      },
      true,
    );
    window.addEventListener("hashchange", () => location.hash.length > 1 && this.#go(location.hash.slice(1)));
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && this.#desk.leave());
    // A picture that misses its field would otherwise replace the page.
    for (const missed of ["dragover", "drop"]) window.addEventListener(missed, (event) => event.preventDefault());
    window.addEventListener("online", () => this.#follower.hurry());
  }

  #followed(): void {
    const { link, at } = this.#follower;
    if (at) this.#shows(at.view);
    // Once what came is painted: a server that began anew knows rows by other ids.
    if (link === "live" && this.#link !== "live") setTimeout(() => this.#desk.flush());
    this.#link = link;
    this.requestUpdate();
  }

  #shows({ graph, sheet }: View): void {
    document.title = `${graph} · Millrace`;
    remember(sheet.id);
  }

  #go(sheet: string): void {
    this.#desk.flush();
    this.selected = null;
    this.#way.out(0);
    this.#follower.go(sheet);
  }

  #say(words: string): void {
    clearTimeout(this.#toasted);
    this.toast = words;
    this.#toasted = setTimeout(this.#hush, toastTime);
  }
  #hush = (): void => {
    this.toast = null;
  };

  /** The canvas that is shown: the sheet's, or that of the graph one has gone into; asked for until it is there. */
  #canvas(view: View): TemplateResult {
    const way = this.#way;
    const { names: inside } = way;
    const shown = way.shown(view);
    const desk = this.#deskIn(inside);
    return html`${inside.length > 0 ? html`<mr-crumbs .names=${way.words(view)} @mr-out=${this.#out}></mr-crumbs>` : nothing}
      ${keyed(
        JSON.stringify([view.sheet.id, ...inside]),
        shown
          ? html`<mr-canvas .view=${shown} .desk=${desk} .planned=${inside.length > 0 ? none : this.planned} .selected=${this.selected} @mr-open=${this.#in} @mr-select=${this.#select}></mr-canvas>`
          : html`<p class="wait">Opening ${way.words(view).at(-1)}…</p>`,
      )}
      ${this.#drawer(shown, desk)}`;
  }

  #drawer(shown: View | undefined, desk: Desk): TemplateResult | typeof nothing {
    const card = this.selected === null ? undefined : shown?.cards[this.selected];
    if (!card) return nothing;
    return html`<mr-drawer .view=${card} .desk=${desk} .archive=${this.#archiveIn(this.#way.names)} .sources=${sourcesOf(shown as View, card.id)} @mr-shut=${this.#unselect} @mr-run=${({ detail }: CustomEvent<string>) => this.#selectNamed(shown, detail)}></mr-drawer>`;
  }

  #archives = new Map<string, Archive>();
  #archiveIn(inside: readonly string[]): Archive {
    const key = JSON.stringify(inside);
    const archive =
      this.#archives.get(key) ?? new Archive(() => this.#follower.sheet, inside, { get: getJson, sweep: postSweep });
    this.#archives.set(key, archive);
    return archive;
  }

  /** Pressed again, a card is let go. */
  #select = ({ detail }: CustomEvent<string>): void => {
    this.selected = this.selected === detail ? null : detail;
  };
  #unselect = (): void => {
    this.selected = null;
  };
  #selectNamed(shown: View | undefined, node: string): void {
    const card = Object.values(shown?.cards ?? {}).find(
      ({ name, variants }) => name === node || variants?.some((one) => one.name === node),
    );
    if (card) this.selected = card.id;
  }

  #dismiss = (notices: readonly string[]): void => {
    this.dismissed = [...this.dismissed, ...notices];
  };

  #desks = new Map<string, Desk>();
  #deskIn(inside: readonly string[]): Desk {
    const key = JSON.stringify(inside);
    const desk = this.#desks.get(key) ?? this.#desk.within(inside);
    this.#desks.set(key, desk);
    return desk;
  }

  readonly #way = new Way(() => this.requestUpdate());
  #in = ({ detail }: CustomEvent<Door>): void => {
    this.selected = null;
    this.#way.in(detail);
    void this.updateComplete.then(() => this.renderRoot.querySelector<LitElement>("mr-crumbs")?.focus());
  };
  #out = ({ detail }: CustomEvent<number>): void => {
    this.selected = null;
    const left = this.#way.out(detail);
    if (left !== undefined) this.#goTo(left);
  };
  /** A person is waited for at a card of the sheet's own graph. */
  #answer = ({ detail }: CustomEvent<string>): void => {
    this.#way.out(0);
    this.#goTo(detail);
  };
  #goTo(card: string): void {
    void this.updateComplete.then(() => this.renderRoot.querySelector<Canvas>("mr-canvas")?.goTo(card));
  }

  protected override updated(): void {
    const view = this.#follower.at?.view;
    if (view) this.#way.seek(view, (command) => this.#desk.press(command));
  }

  override render(): TemplateResult {
    const { at, link } = this.#follower;
    return html`
      <mr-bar .view=${at?.view ?? null} .desk=${this.#desk} .office=${this.#office} .link=${link} @mr-sheet=${(event: CustomEvent<string>) => this.#go(event.detail)} @mr-go=${this.#answer} @mr-plan=${(
        event: CustomEvent<readonly string[]>,
      ) => {
        this.planned = event.detail;
      }}></mr-bar>
      ${at ? noticesOf(at.view, this.dismissed, this.#dismiss) : nothing}
      <main>
        ${at ? this.#canvas(at.view) : link === "over" ? nothing : html`<p class="wait">${link === "lost" ? "The server cannot be reached. Trying again…" : "Opening the sheet…"}</p>`}
        ${link === "over" ? html`<div class="over" role="alert"><h2>This page's session is over: open the link printed in the terminal</h2><p>What you made is safe with the server; nothing more can be changed from this page.</p></div>` : nothing}
        <div class="toasts" role="alert">${this.toast ? html`<div class="toast"><span>${this.toast}</span><button aria-label="Dismiss" title="Dismiss" @click=${this.#hush}>${icon("close", 14)}</button></div>` : nothing}</div>
      </main>`;
  }

  static override styles = [base, appStyles];
}

customElements.define("mr-app", App);
