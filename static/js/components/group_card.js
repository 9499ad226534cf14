/** One show, album or channel on a shelf or in a grid. */
import { html } from "htm/preact";
import { groupSubtitle } from "../words.js";
import { Cover } from "./cover.js";

/** @import { Group } from "../types.js" */

const SHAPES = /** @type {const} */ ({ show: "poster", album: "square", channel: "wide" });
const PLACES = { show: "shows", album: "music", channel: "videos" };

/** @param {{ group: Group }} props */
export function GroupCard({ group }) {
  const shape = SHAPES[group.kind];
  const place = PLACES[group.kind];
  return html`<a class=${`card card--${shape}`} href=${`/${place}/${encodeURIComponent(group.key)}`}>
    <span class="card__art">
      <${Cover}
        id=${group.cover_media_id}
        title=${group.title}
        hue=${group.hue}
        artwork=${group.artwork}
        shape=${shape}
      />
    </span>
    <span class="card__title">${group.title}</span>
    <span class="card__sub">${groupSubtitle(group)}</span>
  </a>`;
}
