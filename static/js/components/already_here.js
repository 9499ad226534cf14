/** What the library has already, instead of a second copy of it. */
import { html } from "htm/preact";
import { api } from "../api.js";
import { useResource } from "../resource.js";
import { libraryRevision } from "../store.js";
import { t } from "../strings.js";
import { cardSubtitle, cardTitle } from "../words.js";
import { Cover } from "./cover.js";
import { ErrorState } from "./error_state.js";
import { Icon } from "./icon.js";
import { TextSkeleton } from "./skeleton.js";

/** @import { Children, Media } from "../types.js" */

const WIDE = new Set(["video", "episode", "article"]);
const POSTER = new Set(["movie", "book"]);

/** @param {{ id: string, children?: Children }} props children are what else can be done */
export function AlreadyHere({ id, children }) {
  const resource = useResource(`media:${id}`, (options) => api.media(id, options), libraryRevision.value);
  if (resource.error && !resource.value) return html`<${ErrorState}
    error=${resource.error}
    onRetry=${resource.reload}
  />`;
  if (!resource.value) return html`<${TextSkeleton} lines=${2} />`;
  const media = resource.value;
  const shape = shapeOf(media);
  return html`<section class="finding" aria-label=${t("add.existing")}>
    <div class=${`finding__head finding__head--${shape}`}>
      <span class=${`finding__picture finding__picture--${shape}`}><${Cover}
        id=${media.id}
        title=${media.title}
        hue=${media.hue}
        artwork=${media.artwork}
        shape=${shape}
      /></span>
      <div class="finding__words">
        <p class="finding__kind finding__kind--good"><${Icon} name="circle-check" />${t("add.existing")}</p>
        <h2 class="finding__title">${cardTitle(media)}</h2>
        <p class="finding__facts"><span>${cardSubtitle(media)}</span></p>
      </div>
    </div>
    <div class="finding__foot">
      <a class="button button--accent" href=${`/item/${media.id}`}>${t("add.open")}</a>
      ${children}
    </div>
  </section>`;
}

/** @param {Media} media */
function shapeOf(media) {
  if (WIDE.has(media.media_type)) return "wide";
  return POSTER.has(media.media_type) ? "poster" : "square";
}
