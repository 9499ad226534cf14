/** A line that is said in a film: the words, when, and from there it plays. */
import { html } from "htm/preact";
import { clock } from "../format.js";
import { snippetParts } from "../snippet.js";
import { t } from "../strings_search.js";
import { episodeCode, joinDots } from "../words.js";
import { Cover } from "./cover.js";
import { Icon } from "./icon.js";

/** @import { LineFound } from "../search_sections.js" */

/** @param {{ hit: LineFound }} props */
export function LineHit({ hit }) {
  const second = Math.floor(hit.start);
  const isEpisode = hit.media_type === "episode";
  const title = isEpisode ? (hit.show_title ?? hit.title) : hit.title;
  const rest = isEpisode ? joinDots([episodeCode(hit), hit.title]) : joinDots([hit.year ? String(hit.year) : null, hit.show_title]);
  return html`<a class="line-hit" href=${`/play/${hit.id}?t=${second}`}>
    <span class="line-hit__art" aria-hidden="true">
      <${Cover} id=${hit.id} title="" hue=${hit.hue} artwork=${hit.artwork} shape="wide" />
      <span class="line-hit__play"><${Icon} name="play" filled /></span>
      <span class="line-hit__time">${clock(second)}</span>
    </span>
    <span class="line-hit__words">
      <span class="unseen">${t("search.playFrom", { time: clock(second) })}</span>
      <q class="line-hit__quote"><bdi>${snippetParts(hit.snippet).map((part) => (part.isHit ? html`<mark>${part.text}</mark>` : part.text))}</bdi></q>
      <span class="line-hit__title">${title}${rest && html`<span class="line-hit__rest"> · ${rest}</span>`}</span>
    </span>
  </a>`;
}
