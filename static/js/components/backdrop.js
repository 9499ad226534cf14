/** The wide picture behind a title; without a still, a quiet evening in the colour of the medium. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { backdropUrl, stillUrl } from "../api.js";

/** @param {{ id: string | null, hue: number, still: boolean, backdrop?: boolean, source?: string | null }} props
 *    `source` is the address of a picture that belongs to no medium */
export function Backdrop({ id, hue, still, backdrop = false, source = null }) {
  const [broken, setBroken] = useState(/** @type {string | null} */ (null));
  const shown = source ?? (id && backdrop ? backdropUrl(id, 1920) : id && still ? stillUrl(id, 1280) : null);
  return html`<span class="backdrop" style=${{ "--h": hue }} aria-hidden="true">
    ${shown && broken !== shown
      ? html`<img
        class="backdrop__picture"
        src=${shown}
        alt=""
        fetchpriority="high"
        onError=${() => setBroken(shown)}
      />`
      : html`<span class="backdrop__hill"></span>`}
  </span>`;
}
