/** How a card is painted. */
import { css } from "lit";

export const cardStyles = css`
  :host {
    position: absolute; top: 0; left: 0; display: block; width: 288px; border: 1px solid var(--mr-line); border-radius: 12px;
    background: var(--mr-card); color: var(--mr-ink); box-shadow: var(--mr-shadow); font: 400 13px / 1.45 var(--mr-sans);
    transition: opacity 160ms, border-color 160ms, box-shadow 160ms;
  }
  :host(:focus-within) { z-index: 2; }
  :host([data-planned]) { border-color: var(--mr-accent); box-shadow: 0 0 0 3px color-mix(in srgb, var(--mr-accent) 26%, transparent), var(--mr-shadow); }
  :host([data-selected]) { border-color: var(--mr-accent); box-shadow: 0 0 0 3px color-mix(in srgb, var(--mr-accent) 20%, transparent), var(--mr-shadow); }
  :host([data-dragged]) { z-index: 3; box-shadow: var(--mr-shadow-high); }
  :host([data-dim]) { opacity: 0.82; transition-delay: 120ms; }
  :host([data-flash]) { animation: flash 1.1s ease-out; }
  @keyframes flash {
    from { outline: 3px solid color-mix(in srgb, var(--mr-running) 85%, transparent); outline-offset: 0; }
    to { outline: 3px solid color-mix(in srgb, var(--mr-running) 0%, transparent); outline-offset: 7px; }
  }
  .head { display: flex; align-items: center; gap: 8px; min-height: 52px; padding: 8px 10px 8px 12px; border-bottom: 1px solid var(--mr-inner); cursor: grab; touch-action: none; border-radius: 12px 12px 0 0; }
  :host([data-dragged]) .head { cursor: grabbing; }
  .glyph {
    flex: none; display: grid; place-items: center; width: 26px; height: 26px; padding: 0; border: 0; border-radius: 7px; cursor: inherit;
    font: 600 11px / 1 var(--mr-mono); background: var(--mr-kind-input); color: var(--mr-kind-input-ink);
  }
  .glyph[data-glyph]::before { content: attr(data-glyph) / ""; }
  .kind-fn { background: var(--mr-kind-fn); color: var(--mr-kind-fn-ink); font: italic 600 14px / 1 Georgia, serif; }
  .kind-gradio { background: var(--mr-kind-gradio); color: var(--mr-kind-gradio-ink); }
  .kind-inference { background: var(--mr-kind-model); color: var(--mr-kind-model-ink); }
  .kind-choice, .kind-graph { background: var(--mr-kind-choice); color: var(--mr-kind-choice-ink); }
  .titles { flex: 1; min-width: 0; }
  h2 { margin: 0; text-align: left; font-size: 13px; font-weight: 600; line-height: 18px; }
  h2 a { display: inline-flex; align-items: center; gap: 3px; color: inherit; text-decoration: none; }
  h2 a:hover { color: var(--mr-accent); }
  .about { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden; line-height: 15px; overflow-wrap: anywhere; text-wrap: balance; }
  .took { flex: none; margin-left: -2px; color: var(--mr-quiet); font-size: 10.5px; }
  .row { position: relative; padding: 6px 12px 10px; }
  .row + .row, .log { border-top: 1px solid var(--mr-inner); }
  .row.preview, .row.name { padding: 5px 12px; }
  .row.cause { box-shadow: inset 3px 0 var(--mr-stale); background: color-mix(in srgb, var(--mr-stale-on) 60%, transparent); }
  .brief { display: flex; align-items: center; gap: 8px; min-height: 20px; font-size: 11.5px; }
  .brief .name { flex: none; max-width: 60%; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; color: var(--mr-ink-2); }
  .came { color: var(--mr-quiet); flex: 1; }
  .thumb { display: block; max-height: 20px; max-width: 72px; border-radius: 4px; background: var(--mr-check); }
  .thumbs { display: flex; gap: 3px; }
  .thumbs .thumb { width: 20px; height: 20px; object-fit: cover; }
  .sign { flex: none; display: grid; place-items: center; }
  .chips { display: flex; border-radius: 4px; overflow: hidden; }
  .chip { flex: none; width: 14px; height: 14px; border-radius: 4px; }
  .chips .chip { border-radius: 0; }
  .pale { opacity: 0.5; }
  .dot {
    position: absolute; z-index: 1; top: 11px; width: 10px; height: 10px; border: 2px solid var(--mr-ink-3); border-radius: 50%; background: var(--mr-card);
    transition: border-color 160ms, background 160ms;
  }
  .preview .dot, .row.name .dot { top: 10px; }
  .dot.in { left: -5.5px; }
  .dot.out { right: -5.5px; }
  .dot.ready { border-color: var(--mr-accent); background: var(--mr-accent); }
  .dot.stale { border-color: var(--mr-stale); }
  .dot.pending { border-color: var(--mr-running); }
  .dot.failed { border-color: var(--mr-failed); }
  .dot.loose { border-width: 1.5px; width: 8px; height: 8px; margin: 1px; }
  .dot.loose.ready { background: var(--mr-card); border-color: var(--mr-ink-3); }
  .way { display: flex; align-items: center; justify-content: space-between; width: 100%; min-height: 33px; padding: 4px 10px 4px 12px; border: 0; border-top: 1px solid var(--mr-inner); background: none; color: var(--mr-ink-2); font-size: 12px; text-align: left; border-radius: 0 0 11px 11px; }
  .way:not(:last-child) { border-radius: 0; }
  .way:hover { background: var(--mr-accent-on); color: var(--mr-accent); }
  .way:active { filter: brightness(0.96); }
  .way:focus-visible { outline-offset: -2px; }
  .log { font-size: 11.5px; }
  summary { padding: 6px 12px; color: var(--mr-ink-2); font-weight: 500; border-radius: 0 0 12px 12px; }
  summary .quiet { font-weight: 400; }
  pre { margin: 0 12px 10px; padding: 8px 10px; max-height: 160px; overflow: auto; border-radius: 8px; background: var(--mr-field); border: 1px solid var(--mr-line); font: 400 11px / 1.5 var(--mr-mono); white-space: pre-wrap; overflow-wrap: anywhere; }
  @media (prefers-reduced-motion: reduce) {
    :host, .dot { transition: none; }
    :host([data-flash]) { animation: none; outline: 3px solid color-mix(in srgb, var(--mr-running) 60%, transparent); }
  }
`;
