/** Styles that several elements share: how a button, a field and focus look everywhere. */
import { css } from "lit";

export const base = css`
  * { box-sizing: border-box; }
  .icon { display: block; flex: none; }
  :focus { outline: none; }
  :focus-visible { outline: 2px solid var(--mr-accent); outline-offset: 2px; }
  button { font: inherit; color: inherit; cursor: pointer; }
  button:disabled, button[aria-disabled="true"] { cursor: default; }
  .mono { font-family: var(--mr-mono); font-size: 11px; font-feature-settings: "calt" 0; }
  .quiet { color: var(--mr-quiet); font-size: 11px; }
  .ellipsis { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; min-width: 0; }
  .unseen { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
`;

export const buttons = css`
  .button {
    display: inline-flex; align-items: center; justify-content: center; gap: 6px; height: 32px; padding: 0 12px;
    border: 1px solid var(--mr-line); border-radius: 8px; background: var(--mr-card); color: var(--mr-ink);
    font-size: 13px; font-weight: 500; white-space: nowrap; transition: background 120ms, border-color 120ms, filter 120ms;
  }
  .button.small { height: 24px; padding: 0 8px; font-size: 11.5px; border-radius: 6px; }
  .button:hover:not(:disabled, [aria-disabled="true"]) { background: var(--mr-field); border-color: var(--mr-ink-3); }
  .button:active:not(:disabled, [aria-disabled="true"]) { background: var(--mr-inner); }
  .button:disabled, .button[aria-disabled="true"] { color: var(--mr-quiet); }
  .button.primary { background: var(--mr-accent); border-color: transparent; color: var(--mr-on-accent); font-weight: 600; transition: filter 120ms; }
  .button.primary:hover:not(:disabled, [aria-disabled="true"]) { background: var(--mr-accent); filter: brightness(1.08); }
  .button.primary:active:not(:disabled, [aria-disabled="true"]) { filter: brightness(0.94); }
  .button.primary:disabled, .button.primary[aria-disabled="true"] {
    background: var(--mr-running-on); color: var(--mr-running-ink); filter: none;
  }
  .button.primary.asks, .button.primary.asks:hover { background: var(--mr-accent-on); color: var(--mr-accent); }
  .button.icon-only { width: 32px; padding: 0; }
`;

export const menus = css`
  [popover] {
    position: fixed; inset: auto; margin: 0; padding: 4px; min-width: 176px; border: 1px solid var(--mr-line); border-radius: 10px;
    background: var(--mr-card); color: var(--mr-ink); box-shadow: var(--mr-shadow-high); font: 400 13px / 1.45 var(--mr-sans);
  }
  [popover]:not([data-placed]) { visibility: hidden; }
  [role^="menuitem"] {
    display: flex; align-items: center; gap: 8px; width: 100%; padding: 6px 10px; border: 0; border-radius: 6px; background: none;
    text-align: left; white-space: nowrap;
  }
  [role^="menuitem"]:hover, [role^="menuitem"]:focus-visible { background: var(--mr-accent-on); outline-offset: -2px; }
  [role^="menuitem"] .quiet { margin-left: auto; padding-left: 16px; }
`;

/** What unfolds, with its arrow (`icon("right")`) before its words. */
export const folds = css`
  summary { display: flex; align-items: baseline; gap: 6px; list-style: none; cursor: pointer; }
  summary::-webkit-details-marker { display: none; }
  summary > .icon { align-self: center; color: var(--mr-quiet); transition: rotate 140ms; }
  details[open] > summary > .icon { rotate: 90deg; }
  summary:hover, summary:hover > .icon { color: var(--mr-ink); }
`;

/** A choice in a frame with its arrow (`icon("down")`) behind it. */
export const selects = css`
  .select { position: relative; display: block; }
  .select > select { appearance: none; padding-right: 26px; cursor: pointer; text-overflow: ellipsis; }
  .select > select:hover:not(:disabled) { border-color: var(--mr-ink-3); }
  .select > select:disabled { cursor: default; color: var(--mr-quiet); }
  .select > .icon { position: absolute; top: 50%; right: 8px; translate: 0 -50%; color: var(--mr-ink-2); pointer-events: none; }
`;

/** Small words and buttons beside a label. */
export const smallTools = css`
  .badge { flex: none; padding: 0 6px; border-radius: 8px; background: var(--mr-accent-on); color: var(--mr-accent); font-size: 11px; line-height: 17px; align-self: center; }
  .small-tool { flex: none; align-self: center; display: grid; place-items: center; min-width: 20px; height: 20px; padding: 0 3px; border: 0; border-radius: 5px; background: none; color: var(--mr-ink-2); font-size: 11.5px; }
  .small-tool:hover { background: var(--mr-accent-on); color: var(--mr-accent); }
  .small-tool:active { filter: brightness(0.93); }
`;
