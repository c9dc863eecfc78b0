/** How a list of items is drawn, and how high a line of it is. */
import { css } from "lit";

/** Pixels of one line. */
export const lineHeight = 30;

export const itemsStyles = css`
  :host { display: block; }
  .head { display: flex; align-items: center; gap: 8px; min-height: 20px; }
  .label { font-size: 11.5px; font-weight: 500; color: var(--mr-ink-2); flex: none; max-width: 60%; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
  .sum { margin-left: auto; color: var(--mr-quiet); white-space: nowrap; }
  .jump, .replay { flex: none; display: grid; place-items: center; width: 22px; height: 22px; padding: 0; border: 0; border-radius: 6px; background: none; color: var(--mr-ink-2); }
  .jump { color: var(--mr-failed-ink); width: 20px; height: 20px; }
  .jump:hover { background: var(--mr-failed-on); }
  .replay:hover { background: var(--mr-accent-on); color: var(--mr-accent); }
  .list { position: relative; margin: 4px -12px 0; overflow: auto; overscroll-behavior: contain; scrollbar-width: thin; }
  .list:focus-visible { outline-offset: -2px; }
  .all { position: relative; }
  .line { position: absolute; left: 0; right: 0; height: ${lineHeight}px; display: flex; align-items: center; gap: 8px; padding: 0 8px 0 12px; border-top: 1px solid var(--mr-inner); font-size: 12.5px; }
  .line.open { background: var(--mr-field); }
  .n { flex: none; min-width: 14px; color: var(--mr-quiet); }
  .what { flex: 1; display: flex; align-items: center; gap: 6px; min-width: 0; height: 100%; padding: 0; border: 0; background: none; text-align: left; }
  .what:focus-visible { outline-offset: -2px; }
  .what:hover { color: var(--mr-accent); }
  .ellipsis { flex: 1; }
  mr-sound { flex: 1; }
  .thumbs { display: flex; gap: 3px; }
  .thumbs .thumb { width: 22px; height: 22px; object-fit: cover; }
  .sign { flex: none; display: grid; place-items: center; }
  .stale .what, .empty .what { color: var(--mr-quiet); }
  .failed { color: var(--mr-failed-ink); }
  .pending { color: var(--mr-running-ink); }
  .line .replay { opacity: 0; }
  .line:hover .replay, .line:focus-within .replay, .line.failed .replay { opacity: 1; }
  .line.failed .replay { color: var(--mr-failed-ink); }
  @media (hover: none) { .line .replay { opacity: 1; } }
  .thumb { display: block; max-height: 22px; max-width: 96px; border-radius: 4px; background: var(--mr-check); }
  .chips { display: flex; border-radius: 4px; overflow: hidden; }
  .chip { flex: none; width: 14px; height: 14px; border-radius: 4px; }
  .pale { opacity: 0.5; }
  .icon-busy { animation: turn 1.1s linear infinite; }
  .whole p { margin: 0; }
  .whole { margin: 0 -12px -4px; padding: 6px 12px 4px; border-top: 1px solid var(--mr-inner); background: var(--mr-field); }
  .lift { display: flex; align-items: center; gap: 3px; border: 0; cursor: pointer; }
  .lift:hover { filter: brightness(0.96); }
  .failure { margin: 6px 0 0; font-size: 11.5px; color: var(--mr-failed-ink); overflow-wrap: anywhere; }
  @keyframes turn { to { transform: rotate(1turn); } }
  @media (prefers-reduced-motion: reduce) { .icon-busy { animation: none; } }
`;
