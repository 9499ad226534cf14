/** One icon of the kept set; it says nothing by itself, its control carries the name. */
import { html } from "htm/preact";

const SPRITE = new URL("../../vendor/icons.svg", import.meta.url).pathname;

/** What shows a way along the lines, which run the other way in some languages. */
const POINTING = new Set(["arrow-left", "chevron-left", "chevron-right", "log-out", "undo-2"]);

/** @param {{ name: string, filled?: boolean }} props */
export function Icon({ name, filled = false }) {
  return html`<svg class=${`glyph${filled ? " glyph--filled" : ""}${POINTING.has(name) ? " glyph--pointing" : ""}`} viewBox="0 0 24 24" aria-hidden="true">
    <use href=${`${SPRITE}#${name}`} />
  </svg>`;
}
