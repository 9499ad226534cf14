/** One episode of a podcast: play it, read its notes, jump to a chapter or to a sentence. */
import { html } from "htm/preact";
import { useMemo, useState } from "preact/hooks";
import { content } from "../api_content.js";
import { Backdrop } from "../components/backdrop.js";
import { ErrorState } from "../components/error_state.js";
import { Icon } from "../components/icon.js";
import { PodcastCover } from "../components/podcast_cover.js";
import { ProgressBar } from "../components/progress_bar.js";
import { ProgressRing } from "../components/progress_ring.js";
import { PageSkeleton, TextSkeleton } from "../components/skeleton.js";
import { downloadEpisode, hearEpisode, now, playEpisode, starEpisode } from "../episodes.js";
import { clock, date, duration, timeLeft } from "../format.js";
import { lazy } from "../lazy.js";
import { usePageTitle } from "../page_title.js";
import { current, pause, play, playing } from "../player.js";
import { place } from "../router.js";
import { useResource } from "../resource.js";
import { said } from "../said.js";
import { showNotes } from "../show_notes.js";
import { mayRip, podcastRevision } from "../store.js";
import { t } from "../strings.js";
import { linesOf } from "../transcript.js";

/** @import { Chapter, EpisodePage, Podcast } from "../types.js" */

const TakeAlong = lazy(() => import("../offline/device_button.js"), "DeviceButtonOf", () => null, ["offline"]);

export function EpisodeView() {
  const { id = "", podcast = "" } = place.value.params;
  const resource = useResource(`episode:${id}`, (options) => content.episode(id, options), podcastRevision.value);
  const home = useResource(`podcast:${podcast}`, (options) => content.podcast(podcast, options), podcastRevision.value);
  usePageTitle(resource.value?.title);
  if (resource.error && !resource.value) return html`<${ErrorState}
    error=${resource.error}
    onRetry=${resource.reload}
  />`;
  if (!resource.value || (!home.value && !home.error)) return html`<${PageSkeleton} />`;
  return html`<${Page} key=${id} loaded=${resource.value} podcast=${home.value} />`;
}

/** @param {{ loaded: EpisodePage, podcast: Podcast | undefined }} props */
function Page({ loaded, podcast }) {
  const episode = now(loaded);
  const { title, progress, heard } = episode;
  const whole = episode.duration ?? 0;
  const begun = !heard && progress !== null && !progress.finished && progress.position >= 1;
  /** @param {number} seconds */
  const playAt = (seconds) => playEpisode(episode, seconds);
  return html`<article class="detail">
    ${podcast && html`<${Backdrop} id=${null} hue=${podcast.hue} still=${false} />`}
    <div class="detail__head">
      <div class="detail__cover detail__cover--square">${podcast && html`<${PodcastCover} podcast=${podcast} large />`}</div>
      <div class="detail__words">
        ${podcast && html`<p class="detail__above"><a
          class="detail__link"
          href=${`/podcasts/${podcast.id}`}
        >${podcast.title}</a></p>`}
        <h1 class="detail__title detail__title--long">${title}</h1>
        <p class="detail__meta">${facts(episode).map((fact) => html`<span key=${fact}>${fact}</span>`)}</p>
        ${begun && whole > 0 && html`<div class="detail__progress"><${ProgressBar} value=${(progress.position / whole) * 100} /><span>${timeLeft(whole - progress.position)}</span></div>`}
        <${Actions} episode=${episode} begun=${begun} />
        ${mayRip.value && episode.error && html`<p class="notice">${said(episode.error)}</p>`}
      </div>
    </div>
    <div class="section section--columns section--reading">
      <section>
        <h2 class="section__head">${t("episode.notes")}</h2>
        <${Notes} episode=${episode} onTime=${playAt} />
        ${episode.has_transcript && html`<${Transcript}
          id=${episode.id}
          here=${episode.state === "here"}
          onTime=${playAt}
        />`}
      </section>
      ${episode.chapters.length > 1 && html`<section>
        <h2 class="section__head">${t("item.chapters")}</h2>
        <${Chapters} chapters=${episode.chapters} here=${episode.state === "here"} onTime=${playAt} />
      </section>`}
    </div>
  </article>`;
}

/** @param {{ episode: EpisodePage & { percent: number | null }, begun: boolean }} props */
function Actions({ episode, begun }) {
  const { state, starred, heard, media_id, percent } = episode;
  const here = state === "here" && current.value?.id === media_id;
  const sounding = here && playing.value;
  return html`<div class="detail__actions">
    ${state === "here" && html`<button
      type="button"
      class="button button--accent"
      onClick=${() => (here ? (sounding ? pause() : play()) : playEpisode(episode))}
    ><${Icon} name=${sounding ? "pause" : "play"} filled />${sounding ? t("player.pause") : begun ? t("action.resume") : t("action.play")}</button>`}
    ${(state === "remote" || state === "removed") && mayRip.value && html`<button
      type="button"
      class="button button--accent"
      onClick=${() => downloadEpisode(episode)}
    ><${Icon} name="cloud-download" />${t("episode.downloadShort")}</button>`}
    ${(state === "queued" || state === "downloading") && html`<span
      class="button button--waits"
      role="status"
    ><span class="button__ring"><${ProgressRing} value=${percent ?? 0} /></span>${state === "queued" ? t("job.queued") : t("stage.download")}</span>`}
    ${state === "here" && media_id && html`<${TakeAlong} id=${media_id} />`}
    <button
      type="button"
      class=${starred ? "button button--plain button--on" : "button button--plain"}
      aria-pressed=${starred}
      onClick=${() => starEpisode(episode, !starred)}
    ><${Icon} name="star" filled=${starred} />${starred ? t("episode.starredShort") : t("episode.starShort")}</button>
    <button
      type="button"
      class=${heard ? "button button--plain button--on" : "button button--plain"}
      aria-pressed=${heard}
      onClick=${() => hearEpisode(episode, !heard)}
    ><${Icon} name=${heard ? "circle-check" : "check"} />${heard ? t("episode.heardShort") : t("episode.hearShort")}</button>
  </div>`;
}

/** @param {{ episode: EpisodePage, onTime: (seconds: number) => void }} props */
function Notes({ episode, onTime }) {
  const here = episode.state === "here";
  const notes = useMemo(
    () => showNotes(episode.notes ?? "", here ? (seconds, text) => html`<button
      type="button"
      class="time-link"
      onClick=${() => onTime(seconds)}
    >${text}</button>` : undefined),
    [episode.notes, here],
  );
  if (!episode.notes?.trim()) return html`<p class="quiet">${episode.overview || t("episode.noNotes")}</p>`;
  return html`<div class="prose">${notes}</div>`;
}

/** @param {{ chapters: Chapter[], here: boolean, onTime: (seconds: number) => void }} props */
function Chapters({ chapters, here, onTime }) {
  return html`<ol class="chapters chapters--one">
    ${chapters.map((chapter, index) => {
      const inside = html`<span class="chapter__title">${chapter.title || t("item.chapter", { number: index + 1 })}</span><span class="chapter__time">${clock(chapter.start)}</span>`;
      return html`<li key=${index}>${here
        ? html`<button type="button" class="chapter" onClick=${() => onTime(chapter.start)}>${inside}</button>`
        : html`<span class="chapter">${inside}</span>`}</li>`;
    })}
  </ol>`;
}

/** @param {{ id: string, here: boolean, onTime: (seconds: number) => void }} props */
function Transcript({ id, here, onTime }) {
  const [shown, setShown] = useState(false);
  return html`<section class="transcript">
    <h2 class="section__head">${t("episode.transcript")}</h2>
    ${shown
      ? html`<${TranscriptLines} id=${id} here=${here} onTime=${onTime} />`
      : html`<button
        type="button"
        class="button"
        onClick=${() => setShown(true)}
      ><${Icon} name="message-square-text" />${t("episode.showTranscript")}</button>`}
  </section>`;
}

/** @param {{ id: string, here: boolean, onTime: (seconds: number) => void }} props */
function TranscriptLines({ id, here, onTime }) {
  const resource = useResource(`transcript:${id}`, (options) => content.transcript(id, options));
  if (resource.error && !resource.value) return html`<${ErrorState}
    error=${resource.error}
    onRetry=${resource.reload}
  />`;
  if (!resource.value) return html`<${TextSkeleton} lines=${6} />`;
  const lines = linesOf(resource.value);
  return html`<ol class="lines">
    ${lines.map(({ start, text, speaker }, index) => html`<li key=${index} class="line">
      ${start !== null && here && html`<button
        type="button"
        class="time-link line__time"
        onClick=${() => onTime(start)}
      >${clock(start)}</button>`}
      ${start !== null && !here && html`<span class="line__time">${clock(start)}</span>`}
      <p class="line__text">${speaker && speaker !== lines[index - 1]?.speaker && html`<b class="line__speaker">${speaker}</b> `}${text}</p>
    </li>`)}
  </ol>`;
}

/** @param {EpisodePage} episode */
function facts(episode) {
  return [
    episode.published_at && date(episode.published_at),
    episode.duration && duration(episode.duration),
    episode.season != null && t("show.seasonNumber", { number: episode.season }),
    episode.episode != null && t("episode.number", { number: episode.episode }),
    episode.state === "removed" && t("episode.removed"),
  ].filter((fact) => typeof fact === "string");
}
