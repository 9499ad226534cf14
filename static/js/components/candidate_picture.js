/** The picture of a candidate, or its name on a colour. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";

/** @import { Candidate } from "../types_works.js" */

/** @param {{ candidate: Candidate, named?: boolean }} props `named` puts the name on a cover without a picture */
export function CandidatePicture({ candidate, named = false }) {
  const [broken, setBroken] = useState(/** @type {string | null} */ (null));
  const { picture, title, kind } = candidate;
  return html`<span class=${`proposal__art ${kind === "album" ? "proposal__art--square" : ""}`} aria-hidden="true">
    <span class="cover" style=${{ "--h": hueOf(title) }}>
      ${picture && picture !== broken
        ? html`<img class="cover__picture" src=${picture} alt="" decoding="async" onError=${() => setBroken(picture)} />`
        : named && html`<span class="cover__title">${title}</span>`}
    </span>
  </span>`;
}

/** A colour that is the same for the same name, 0..359. @param {string} name */
const hueOf = (name) => [...name].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 360, 7);
