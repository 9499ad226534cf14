/** A show: what it is, its seasons and their episodes, those that are missing, and who is in it. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { api, showImageUrl } from "../api.js";
import { works } from "../api_works.js";
import { AgeDialog } from "../components/age_dialog.js";
import { Backdrop } from "../components/backdrop.js";
import { CastShelf } from "../components/cast_shelf.js";
import { Choice } from "../components/choice.js";
import { Cover } from "../components/cover.js";
import { EpisodeRow } from "../components/episode_row.js";
import { ErrorState } from "../components/error_state.js";
import { Icon } from "../components/icon.js";
import { IdentifyDialog } from "../components/identify_dialog.js";
import { LongText } from "../components/long_text.js";
import { MissingEpisodes } from "../components/missing_episodes.js";
import { Popover, PopoverAction } from "../components/popover.js";
import { PageSkeleton } from "../components/skeleton.js";
import { SeasonAbout } from "../components/season_about.js";
import { SeenButton } from "../components/seen_button.js";
import { TagEditor } from "../components/tag_editor.js";
import { Genres, WorkMarks } from "../components/work_line.js";
import { forgotten } from "../forgotten.js";
import { identifyAgain } from "../identifying.js";
import { lazy } from "../lazy.js";
import { usePageTitle } from "../page_title.js";
import { place } from "../router.js";
import { useResource } from "../resource.js";
import { said } from "../said.js";
import { libraryRevision, mayRip } from "../store.js";
import { t as ages } from "../strings_ages.js";
import { t as lists } from "../strings_lists.js";
import { t as offline } from "../strings_offline.js";
import { t } from "../strings_works.js";
import { episodeCode, secondsLeft } from "../words.js";
import { bySeason, dayText, standing } from "../work_words.js";

/** @import { Card, Show } from "../types.js" */
/** @import { MissingEpisode, Work } from "../types_works.js" */

const TakeAlong = lazy(() => import("../offline/take_button.js"), "TakeButton", () => null, ["offline"]);

/** More seasons than this are chosen from a list. */
const TABS = 9;

export function ShowView() {
  const key = place.value.params.key ?? "";
  const resource = useResource(`show:${key}`, (options) => api.show(key, options), libraryRevision.value);
  const known = useResource(`work:show:${key}`, (options) => works.ofShow(key, options), libraryRevision.value);
  if (resource.error && !resource.value) return html`<${ErrorState}
    error=${resource.error}
    onRetry=${resource.reload}
  />`;
  if (!resource.value) return html`<${PageSkeleton} />`;
  return html`<${ShowPage} key=${key} show=${resource.value} work=${known.value ?? null} />`;
}

/** @param {{ show: Show, work: Work | null }} props */
function ShowPage({ show, work }) {
  usePageTitle(show.title);
  const [isFixing, setFixing] = useState(false);
  const [isRating, setRating] = useState(false);
  const next = nextEpisode(show);
  const [season, setSeason] = useState(seasonName(next ? next.season : (show.seasons[0]?.season ?? null)));
  const count = show.seasons.reduce((sum, one) => sum + one.episodes.length, 0);
  const numbered = show.seasons.filter((one) => one.season !== 0).length;
  const missing = bySeason(work?.missing ?? []);
  const seasons = seasonsOf(show, missing);
  const shown = seasons.find((one) => seasonName(one.season) === season) ?? seasons[0];
  const episodes = shown?.episodes.filter((one) => !forgotten.value.has(one.id)) ?? [];
  const about = show.seasons.find((one) => one.season === shown?.season);
  const key = `show:${show.key}`;
  return html`<article class="detail">
    <${Backdrop}
      id=${show.cover_media_id}
      hue=${show.hue}
      still=${show.artwork.still}
      backdrop=${show.artwork.backdrop}
      source=${show.has_backdrop ? showImageUrl(show.key, "backdrop", 1920) : null}
    />
    <div class="detail__head">
      <div class="detail__cover"><${Cover}
        id=${show.cover_media_id}
        title=${show.title}
        hue=${show.hue}
        artwork=${show.artwork}
        shape="poster"
        picture=${show.has_poster ? showImageUrl(show.key, "poster", 780) : null}
        eager
      /></div>
      <div class="detail__words">
        <h1 class="detail__title">${show.title}</h1>
        ${work?.tagline && html`<p class="detail__tagline">${work.tagline}</p>`}
        <p class="detail__meta">
          ${show.year && html`<span>${show.year}</span>`}
          ${numbered > 1 && html`<span>${t("count.seasons", { count: numbered })}</span>`}
          <span>${t("count.episodes", { count })}</span>
          ${work && html`<${WorkMarks} work=${work} />`}
        </p>
        ${work && html`<${Genres} genres=${work.genres} shelf="/shows" />`}
        <div class="detail__actions">
          ${next && html`<a
            class="button button--accent"
            href=${`/play/${next.id}`}
          ><${Icon}
            name="play"
            filled
          />${secondsLeft(next) === null ? t("action.play") : t("action.resume")} ${episodeCode(next)}</a>`}
          ${count > 0 && html`<${SeenButton} kind="shows" keys=${[show.key]} isSeen=${show.seasons.every((one) => one.episodes.every(isSeen))} />`}
          ${count > 0 && html`<${TakeAlong} load=${async () => unseenOf(show)} title=${show.title} />`}
          ${mayRip.value && html`<${More} workKey=${key} onFix=${() => setFixing(true)} onRate=${() => setRating(true)} />`}
        </div>
        ${work?.state === "review" && work.reason && html`<div class="notice notice--fix"><span>${said(work.reason)}</span>
          ${mayRip.value && html`<button type="button" class="button" onClick=${() => setFixing(true)}>${t("identify.fix")}</button>`}
        </div>`}
        ${work?.overview && html`<${LongText} text=${work.overview} />`}
        ${work && html`<${TagEditor}
          key=${`${work.key}:${work.tags}`}
          workKey=${work.key}
          tags=${work.tags}
          hrefOf=${(/** @type {string} */ tag) => `/shows?tag=${encodeURIComponent(tag)}`}
        />`}
      </div>
    </div>
    ${seasons.length > 1 &&
    html`<div class="section section--tools">
      ${seasons.length > TABS
        ? html`<${SeasonList} seasons=${seasons} season=${season} onChange=${setSeason} />`
        : html`<${Choice}
          quiet
          label=${t("show.season")}
          value=${shown ? seasonName(shown.season) : season}
          options=${seasons.map((one) => ({ value: seasonName(one.season), label: seasonLabel(one.season) }))}
          onChange=${setSeason}
        />`}
    </div>`}
    <section class="section" aria-label=${t("show.episodes")}>
      ${about && html`<${SeasonAbout} key=${about.season} show=${show} season=${about} label=${seasonLabel(about.season)} />`}
      ${numbered > 1 && episodes.length > 0 && html`<${SeenButton}
        kind="ids"
        keys=${episodes.map((one) => one.id)}
        isSeen=${episodes.every(isSeen)}
        text=${lists(episodes.every(isSeen) ? "bulk.seasonUnwatched" : "bulk.seasonWatched")}
        hotkey=${false}
      />
      <${TakeAlong}
        load=${async () => episodes.map((one) => one.id)}
        title=${`${show.title} · ${seasonLabel(shown?.season ?? null)}`}
        text=${offline("offline.takeSeason")}
      />`}
      ${episodes.length > 0
        ? html`<ul class="episodes">${episodes.map((one) => html`<${EpisodeRow} key=${one.id} episode=${one} />`)}</ul>`
        : html`<p class="form__note">${t("show.noneHere")}</p>`}
      ${shown && shown.missing.length > 0 && html`<${MissingEpisodes}
        key=${seasonName(shown.season)}
        missing=${shown.missing}
        open=${!episodes.length}
      />`}
    </section>
    ${work && html`<${CastShelf} cast=${work.cast} crew=${work.crew} facts=${[
      [t("work.original"), work.original_title !== show.title ? work.original_title : null],
      [t("work.released"), work.released_on ? dayText(work.released_on) : null],
      [t("work.studios"), work.studios.join(", ")],
      [t("work.standing"), mayRip.value ? standing(work) : null],
    ]} />`}
    ${isRating && html`<${AgeDialog}
      title=${show.title}
      age=${work?.min_age ?? null}
      certification=${work?.certification}
      isRated
      send=${(/** @type {number | null} */ age) => works.rate(key, age)}
      onClose=${() => setRating(false)}
    />`}
    ${isFixing && html`<${IdentifyDialog}
      workKey=${key}
      title=${show.title}
      year=${show.year}
      onClose=${() => setFixing(false)}
      onApplied=${() => undefined}
    />`}
  </article>`;
}

/** What was not seen yet, or everything when all of it was. @param {Show} show */
function unseenOf(show) {
  const all = show.seasons.flatMap((one) => one.episodes);
  const unseen = all.filter((one) => !isSeen(one));
  return (unseen.length ? unseen : all).map((one) => one.id);
}

/** @param {Card} episode */
const isSeen = (episode) => episode.progress?.finished === true;

/** @param {{ workKey: string, onFix: () => void, onRate: () => void }} props */
function More({ workKey, onFix, onRate }) {
  return html`<${Popover} icon="ellipsis" label=${t("action.more")} class="button button--plain" text=${t("action.more")}>
    ${(/** @type {() => void} */ close) => html`
      <${PopoverAction} icon="search" text=${t("identify.action")} onClick=${() => {
        close();
        onFix();
      }} />
      <${PopoverAction} icon="refresh-cw" text=${t("identify.again")} onClick=${() => {
        close();
        void identifyAgain(workKey);
      }} />
      <${PopoverAction} icon="users" text=${ages("age.action")} onClick=${() => {
        close();
        onRate();
      }} />`}
  <//>`;
}

/** @typedef {{ season: number | null, episodes: Card[], missing: MissingEpisode[] }} Season */

/** @param {{ seasons: Season[], season: string, onChange: (season: string) => void }} props */
function SeasonList({ seasons, season, onChange }) {
  return html`<label class="select select--boxed">
    <span class="unseen">${t("show.season")}</span>
    <select class="select__input" value=${season} onChange=${(/** @type {any} */ event) => onChange(event.target.value)}>
      ${seasons.map((one) => html`<option key=${seasonName(one.season)} value=${seasonName(one.season)} selected=${seasonName(one.season) === season}>${seasonLabel(one.season)}</option>`)}
    </select>
    <${Icon} name="chevron-down" />
  </label>`;
}

/** The seasons that are here, and those of which nothing is; specials that nobody has are no gap.
 *  @param {Show} show @param {Map<number, MissingEpisode[]>} missing @returns {Season[]} */
function seasonsOf(show, missing) {
  const here = new Set(show.seasons.map((one) => one.season));
  const away = [...missing].filter(([season]) => season > 0 && !here.has(season));
  const all = [
    ...show.seasons.map((one) => ({ ...one, missing: (one.season != null && missing.get(one.season)) || [] })),
    ...away.map(([season, list]) => ({ season, episodes: /** @type {Card[]} */ ([]), missing: list })),
  ];
  // Specials and what has no number stand at the end.
  return all.sort((a, b) => (a.season || Infinity) - (b.season || Infinity) || Number(a.season === null) - Number(b.season === null));
}

/** @param {number | null} season */
const seasonLabel = (season) => (season == null ? t("show.noSeason") : season === 0 ? t("show.specials") : t("show.seasonNumber", { number: season }));

/** @param {number | null} season */
const seasonName = (season) => String(season ?? "none");

/** What was begun last, else the first that nobody has seen, else the first; specials come last. @param {Show} show @returns {Card | undefined} */
function nextEpisode(show) {
  const all = [...show.seasons].sort((a, b) => (a.season || Infinity) - (b.season || Infinity)).flatMap((one) => one.episodes);
  const begun = all.filter((one) => secondsLeft(one) !== null);
  begun.sort((a, b) => (b.progress?.updated_at ?? 0) - (a.progress?.updated_at ?? 0));
  return begun[0] ?? all.find((one) => !one.progress?.finished) ?? all[0];
}
