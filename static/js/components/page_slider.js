/** The pages of a book as a line to slide along. */
import { html } from "htm/preact";
import { t } from "../strings.js";

/**
 * @param {{ page: number, pages: number, text: string, isBackwards?: boolean, onGo: (page: number) => void }} props
 *   `page` from 0; `isBackwards` when the first page is at the right
 */
export function PageSlider({ page, pages, text, isBackwards = false, onGo }) {
  return html`<div class="reader__turns">
    <input
      class="slider"
      type="range"
      min="1"
      max=${pages}
      step="1"
      dir=${isBackwards ? "rtl" : undefined}
      value=${page + 1}
      aria-label=${t("book.goToPage")}
      aria-valuetext=${text}
      style=${{ "--value": pages > 1 ? page / (pages - 1) : 1 }}
      onInput=${(/** @type {any} */ event) => onGo(Number(event.target.value) - 1)}
    />
    <span class="reader__page">${text}</span>
  </div>`;
}
