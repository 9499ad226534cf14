/** One episode of a season. */
import { html } from "htm/preact";
import { duration, timeLeft } from "../format.js";
import { t } from "../strings.js";
import { episodeCode, secondsLeft, watched } from "../words.js";
import { Cover } from "./cover.js";
import { Icon } from "./icon.js";
import { ProgressBar } from "./progress_bar.js";

/** @import { Card } from "../types.js" */

/** @param {{ episode: Card }} props */
export function EpisodeRow({ episode }) {
  const left = secondsLeft(episode);
  const done = watched(episode);
  return html`<li class="episode">
    <a class="episode__art" href=${`/play/${episode.id}`}>
      <span class="unseen">${t("action.playTitle", { title: episode.title })}</span>
      <${Cover}
        id=${episode.id}
        title=${episodeCode(episode)}
        hue=${episode.hue}
        artwork=${episode.artwork}
        shape="wide"
      />
      <span class="card__play"><${Icon} name="play" filled /></span>
      ${done !== null && done < 100 && html`<${ProgressBar} value=${done} />`}
    </a>
    <a class="episode__words" href=${`/item/${episode.id}`}>
      <span class="episode__title">${episode.episode != null && html`<span class="episode__number">${episode.episode}.</span>`} ${episode.title}</span>
      <span class="episode__facts">${left === null ? duration(episode.duration) : timeLeft(left)}${done === 100 ? ` · ${t("card.seen")}` : ""}</span>
    </a>
  </li>`;
}
