/** Where the playing medium is, with its chapters; drag, tap or arrow to another place. */
import { html } from "htm/preact";
import { useRef, useState } from "preact/hooks";
import { spokenClock } from "../format.js";
import { length, loaded, position, seek } from "../player.js";
import { t } from "../strings.js";
import { typed } from "../typed.js";
import { SeekHint } from "./seek_hint.js";

/** @import { Timeline } from "../player/timeline.js" */
/** @import { Chapter } from "../types.js" */

/** @param {{ chapters?: Chapter[], timeline?: Timeline | null, compact?: boolean }} props */
export function SeekBar({ chapters = [], timeline = null, compact = false }) {
  const [dragged, setDragged] = useState(/** @type {number | null} */ (null));
  const [pointed, setPointed] = useState(/** @type {number | null} */ (null));
  const box = useRef(/** @type {HTMLDivElement | null} */ (null));
  const whole = length.value || 1;
  const now = dragged ?? position.value;
  const hint = dragged ?? pointed;

  /** @param {PointerEvent} event */
  const point = (event) => {
    const area = box.current?.getBoundingClientRect();
    if (!area || event.pointerType === "touch") return;
    setPointed(Math.min(1, Math.max(0, (event.clientX - area.left) / area.width)) * whole);
  };
  /** @param {Event} event */
  const commit = (event) => {
    seek(Number(/** @type {HTMLInputElement} */ (event.target).value));
    setDragged(null);
  };
  return html`<div
    class=${compact ? "seek seek--compact" : "seek"}
    ref=${box}
    style=${{ "--now": now / whole, "--loaded": Math.max(loaded.value, now) / whole, "--hint": (hint ?? 0) / whole }}
    onPointerMove=${point}
    onPointerLeave=${() => setPointed(null)}
  >
    <span class="seek__track">
      <span class="seek__loaded"></span>
      ${timeline?.markers.map((part) => html`<span
        key=${part.start}
        class="seek__part"
        style=${{ "--from": part.start / whole, "--until": Math.min(1, part.end / whole) }}
      ></span>`)}
      <span class="seek__now"></span>
    </span>
    ${chapters.slice(1).map((chapter) => html`<span
      key=${chapter.start}
      class="seek__chapter"
      style=${{ "--at": chapter.start / whole }}
    ></span>`)}
    ${hint !== null && html`<${SeekHint} at=${hint} chapters=${chapters} previews=${timeline?.trickplay ?? null} />`}
    <input
      class="seek__input"
      type="range"
      min="0"
      max=${whole}
      step="any"
      value=${now}
      aria-label=${t("player.seek")}
      aria-valuetext=${t("player.at", { now: spokenClock(now), whole: spokenClock(whole) })}
      onInput=${typed((value) => setDragged(Number(value)))}
      onChange=${commit}
    />
  </div>`;
}
