/** The wide picture behind a title; without a still, a quiet evening in the colour of the medium. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { stillUrl } from "../api.js";

/** @param {{ id: string | null, hue: number, still: boolean }} props */
export function Backdrop({ id, hue, still }) {
  const [broken, setBroken] = useState(/** @type {string | null} */ (null));
  return html`<span class="backdrop" style=${{ "--h": hue }} aria-hidden="true">
    ${id && still && broken !== id
      ? html`<img
        class="backdrop__picture"
        src=${stillUrl(id, 1280)}
        alt=""
        fetchpriority="high"
        onError=${() => setBroken(id)}
      />`
      : html`<span class="backdrop__hill"></span>`}
  </span>`;
}
