/** One podcast on the shelf, with how much of it is unheard. */
import { html } from "htm/preact";
import { number, when } from "../format.js";
import { t } from "../strings.js";
import { Icon } from "./icon.js";
import { PodcastCover } from "./podcast_cover.js";

/** @import { Podcast } from "../types.js" */

/** @param {{ podcast: Podcast }} props */
export function PodcastCard({ podcast }) {
  const { unheard_count, newest_at, is_dead, error, moved_to } = podcast;
  const trouble = is_dead || moved_to !== null || error !== null;
  return html`<a class="card card--square" href=${`/podcasts/${podcast.id}`}>
    <span class="card__art">
      <${PodcastCover} podcast=${podcast} />
      ${unheard_count > 0 && html`<span class="unheard" aria-hidden="true">${number(unheard_count)}</span>`}
      ${trouble && html`<span class="card__mark card__mark--warn"><${Icon} name="triangle-alert" /></span>`}
    </span>
    <span class="card__title" dir="auto">${podcast.title}</span>
    <span class="card__sub">${newest_at ? when(newest_at) : podcast.author}${unheard_count > 0 && html`<span class="unseen">, ${t("count.unheard", { count: unheard_count })}</span>`}</span>
  </a>`;
}
