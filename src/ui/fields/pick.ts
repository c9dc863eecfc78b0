/** The element of a component's kind, and the small preview of what an edge brought. */
import { html, nothing, type TemplateResult } from "lit";
import { styleMap } from "lit/directives/style-map.js";
import type { PortView } from "../../protocol.ts";
import type { Desk } from "../desk.ts";
import type { Field } from "./field.ts";
import { colour, fileIn, palette, summary } from "./options.ts";
import "./checkbox-field.ts";
import "./color-field.ts";
import "./dropdown-field.ts";
import "./image-field.ts";
import "./json-field.ts";
import "./markdown-field.ts";
import "./number-field.ts";
import "./slider-field.ts";
import "./text-field.ts";

/** The field of a port: by its component's kind, else as readable JSON. With a `sink`, what a person gives goes there. */
export function field(port: PortView, card: string, desk: Desk, sink?: Field<unknown>["sink"]): TemplateResult {
  switch (port.component?.kind) {
    case "textbox":
    case "code":
      return html`<mr-text .port=${port} .card=${card} .desk=${desk} .sink=${sink}></mr-text>`;
    case "number":
      return html`<mr-number .port=${port} .card=${card} .desk=${desk} .sink=${sink}></mr-number>`;
    case "slider":
      return html`<mr-slider .port=${port} .card=${card} .desk=${desk} .sink=${sink}></mr-slider>`;
    case "checkbox":
      return html`<mr-checkbox .port=${port} .card=${card} .desk=${desk} .sink=${sink}></mr-checkbox>`;
    case "dropdown":
    case "radio":
      return html`<mr-dropdown .port=${port} .card=${card} .desk=${desk} .sink=${sink}></mr-dropdown>`;
    case "colorPicker":
      return html`<mr-color .port=${port} .card=${card} .desk=${desk} .sink=${sink}></mr-color>`;
    case "image":
      return html`<mr-image .port=${port} .card=${card} .desk=${desk} .sink=${sink}></mr-image>`;
    case "markdown":
      return html`<mr-markdown .port=${port} .card=${card} .desk=${desk} .sink=${sink}></mr-markdown>`;
    default:
      return html`<mr-json .port=${port} .card=${card} .desk=${desk} .sink=${sink}></mr-json>`;
  }
}

/** A value in one line: a thumbnail, a colour, how many, or its beginning. */
export function preview({
  value,
  shows,
  way,
}: Pick<PortView, "value" | "shows" | "way">): TemplateResult | typeof nothing {
  if (!value) return nothing;
  if (value.kind === "list") return html`<span class="came">${way ? `${way} of ${value.of}` : summary(value)}</span>`;
  const pale = shows === "current" ? "" : "pale";
  if (value.kind === "file" && value.file.type.startsWith("image/")) {
    return html`<img class="thumb ${pale}" src=${value.file.url} alt=${value.file.name} draggable="false" />`;
  }
  const words = summary(value);
  const json = value.kind === "json" ? value.value : undefined;
  const picture = fileIn(json);
  if (picture?.type.startsWith("image/"))
    return html`<img class="thumb ${pale}" src=${picture.url} alt=${picture.name} draggable="false" />`;
  const fills = palette(json) ?? (colour(json) ? [colour(json)!] : []);
  if (fills.length > 1)
    return html`<span class="chips ${pale}" role="img" aria-label=${words}>${fills.map(chip)}</span>`;
  return html`${fills.map(chip)}<span class="came ellipsis" title=${words}>${words}</span>`;
}

function chip(fill: string): TemplateResult {
  return html`<span class="chip" style=${styleMap({ background: fill })}></span>`;
}
