/**
 * `<mr-sound>`: plays a sound: a button, how far it is over the outline of the sound, and how long it takes. The outline is
 * worked out here from the sound itself, once it is looked at; a sound too large, or one that the browser cannot read ahead,
 * has a plain line.
 *
 * Properties: `src`, `name` (for assistive technology).
 */
import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { icon } from "../icons.ts";
import { base } from "../styles.ts";
import { clock, outline } from "./wave.ts";

/** Bytes of the largest sound that is read whole for its outline. */
const largest = 12 * 1024 * 1024;
const bars = 44;

export class Sound extends LitElement {
  static override properties = {
    src: {},
    name: {},
    bars: { state: true },
    at: { state: true },
    length: { state: true },
    plays: { state: true },
    broken: { state: true },
  };
  declare src: string;
  declare name: string;
  declare bars: readonly number[] | null;
  /** Seconds. */
  declare at: number;
  declare length: number;
  declare plays: boolean;
  declare broken: boolean;

  readonly #audio = new Audio();
  #outlined = "";

  constructor() {
    super();
    this.bars = null;
    this.at = 0;
    this.length = 0;
    this.plays = false;
    this.broken = false;
    const audio = this.#audio;
    audio.preload = "metadata";
    const look = () => {
      this.at = audio.currentTime;
      this.plays = !audio.paused && !audio.ended;
      if (Number.isFinite(audio.duration)) this.length = audio.duration;
    };
    for (const event of ["timeupdate", "play", "pause", "ended", "loadedmetadata", "durationchange", "seeked"])
      audio.addEventListener(event, look);
    audio.addEventListener("error", () => {
      this.broken = audio.error !== null && audio.hasAttribute("src");
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#audio.pause();
  }

  override willUpdate(): void {
    if (this.#audio.getAttribute("src") === this.src) return;
    this.bars = null;
    this.broken = false;
    this.length = 0;
    this.#audio.src = this.src;
    void this.#outline(this.src);
  }

  override render(): TemplateResult {
    const { plays, name, length, at, broken } = this;
    if (broken) return html`<span class="quiet">This browser cannot play this sound</span>`;
    const words = plays ? `Pause ${name}` : `Play ${name}`;
    const part = length > 0 ? at / length : 0;
    return html`<button class="play" aria-label=${words} title=${plays ? "Pause" : "Play"} @click=${this.#turn}>${icon(plays ? "pause" : "play", 13)}</button>
      <div class="track">${this.#line(part)}
        <input type="range" aria-label="Position in ${name}" aria-valuetext="${clock(at)} of ${clock(length)}" min="0" max=${length || 1} step="any" .value=${String(at)} ?disabled=${length === 0} @input=${this.#sought} /></div>
      <span class="mono time">${plays || at > 0 ? clock(at) : clock(length)}</span>`;
  }

  #line(part: number): TemplateResult {
    const { bars } = this;
    if (!bars) return html`<div class="plain"><div style="width:${part * 100}%"></div></div>`;
    return html`<div class="bars" aria-hidden="true">${bars.map((high, i) => html`<i class=${i / bars.length < part ? "past" : nothing} style="height:${Math.max(8, high * 100)}%"></i>`)}</div>`;
  }

  #turn = (): void => {
    if (this.#audio.paused) void this.#audio.play().catch(() => undefined);
    else this.#audio.pause();
  };
  #sought = (event: Event): void => {
    this.#audio.currentTime = Number((event.target as HTMLInputElement).value);
  };

  async #outline(src: string): Promise<void> {
    // One from the person's own disk stands in for a moment only.
    if (this.#outlined === src || src.startsWith("blob:")) return;
    this.#outlined = src;
    try {
      const answer = await fetch(src);
      if (!answer.ok || Number(answer.headers.get("content-length") ?? 0) > largest) return;
      const sound = await new OfflineAudioContext(1, 1, 8000).decodeAudioData(await answer.arrayBuffer());
      if (this.src === src) this.bars = outline(sound.getChannelData(0), bars);
    } catch {
      // A plain line will do.
    }
  }

  static override styles = [
    base,
    css`
      :host { display: flex; align-items: center; gap: 8px; min-width: 0; height: 26px; }
      .play { flex: none; display: grid; place-items: center; width: 24px; height: 24px; padding: 0; border: 0; border-radius: 50%; background: none; color: var(--mr-accent); }
      .play:hover { background: var(--mr-accent-on); }
      .play:active { filter: brightness(0.93); }
      .track { position: relative; flex: 1; min-width: 0; height: 22px; display: flex; align-items: center; border-radius: 6px; }
      .track:has(:focus-visible) { outline: 2px solid var(--mr-accent); outline-offset: 2px; }
      input { position: absolute; inset: 0; width: 100%; height: 100%; margin: 0; opacity: 0; cursor: pointer; }
      .bars { display: flex; align-items: center; gap: 1px; width: 100%; height: 18px; }
      i { flex: 1; min-width: 1px; border-radius: 1px; background: var(--mr-ink-3); }
      .past { background: var(--mr-accent); }
      .plain { width: 100%; height: 3px; border-radius: 2px; background: var(--mr-line); overflow: hidden; }
      .plain div { height: 100%; background: var(--mr-accent); }
      .time { flex: none; min-width: 30px; text-align: right; color: var(--mr-quiet); }
    `,
  ];
}
customElements.define("mr-sound", Sound);
