/**
 * `<mr-sheets>`: the name of the sheet that is open, and the menu of all: to switch, make, rename (also by a double click on
 * the name, or F2), copy, reset, delete, and take one along as a file. What cannot be undone asks once more.
 *
 * Properties: `view`, `office` (what can be asked). Says `mr-sheet` with the id of the sheet to show.
 */
import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import type { View } from "../protocol.ts";
import { icon } from "./icons.ts";
import type { Answered, Office, SheetLine } from "./office.ts";
import { place, walkMenu } from "./popover.ts";
import { base, buttons, menus } from "./styles.ts";
import { ago, bytes } from "./words.ts";

/** What asks once more before it is done. */
const grave = {
  reset: {
    ask: "Reset this sheet?",
    what: "Its inputs go back to the graph's own values, and its runs are forgotten.",
    yes: "Reset",
  },
  remove: { ask: "Delete this sheet?", what: "The sheet goes with all that was made in it.", yes: "Delete" },
} as const;

export class SheetMenu extends LitElement {
  static override properties = {
    view: { attribute: false },
    office: { attribute: false },
    lines: { state: true },
    naming: { state: true },
    asking: { state: true },
  };
  declare view: View;
  declare office: Office;
  declare lines: readonly SheetLine[];
  /** The name that is being written over, which another person may change meanwhile. */
  declare naming: string | null;
  declare asking: keyof typeof grave | null;

  constructor() {
    super();
    this.lines = [];
    this.naming = null;
    this.asking = null;
  }

  override render(): TemplateResult {
    const { name } = this.view.sheet;
    if (this.naming !== null)
      return html`<input class="name" aria-label="Name of the sheet" maxlength="200" .value=${this.naming} @keydown=${this.#written} @blur=${this.#named} />`;
    return html`<button class="sheet" aria-label="Sheet: ${name}" aria-haspopup="menu" popovertarget="sheets" title="Sheets; double click to rename" @dblclick=${this.#name} @keydown=${this.#pressed}><span class="ellipsis">${name}</span>${icon("down", 13)}</button>
      <div popover id="sheets" role="menu" @toggle=${this.#toggled} aria-label="Sheets" @keydown=${walkMenu}>
        <div class="list" role="group" aria-label="Open another sheet">${this.#lines().map((line) => this.#line(line))}</div>
        <div role="separator"></div>
        ${this.#item("plus", "New sheet", () => this.#go(this.office.create()))}
        ${this.#item("pen", "Rename", this.#name)}
        ${this.#item("copy", "Duplicate", () => this.#go(this.office.duplicate(this.#id)))}
        ${this.#item("again", "Reset…", () => this.#ask("reset"))}
        <div role="separator"></div>
        <a role="menuitem" href=${this.office.exportUrl(this.#id)} download @click=${this.#shut}>${icon("download", 14)}Export</a>
        ${this.#item("upload", "Import…", () => this.renderRoot.querySelector<HTMLInputElement>("#import")?.click())}
        ${this.#item("close", "Delete…", () => this.#ask("remove"))}
      </div>
      <input id="import" class="unseen" type="file" accept=".millrace" tabindex="-1" aria-hidden="true" @change=${this.#chosen} />
      ${this.#dialog()}`;
  }

  get #id(): string {
    return this.view.sheet.id;
  }

  /** Until the list has come, the one that is open. */
  #lines(): readonly SheetLine[] {
    return this.lines.length > 0 ? this.lines : [{ ...this.view.sheet, updated: 0, size: 0 }];
  }

  #line({ id, name, updated, size }: SheetLine): TemplateResult {
    const open = id === this.#id;
    const about = updated > 0 ? `${ago(this.office.now() - updated)}${size > 0 ? ` · ${bytes(size)}` : ""}` : "";
    return html`<button role="menuitemradio" aria-checked=${open} @click=${() => this.#switch(id)}><span class="mark">${open ? icon("check") : nothing}</span><span class="ellipsis">${open ? this.view.sheet.name : name}</span><span class="quiet">${about}</span></button>`;
  }

  #item(sign: Parameters<typeof icon>[0], words: string, then: () => void): TemplateResult {
    const pressed = () => {
      this.#shut();
      then();
    };
    return html`<button role="menuitem" @click=${pressed}>${icon(sign, 14)}${words}</button>`;
  }

  #dialog(): TemplateResult | typeof nothing {
    if (!this.asking) return nothing;
    const { ask, what, yes } = grave[this.asking];
    return html`<dialog aria-labelledby="ask" @close=${this.#asked}><h2 id="ask">${ask}</h2><p><b>${this.view.sheet.name}</b>. ${what}</p>
      <div class="pair"><button class="button" autofocus @click=${this.#no}>Keep it</button><button class="button grave" @click=${this.#yes}>${yes}</button></div></dialog>`;
  }

  #toggled = (event: ToggleEvent): void => {
    place(event, "left");
    if (event.newState === "open")
      void this.office.list().then((lines) => {
        this.lines = lines;
      });
  };
  #shut = (): void => this.renderRoot.querySelector<HTMLElement>("[popover]")?.hidePopover();

  #switch(id: string): void {
    this.#shut();
    if (id !== this.#id) this.#show(id);
  }
  #show(id: string): void {
    this.dispatchEvent(new CustomEvent("mr-sheet", { detail: id, bubbles: true, composed: true }));
  }
  /** Goes to the sheet that is being made. */
  async #go(making: Promise<Answered>): Promise<void> {
    const made = await making;
    if (made.ok && made.sheet) this.#show(made.sheet.id);
  }

  #name = (): void => {
    this.#shut();
    this.naming = this.view.sheet.name;
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLInputElement>(".name")?.select());
  };
  #pressed = (event: KeyboardEvent): void => {
    if (event.key === "F2") this.#name();
  };
  #written = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (event.key === "Escape") this.naming = null;
    if (event.key === "Enter" && !event.isComposing) (event.target as HTMLInputElement).blur();
    if (event.key === "Escape" || event.key === "Enter")
      void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(".sheet")?.focus());
  };
  #named = (event: FocusEvent): void => {
    if (this.naming === null) return;
    const name = (event.target as HTMLInputElement).value.trim();
    this.naming = null;
    if (name !== "" && name !== this.view.sheet.name) void this.office.rename(this.#id, name);
  };

  #ask(what: keyof typeof grave): void {
    this.asking = what;
    void this.updateComplete.then(() => this.renderRoot.querySelector("dialog")?.showModal());
  }
  #asked = (): void => {
    this.asking = null;
  };
  #no = (): void => this.renderRoot.querySelector("dialog")?.close();
  #yes = (): void => {
    const what = this.asking;
    this.#no();
    if (what === "reset") void this.office.reset(this.#id);
    if (what === "remove") void this.#remove();
  };
  async #remove(): Promise<void> {
    const gone = this.#id;
    const answer = await this.office.remove(gone);
    const [next] = answer.ok ? (await this.office.list()).filter(({ id }) => id !== gone) : [];
    if (next) this.#show(next.id);
  }

  #chosen = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    const [file] = input.files ?? [];
    if (file) void this.#go(this.office.bring(file));
    input.value = "";
  };

  static override styles = [
    base,
    buttons,
    menus,
    css`
      :host { display: flex; min-width: 40px; max-width: 240px; font: 400 13px / 1.45 var(--mr-sans); color: var(--mr-ink); }
      .sheet { display: flex; align-items: center; gap: 4px; height: 28px; min-width: 0; padding: 0 6px; margin-left: -4px; border: 0; border-radius: 6px; background: none; font-weight: 500; }
      .sheet:hover { background: var(--mr-field); }
      .sheet:active { background: var(--mr-inner); }
      .sheet .icon { color: var(--mr-ink-2); }
      .name { width: 180px; height: 28px; padding: 0 8px; margin-left: -4px; border: 1px solid var(--mr-accent); border-radius: 6px; background: var(--mr-field); color: var(--mr-ink); font: 500 13px / 1.45 var(--mr-sans); }
      [popover] { min-width: 236px; max-width: min(360px, 94vw); }
      .list { max-height: 40vh; overflow: auto; }
      .mark { flex: none; display: grid; place-items: center; width: 14px; }
      [role="separator"] { height: 1px; margin: 4px 0; background: var(--mr-inner); }
      a[role="menuitem"] { color: inherit; text-decoration: none; }
      [role="menuitem"] .icon { color: var(--mr-ink-2); }
      dialog { width: min(400px, 92vw); padding: 18px 20px; border: 1px solid var(--mr-line); border-radius: 12px; background: var(--mr-card); color: var(--mr-ink); box-shadow: var(--mr-shadow-high); }
      dialog::backdrop { background: rgb(6 12 16 / 45%); }
      dialog h2 { margin: 0 0 6px; font-size: 15px; }
      dialog p { margin: 0 0 16px; color: var(--mr-ink-2); overflow-wrap: anywhere; }
      .pair { display: flex; justify-content: flex-end; gap: 8px; }
      .grave { border-color: var(--mr-failed); color: var(--mr-failed-ink); }
      .button.grave:hover { background: var(--mr-failed-on); border-color: var(--mr-failed); }
    `,
  ];
}
customElements.define("mr-sheets", SheetMenu);
