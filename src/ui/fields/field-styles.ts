/** How every field is painted. */
import { css } from "lit";

export const fieldStyles = css`
  :host { display: block; }
  .top { display: flex; align-items: baseline; gap: 8px; min-height: 20px; line-height: 20px; }
  label, .label { font-size: 11.5px; font-weight: 500; color: var(--mr-ink-2); flex: none; max-width: 75%; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
  .aside { margin-left: auto; color: var(--mr-quiet); overflow: hidden; text-overflow: ellipsis; white-space: nowrap; min-width: 0; }
  .pen { opacity: 0; transition: opacity 120ms; }
  :host(:hover) .pen, :host(:focus-within) .pen, .pen.done { opacity: 1; }
  @media (hover: none) { .pen { opacity: 1; } }
  .info { margin: 4px 0 0; font-size: 11px; color: var(--mr-quiet); }
  .refusal { margin: 6px 0 0; font-size: 11.5px; color: var(--mr-failed-ink); overflow-wrap: anywhere; }
  .refusal:empty { display: none; }
  .box {
    display: block; width: 100%; margin: 2px 0 0; padding: 6px 10px; border: 1px solid var(--mr-line); border-radius: 8px;
    background: var(--mr-field); color: var(--mr-ink); font: 400 13px / 1.45 var(--mr-sans); transition: border-color 120ms;
  }
  .box:hover { border-color: var(--mr-ink-3); }
  .box:focus-visible { border-color: var(--mr-accent); outline: 2px solid var(--mr-accent); outline-offset: -1px; }
  .box[aria-invalid="true"] { border-color: var(--mr-failed); }
  .box::placeholder { color: var(--mr-quiet); opacity: 1; }
  .text { font-size: 13px; white-space: pre-wrap; overflow-wrap: anywhere; max-height: 240px; overflow: auto; }
  .none { font-size: 12px; color: var(--mr-quiet); }
  .button.small { margin-top: 6px; }
  :host([data-pale]) .text { color: var(--mr-quiet); }
  .tools { position: absolute; top: 6px; right: 6px; display: flex; gap: 4px; opacity: 0; transition: opacity 120ms; }
  .framed { position: relative; }
  .framed:hover .tools, .framed:focus-within .tools { opacity: 1; }
  @media (hover: none) { .tools { opacity: 1; } }
  .tool {
    display: grid; place-items: center; width: 24px; height: 24px; padding: 0; border: 0; border-radius: 6px;
    background: rgb(10 18 24 / 68%); color: #fff; text-decoration: none;
  }
  .tool:hover { background: rgb(10 18 24 / 86%); }
  .tool:focus-visible { outline-color: #fff; outline-offset: -3px; }
`;
