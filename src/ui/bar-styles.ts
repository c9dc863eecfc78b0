/** How the bar is painted; on a phone it takes two lines. */
import { css } from "lit";

export const barStyles = css`
  :host { display: block; position: relative; z-index: 5; font: 400 13px / 1.45 var(--mr-sans); color: var(--mr-ink); }
  header { display: flex; align-items: center; gap: 8px; height: 52px; padding: 0 16px; background: var(--mr-card); border-bottom: 1px solid var(--mr-line); }
  .open { flex: 1; display: flex; align-items: center; gap: 8px; min-width: 0; }
  .logo { flex: none; color: var(--mr-accent); }
  h1 { margin: 0 0 0 2px; font-size: 14px; font-weight: 650; letter-spacing: -0.005em; flex: 0 4 auto; }
  .slash { color: var(--mr-ink-3); margin: 0 2px; }
  mr-sheets { flex: 0 1 auto; }
  .connection { display: flex; align-items: center; gap: 7px; margin-left: 6px; font-size: 11.5px; color: var(--mr-quiet); white-space: nowrap; }
  .connection .dot { width: 7px; height: 7px; border-radius: 50%; background: var(--mr-accent); }
  .waits .dot { background: var(--mr-stale); }
  .lost { color: var(--mr-failed-ink); font-weight: 500; }
  .lost .dot { background: var(--mr-failed); }
  .actions { display: flex; gap: 8px; flex: none; }
  .stop .icon { color: var(--mr-ink); }
  @media (max-width: 640px) {
    header { flex-wrap: wrap; height: auto; padding: 8px 12px; gap: 6px 8px; }
    .open, .actions { flex: 1 0 100%; }
    .actions .primary { flex: 1; }
    .button { height: 36px; }
    .button.icon-only { width: 36px; }
    mr-sheets { min-width: 84px; max-width: 130px; }
  }
`;
