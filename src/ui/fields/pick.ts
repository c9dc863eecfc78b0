/** The element of a component's kind, and the small preview of what an edge brought. */
import { html, nothing, type TemplateResult } from "lit";
import { styleMap } from "lit/directives/style-map.js";
import type { FileView, PortView } from "../../protocol/port.ts";
import type { Desk } from "../desk.ts";
import { icon } from "../icons.ts";
import type { Field } from "./field.ts";
import { colour, fileIn, palette, picturesIn, summary } from "./options.ts";
import "./chatbot-field.ts";
import "./checkbox-field.ts";
import "./color-field.ts";
import "./dataframe-field.ts";
import "./dropdown-field.ts";
import "./file-field.ts";
import "./gallery-field.ts";
import "./html-field.ts";
import "./image-field.ts";
import "./json-field.ts";
import "./label-field.ts";
import "./markdown-field.ts";
import "./media-field.ts";
import "./model-field.ts";
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
    case "audio":
      return html`<mr-audio .port=${port} .card=${card} .desk=${desk} .sink=${sink}></mr-audio>`;
    case "video":
      return html`<mr-video .port=${port} .card=${card} .desk=${desk} .sink=${sink}></mr-video>`;
    case "file":
      return html`<mr-file .port=${port} .card=${card} .desk=${desk} .sink=${sink}></mr-file>`;
    case "model3d":
      return html`<mr-model .port=${port} .card=${card} .desk=${desk} .sink=${sink}></mr-model>`;
    case "gallery":
      return html`<mr-gallery .port=${port} .card=${card} .desk=${desk} .sink=${sink}></mr-gallery>`;
    case "dataframe":
      return html`<mr-dataframe .port=${port} .card=${card} .desk=${desk} .sink=${sink}></mr-dataframe>`;
    case "label":
      return html`<mr-label .port=${port} .card=${card} .desk=${desk} .sink=${sink}></mr-label>`;
    case "chatbot":
      return html`<mr-chatbot .port=${port} .card=${card} .desk=${desk} .sink=${sink}></mr-chatbot>`;
    case "html":
      return html`<mr-html .port=${port} .card=${card} .desk=${desk} .sink=${sink}></mr-html>`;
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
  const words = summary(value);
  const json = value.kind === "json" ? value.value : undefined;
  const file = value.kind === "file" ? value.file : fileIn(json);
  if (file) return ofFile(file, pale, words);
  const pictures = picturesIn(json);
  if (pictures.length > 0)
    return html`<span class="thumbs ${pale}" role="img" aria-label=${words}>${pictures.slice(0, 4).map((picture) => thumb(picture))}</span>`;
  const fills = palette(json) ?? (colour(json) ? [colour(json)!] : []);
  if (fills.length > 1)
    return html`<span class="chips ${pale}" role="img" aria-label=${words}>${fills.map(chip)}</span>`;
  return html`${fills.map(chip)}<span class="came ellipsis" dir="auto" title=${words}>${words}</span>`;
}

function ofFile(file: FileView, pale: string, words: string): TemplateResult {
  if (file.type.startsWith("image/")) return thumb(file, pale);
  const sign = file.type.startsWith("audio/") ? "sound" : file.type.startsWith("video/") ? "film" : "file";
  return html`<span class="came sign ${pale}">${icon(sign, 13)}</span><span class="came ellipsis" title=${words}>${file.name}</span>`;
}

function thumb({ url, name }: FileView, pale = ""): TemplateResult {
  return html`<img class="thumb ${pale}" src=${url} alt=${name} draggable="false" />`;
}

function chip(fill: string): TemplateResult {
  return html`<span class="chip" style=${styleMap({ background: fill })}></span>`;
}
