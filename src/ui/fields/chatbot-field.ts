/** `<mr-chatbot>`: a conversation: who said what, the latest in sight. What is said is Markdown, sanitised, or a file. Edited, messages are written, added and taken out. */
import { type CSSResultGroup, css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { unsafeHTML } from "lit/directives/unsafe-html.js";
import type { GivenValue } from "../../protocol/command.ts";
import type { FileView } from "../../protocol/port.ts";
import type { Json } from "../../protocol.ts";
import { icon } from "../icons.ts";
import { bytes } from "../words.ts";
import { Field, type Painted } from "./field.ts";
import { equalJson, fileIn } from "./options.ts";
import { prose, proseStyles } from "./prose.ts";

const roles = ["system", "user", "assistant"] as const;
type Role = (typeof roles)[number];
interface Message {
  readonly role: Role;
  readonly content: string | FileView;
}

export class ChatbotField extends Field<readonly Message[]> {
  protected override readonly typed = true;
  protected override readonly several = true;
  protected override readonly whole = true;

  protected override read(json: Json): readonly Message[] | undefined {
    return Array.isArray(json) ? (json as readonly Json[]).flatMap(messageOf) : undefined;
  }
  protected override given(messages: readonly Message[]): GivenValue {
    return { kind: "holding", value: messages as unknown as Json };
  }
  protected override same(a: readonly Message[], b: readonly Message[]): boolean {
    return equalJson(a as unknown as Json, b as unknown as Json);
  }
  protected override aside(shown: readonly Message[] | undefined): Painted {
    return shown && shown.length > 0 ? `${shown.length} ${shown.length === 1 ? "message" : "messages"}` : nothing;
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const list = this.renderRoot.querySelector<HTMLElement>(".talk");
    // What is said last is what one reads, unless one has gone back.
    if (list && list.scrollHeight - list.scrollTop - list.clientHeight < 160) list.scrollTop = list.scrollHeight;
  }

  protected override control(shown: readonly Message[] | undefined): TemplateResult {
    const all = shown ?? [];
    const next = all.at(-1)?.role === "user" ? "assistant" : "user";
    return html`<ol class="edits">${all.map((message, i) => this.#edited(all, message, i))}</ol>
      <button class="button small" aria-describedby="refusal" @click=${() => this.choose([...all, { role: next, content: "" }])}>${icon("plus", 12)}Add message</button>`;
  }

  #edited(all: readonly Message[], { role, content }: Message, i: number): TemplateResult {
    const choose = (event: Event) =>
      this.choose(all.with(i, { role: (event.target as HTMLSelectElement).value as Role, content }));
    const write = (event: Event) =>
      this.edit(all.with(i, { role, content: (event.target as HTMLTextAreaElement).value }));
    return html`<li><div class="said-by"><select aria-label="Who says message ${i + 1}" .value=${live(role)} @change=${choose}>${roles.map((one) => html`<option value=${one} ?selected=${one === role}>${one}</option>`)}</select>
        <button class="small-tool" aria-label="Remove message ${i + 1}" title="Remove" @click=${() => this.choose(all.toSpliced(i, 1))}>${icon("close", 12)}</button></div>
      ${typeof content === "string" ? html`<textarea class="box" dir="auto" rows=${Math.min(Math.max(content.split("\n").length, 1), 8)} aria-label="Message ${i + 1}" .value=${live(content)} @input=${write}></textarea>` : held(content)}</li>`;
  }

  protected override display(shown: readonly Message[] | undefined): TemplateResult {
    if (!shown || shown.length === 0)
      return html`<div class="none">${shown ? "Nothing said yet" : "Nothing yet"}</div>`;
    return html`<ol class="talk" tabindex="0" role="list" aria-label=${this.port.label}>${shown.map(
      ({ role, content }) => html`<li class=${role}><span class="quiet">${role}</span>
        <div class="bubble prose" dir="auto">${typeof content === "string" ? unsafeHTML(prose(content)) : held(content)}</div></li>`,
    )}</ol>`;
  }

  static override styles: CSSResultGroup = [
    Field.styles,
    proseStyles,
    css`
      ol { margin: 2px 0 0; padding: 0; list-style: none; }
      .talk { display: grid; grid-template-columns: minmax(0, 1fr); gap: 8px; max-height: 320px; overflow: auto; padding: 2px; }
      .talk li { display: grid; grid-template-columns: minmax(0, auto); justify-items: start; max-width: 92%; }
      .talk .user { justify-self: end; justify-items: end; }
      .talk .system { justify-self: center; }
      .bubble { max-width: 100%; padding: 6px 10px; border-radius: 10px; background: var(--mr-field); border: 1px solid var(--mr-line); overflow-wrap: anywhere; }
      .user .bubble { background: var(--mr-accent-on); border-color: transparent; }
      .system .bubble { background: none; border-style: dashed; color: var(--mr-ink-2); }
      .bubble :is(img, video) { display: block; max-width: 100%; max-height: 200px; border-radius: 6px; }
      .bubble audio { display: block; width: 200px; height: 32px; }
      .file { display: flex; align-items: center; gap: 6px; color: var(--mr-accent); text-decoration: none; }
      .edits { display: grid; gap: 8px; }
      .edits:empty { display: none; }
      .said-by { display: flex; align-items: center; justify-content: space-between; }
      select { padding: 1px 4px; border: 1px solid var(--mr-line); border-radius: 6px; background: var(--mr-card); color: var(--mr-ink-2); font: 400 11.5px / 1.45 var(--mr-sans); }
      textarea { resize: vertical; }
      :host([data-pale]) .bubble { color: var(--mr-quiet); }
    `,
  ];
}

function messageOf(json: Json): readonly Message[] {
  const { role, content } = Object(json) as { readonly [key: string]: Json | undefined };
  const said = typeof content === "string" ? content : fileIn(content);
  const by = roles.find((one) => one === role);
  return by && said !== null ? [{ role: by, content: said }] : [];
}

function held(file: FileView): TemplateResult {
  const { url, name, type, size } = file;
  if (type.startsWith("image/")) return html`<img src=${url} alt=${name} draggable="false" />`;
  if (type.startsWith("audio/")) return html`<audio src=${url} controls preload="metadata" aria-label=${name}></audio>`;
  if (type.startsWith("video/")) return html`<video src=${url} controls preload="metadata" aria-label=${name}></video>`;
  return html`<a class="file" href=${url} download=${name}>${icon("download", 13)}<span class="ellipsis">${name}</span><span class="quiet">${bytes(size)}</span></a>`;
}
customElements.define("mr-chatbot", ChatbotField);
