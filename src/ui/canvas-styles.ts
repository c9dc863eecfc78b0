/** How the ground of the canvas is painted: dots every 22 pixels. */
import { css } from "lit";
import { origin } from "./pan-zoom.ts";

export const canvasStyles = css`
  :host { position: relative; display: block; min-height: 0; container-type: inline-size; }
  .screen {
    position: absolute; inset: 0; overflow: hidden; cursor: grab; touch-action: none; background-color: var(--mr-bg);
    background-image: radial-gradient(circle at 1px 1px, var(--mr-grid) 1px, transparent 1.2px); background-size: 22px 22px;
  }
  .screen:focus-visible { outline-offset: -3px; }
  .screen.panning { cursor: grabbing; }
  .screen.panning .world { will-change: transform; }
  .ground { position: absolute; top: 0; left: 0; width: calc(100% + ${2 * origin}px); height: calc(100% + ${2 * origin}px); pointer-events: none; }
  .ground > * { pointer-events: auto; }
  .world { position: absolute; top: ${origin}px; left: ${origin}px; width: 0; height: 0; transform-origin: 0 0; }
  .world.unready { visibility: hidden; }
  mr-card { cursor: auto; }
  .nothing { position: absolute; inset: 0; display: grid; place-items: center; margin: 0; color: var(--mr-quiet); pointer-events: none; z-index: 1; }
  mr-corner { position: absolute; left: 16px; bottom: 16px; }
  mr-minimap { position: absolute; right: 16px; bottom: 16px; }
  /* Also on a wide screen, with a drawer beside it. */
  @container (max-width: 640px) {
    mr-minimap { display: none; }
    mr-corner { left: 12px; bottom: 12px; }
  }
`;
