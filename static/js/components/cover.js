/** The picture of a medium, or a quiet generated cover: its title on a colour from its id. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { posterUrl, stillUrl } from "../api.js";
import { blurOf } from "../placeholder.js";

/** @import { Artwork } from "../types.js" */

/**
 * @param {{ id: string | null, title: string, note?: string | null, hue: number, artwork: Artwork,
 *   shape: "poster" | "wide" | "square", eager?: boolean, picture?: string | null }} props `picture` is the address of one that belongs to no medium
 */
export function Cover({ id, title, note, hue, artwork, shape, eager = false, picture = null }) {
  const [broken, setBroken] = useState(/** @type {string | null} */ (null));
  const source = picture ?? (id && pictureFor(id, artwork, shape));
  const shown = source && source !== broken;
  return html`<span class="cover" aria-hidden="true" style=${{ "--h": hue, "--blur": shown ? blurOf(artwork.placeholder) : undefined }}>
    ${shown
      ? html`<img
          class="cover__picture"
          src=${source}
          alt=""
          loading=${eager ? "eager" : "lazy"}
          decoding="async"
          onError=${() => setBroken(source)}
        />`
      : html`<span class="cover__note">${note}</span><span class="cover__title">${title}</span>`}
  </span>`;
}

/** @param {string} id @param {Artwork} artwork @param {"poster" | "wide" | "square"} shape */
function pictureFor(id, artwork, shape) {
  // A part of the poster is more of a picture than a colour.
  if (shape === "wide") return artwork.still ? stillUrl(id, 780) : artwork.poster ? posterUrl(id, 780) : null;
  return artwork.poster ? posterUrl(id, 342) : null;
}
