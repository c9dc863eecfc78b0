/** How the page is divided, and what stands above it. */
import { css } from "lit";

export const appStyles = css`
  :host { display: flex; flex-direction: column; height: 100dvh; font: 400 13px / 1.45 var(--mr-sans); color: var(--mr-ink); }
  mr-bar { flex: none; }
  main { position: relative; flex: 1; min-height: 0; display: flex; }
  mr-canvas { flex: 1; min-width: 0; }
  mr-drawer { flex: none; }
  .notices { position: relative; z-index: 4; display: grid; gap: 2px; padding: 8px 48px 8px 16px; background: var(--mr-stale-on); color: var(--mr-stale-ink); border-bottom: 1px solid var(--mr-line); font-size: 12px; }
  .notices p { margin: 0; overflow-wrap: anywhere; }
  .notices button { position: absolute; top: 6px; right: 12px; display: grid; place-items: center; width: 24px; height: 24px; padding: 0; border: 0; border-radius: 6px; background: none; }
  .notices button:hover { background: color-mix(in srgb, var(--mr-stale) 18%, transparent); }
  .wait { margin: auto; color: var(--mr-quiet); }
  .over { position: absolute; inset: 0; z-index: 6; display: grid; place-content: center; justify-items: center; padding: 24px; text-align: center; background: color-mix(in srgb, var(--mr-bg) 88%, transparent); }
  .over h2 { margin: 0 0 6px; max-width: 460px; font-size: 16px; }
  .over p { margin: 0; max-width: 420px; color: var(--mr-ink-2); }
  .toasts { position: absolute; z-index: 7; left: 50%; bottom: 24px; translate: -50% 0; max-width: min(520px, calc(100% - 32px)); }
  .toast { display: flex; align-items: flex-start; gap: 12px; padding: 10px 10px 10px 14px; border-radius: 10px; background: var(--mr-ink); color: var(--mr-card); box-shadow: var(--mr-shadow-high); animation: rise 160ms ease-out; }
  .toast span { overflow-wrap: anywhere; }
  .toast button { flex: none; display: grid; place-items: center; width: 22px; height: 22px; padding: 0; border: 0; border-radius: 6px; background: none; }
  .toast button:hover { background: color-mix(in srgb, var(--mr-card) 18%, transparent); }
  @keyframes rise { from { transform: translateY(8px); opacity: 0; } }
  @media (prefers-reduced-motion: reduce) { .toast { animation: none; } }
  @media (max-width: 640px) { .toasts { bottom: 64px; width: calc(100% - 32px); } }
`;
