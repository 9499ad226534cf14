/** One show, album, artist or channel on a shelf or in a grid. */
import { html } from "htm/preact";
import { showImageUrl } from "../api.js";
import { groupSubtitle } from "../words.js";
import { Cover } from "./cover.js";

/** @import { Group } from "../types.js" */

const SHAPES = /** @type {const} */ ({ show: "poster", album: "square", channel: "wide", artist: "square" });
const PLACES = { show: "shows", album: "music", channel: "videos", artist: "artists" };

/** @param {{ group: Group, subtitle?: string }} props */
export function GroupCard({ group, subtitle = groupSubtitle(group) }) {
  const shape = SHAPES[group.kind];
  const place = PLACES[group.kind];
  return html`<a class=${`card card--${shape}`} href=${`/${place}/${encodeURIComponent(group.key)}`}>
    <span class=${`card__art ${group.kind === "artist" ? "card__art--round" : ""}`}>
      <${Cover}
        id=${group.cover_media_id}
        title=${group.title}
        hue=${group.hue}
        artwork=${group.artwork}
        shape=${shape}
        picture=${group.kind === "show" && group.has_poster ? showImageUrl(group.key, "poster", 342) : null}
      />
    </span>
    <span class="card__title">${group.title}</span>
    <span class="card__sub">${subtitle}</span>
  </a>`;
}
