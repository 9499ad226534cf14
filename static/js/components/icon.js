/** One icon of the kept set; it says nothing by itself, its control carries the name. */
import { html } from "htm/preact";

const SPRITE = new URL("../../vendor/icons.svg", import.meta.url).pathname;

/** @param {{ name: string, filled?: boolean }} props */
export function Icon({ name, filled = false }) {
  return html`<svg class=${filled ? "glyph glyph--filled" : "glyph"} viewBox="0 0 24 24" aria-hidden="true">
    <use href=${`${SPRITE}#${name}`} />
  </svg>`;
}
