/** Something found inside a text: what it is, and the words around the hit. */
import { html } from "htm/preact";
import { snippetParts } from "../snippet.js";
import { t } from "../strings.js";
import { cardHref, joinDots } from "../words.js";
import { Cover } from "./cover.js";

/** @import { Card } from "../types.js" */

/** @param {{ hit: Card & { snippet: string } }} props */
export function TextHit({ hit }) {
  const isWide = hit.artwork.still && !hit.artwork.poster;
  return html`<a class="text-hit" href=${cardHref(hit)}>
    <span class="text-hit__art"><${Cover}
      id=${hit.id}
      title=""
      hue=${hit.hue}
      artwork=${hit.artwork}
      shape=${isWide ? "wide" : "square"}
    /></span>
    <span class="text-hit__words">
      <span class="text-hit__title">${hit.title}</span>
      <span class="text-hit__sub">${joinDots([t(`kind.${hit.media_type}`), hit.show_title ?? hit.artist])}</span>
      <span class="text-hit__snippet">${snippetParts(hit.snippet).map((part) => (part.isHit ? html`<mark>${part.text}</mark>` : part.text))}</span>
    </span>
  </a>`;
}
