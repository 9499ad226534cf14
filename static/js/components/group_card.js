/** One show, album, artist or channel on a shelf or in a grid. */
import { html } from "htm/preact";
import { showImageUrl } from "../api.js";
import { number } from "../format.js";
import { t } from "../strings.js";
import { groupSubtitle } from "../words.js";
import { Cover } from "./cover.js";
import { Icon } from "./icon.js";

/** @import { Group } from "../types.js" */

const SHAPES = /** @type {const} */ ({ show: "poster", album: "square", channel: "wide", artist: "square" });
const PLACES = { show: "shows", album: "music", channel: "videos", artist: "artists" };

/** Where a group leads. @param {Group} group */
export const groupHref = (group) => `/${PLACES[group.kind]}/${encodeURIComponent(group.key)}`;

/** @param {{ group: Group, subtitle?: string }} props */
export function GroupCard({ group, subtitle = groupSubtitle(group) }) {
  const shape = SHAPES[group.kind];
  return html`<a class=${`card card--${shape}`} href=${groupHref(group)}>
    <span class=${`card__art ${group.kind === "artist" ? "card__art--round" : ""}`}>
      <${Cover}
        id=${group.cover_media_id}
        title=${group.title}
        hue=${group.hue}
        artwork=${group.artwork}
        shape=${shape}
        picture=${group.kind === "show" && group.has_poster ? showImageUrl(group.key, "poster", 342) : null}
      />
      <${Unseen} group=${group} />
    </span>
    <span class="card__title" dir="auto">${group.title}</span>
    <span class="card__sub">${subtitle}</span>
  </a>`;
}

/** How much of a show is left to watch, or that nothing is. @param {{ group: Group }} props */
function Unseen({ group: { kind, count, watched } }) {
  if (kind !== "show" || !watched) return null;
  const left = count - watched;
  if (left <= 0) return html`<span class="card__mark" title=${t("card.seen")}><${Icon} name="check" /></span>`;
  return html`<span class="unheard" title=${t("card.left", { count: left })}>${number(left)}</span>`;
}
