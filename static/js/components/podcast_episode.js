/** One episode in the list of its podcast. */
import { html } from "htm/preact";
import { hearEpisode, now, starEpisode } from "../episodes.js";
import { date, duration, timeLeft } from "../format.js";
import { said } from "../said.js";
import { mayRip } from "../store.js";
import { t } from "../strings.js";
import { EpisodeButton } from "./episode_button.js";
import { IconButton } from "./icon_button.js";
import { ProgressBar } from "./progress_bar.js";

/** @import { Episode } from "../types.js" */

/** @param {{ episode: Episode }} props */
export function PodcastEpisode({ episode: loaded }) {
  const episode = now(loaded);
  const { title, starred, heard, progress, media_id } = episode;
  const begun = !heard && progress !== null && progress.position >= 1 && !progress.finished;
  const whole = episode.duration ?? progress?.duration ?? 0;
  return html`<div class=${heard ? "ep ep--heard" : "ep"} data-media=${media_id ?? undefined}>
    <${EpisodeButton} episode=${episode} mayFetch=${mayRip.value} />
    <a class="ep__words" href=${`/podcasts/${episode.podcast_id}/${episode.id}`}>
      <span class="ep__title">${title}</span>
      <span class="ep__facts">${facts(episode, begun, whole).map((fact) => html`<span key=${fact}>${fact}</span>`)}</span>
      ${begun && whole > 0 && html`<${ProgressBar} value=${(progress.position / whole) * 100} />`}
      ${mayRip.value && episode.error && html`<span class="ep__error">${said(episode.error)}</span>`}
    </a>
    <span class="ep__end">
      <${IconButton}
        icon="star"
        filled=${starred}
        class=${starred ? "icon--on" : ""}
        pressed=${starred}
        label=${t("episode.star", { title })}
        title=${starred ? t("episode.starredShort") : t("episode.starShort")}
        onClick=${() => starEpisode(episode, !starred)}
      />
      <${IconButton}
        icon=${heard ? "circle-check" : "check"}
        class=${heard ? "icon--on" : ""}
        pressed=${heard}
        label=${t("episode.hear", { title })}
        title=${heard ? t("episode.heardShort") : t("episode.hearShort")}
        onClick=${() => hearEpisode(episode, !heard)}
      />
    </span>
  </div>`;
}

/** @param {Episode} episode @param {boolean} begun @param {number} whole */
function facts({ published_at, state, progress }, begun, whole) {
  return [
    published_at ? date(published_at) : null,
    begun && progress ? timeLeft(whole - progress.position) : whole ? duration(whole) : null,
    state === "removed" ? t("episode.removed") : null,
  ].filter((fact) => fact !== null);
}
