/** A show: its seasons and their episodes. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { api } from "../api.js";
import { Backdrop } from "../components/backdrop.js";
import { Choice } from "../components/choice.js";
import { Cover } from "../components/cover.js";
import { EpisodeRow } from "../components/episode_row.js";
import { ErrorState } from "../components/error_state.js";
import { Icon } from "../components/icon.js";
import { PageSkeleton } from "../components/skeleton.js";
import { forgotten } from "../forgotten.js";
import { usePageTitle } from "../page_title.js";
import { place } from "../router.js";
import { useResource } from "../resource.js";
import { libraryRevision } from "../store.js";
import { t } from "../strings.js";
import { episodeCode, secondsLeft } from "../words.js";

/** @import { Card, Show } from "../types.js" */

export function ShowView() {
  const key = place.value.params.key ?? "";
  const resource = useResource(`show:${key}`, (options) => api.show(key, options), libraryRevision.value);
  if (resource.error && !resource.value) return html`<${ErrorState}
    error=${resource.error}
    onRetry=${resource.reload}
  />`;
  if (!resource.value) return html`<${PageSkeleton} />`;
  return html`<${ShowPage} key=${key} show=${resource.value} />`;
}

/** @param {{ show: Show }} props */
function ShowPage({ show }) {
  usePageTitle(show.title);
  const next = nextEpisode(show);
  const [season, setSeason] = useState(seasonName(next ? next.season : (show.seasons[0]?.season ?? null)));
  const count = show.seasons.reduce((sum, one) => sum + one.episodes.length, 0);
  const shown = show.seasons.find((one) => seasonName(one.season) === season) ?? show.seasons[0];
  return html`<article class="detail">
    <${Backdrop} id=${show.cover_media_id} hue=${show.hue} still=${show.artwork.still} />
    <div class="detail__head">
      <div class="detail__cover"><${Cover}
        id=${show.cover_media_id}
        title=${show.title}
        hue=${show.hue}
        artwork=${show.artwork}
        shape="poster"
        eager
      /></div>
      <div class="detail__words">
        <h1 class="detail__title">${show.title}</h1>
        <p class="detail__meta">
          ${show.year && html`<span>${show.year}</span>`}
          ${show.seasons.length > 1 && html`<span>${t("count.seasons", { count: show.seasons.length })}</span>`}
          <span>${t("count.episodes", { count })}</span>
        </p>
        ${next &&
        html`<div class="detail__actions">
          <a
            class="button button--accent"
            href=${`/play/${next.id}`}
          ><${Icon}
            name="play"
            filled
          />${secondsLeft(next) === null ? t("action.play") : t("action.resume")} ${episodeCode(next)}</a>
        </div>`}
      </div>
    </div>
    ${show.seasons.length > 1 &&
    html`<div class="section section--tools">
      <${Choice}
        quiet
        label=${t("show.season")}
        value=${season}
        options=${show.seasons.map((one) => ({ value: seasonName(one.season), label: seasonLabel(one.season) }))}
        onChange=${setSeason}
      />
    </div>`}
    <section class="section" aria-label=${t("show.episodes")}>
      <ul class="episodes">
        ${shown?.episodes.filter((one) => !forgotten.value.has(one.id)).map((one) => html`<${EpisodeRow}
          key=${one.id}
          episode=${one}
        />`)}
      </ul>
    </section>
  </article>`;
}

/** @param {number | null} season */
const seasonLabel = (season) => (season == null ? t("show.noSeason") : t("show.seasonNumber", { number: season }));

/** @param {number | null} season */
const seasonName = (season) => String(season ?? "none");

/** What was begun last, else the first that nobody has seen, else the first. @param {Show} show @returns {Card | undefined} */
function nextEpisode(show) {
  const all = show.seasons.flatMap((one) => one.episodes);
  const begun = all.filter((one) => secondsLeft(one) !== null);
  begun.sort((a, b) => (b.progress?.updated_at ?? 0) - (a.progress?.updated_at ?? 0));
  return begun[0] ?? all.find((one) => !one.progress?.finished) ?? all[0];
}
