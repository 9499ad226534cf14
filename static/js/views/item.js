/** One medium: its picture, what to do with it, and all that is known of it. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { binMedia } from "../actions.js";
import { api, downloadUrl } from "../api.js";
import { Backdrop } from "../components/backdrop.js";
import { ChapterList } from "../components/chapter_list.js";
import { Cover } from "../components/cover.js";
import { EditDialog } from "../components/edit_dialog.js";
import { ErrorState } from "../components/error_state.js";
import { Facts } from "../components/facts.js";
import { Icon } from "../components/icon.js";
import { ProgressBar } from "../components/progress_bar.js";
import { PageSkeleton } from "../components/skeleton.js";
import { date, duration, languageName, languageNames, size, timeLeft } from "../format.js";
import { open } from "../player.js";
import { back, place } from "../router.js";
import { usePageTitle } from "../page_title.js";
import { useResource } from "../resource.js";
import { isAdmin, libraryRevision, mayRip } from "../store.js";
import { t } from "../strings.js";
import { channelName, codecName, episodeCode, join, resolution, secondsLeft, watched } from "../words.js";

/** @import { Media } from "../types.js" */

export function ItemView() {
  const id = place.value.params.id ?? "";
  const resource = useResource(`media:${id}`, (options) => api.media(id, options), libraryRevision.value);
  if (resource.error && !resource.value) return html`<${ErrorState}
    error=${resource.error}
    onRetry=${resource.reload}
  />`;
  if (!resource.value) return html`<${PageSkeleton} />`;
  return html`<${ItemPage} key=${id} media=${resource.value} onChange=${resource.set} />`;
}

/** @param {{ media: Media, onChange: (media: Media) => void }} props */
function ItemPage({ media, onChange }) {
  usePageTitle(media.title);
  const [editing, setEditing] = useState(false);
  const isTrack = media.media_type === "track";
  const left = secondsLeft(media);
  const done = watched(media);
  const shape = isTrack ? "square" : "poster";
  return html`<article class="detail">
    <${Backdrop} id=${media.id} hue=${media.hue} still=${media.artwork.still} />
    <div class="detail__head">
      <div class=${`detail__cover ${isTrack ? "detail__cover--square" : ""}`}>
        <${Cover} id=${media.id} title=${media.title} hue=${media.hue} artwork=${media.artwork} shape=${shape} eager />
      </div>
      <div class="detail__words">
        <${Above} media=${media} />
        <h1 class="detail__title">${media.title}</h1>
        <p class="detail__meta">${shortFacts(media).map((fact) => html`<span>${fact}</span>`)}</p>
        ${left !== null && done !== null && html`<div class="detail__progress"><${ProgressBar} value=${done} /><span>${timeLeft(left)}</span></div>`}
        <div class="detail__actions">
          <${PlayButtons} media=${media} begun=${left !== null} />
          <a
            class="button button--plain"
            href=${downloadUrl(media.id)}
            download
          ><${Icon} name="download" />${t("action.download")}</a>
          ${mayRip.value && html`<button
            type="button"
            class="button button--plain"
            onClick=${() => setEditing(true)}
          ><${Icon} name="pencil" />${t("action.edit")}</button>`}
          ${isAdmin.value && html`<button
            type="button"
            class="button button--plain"
            onClick=${() => bin(media)}
          ><${Icon} name="trash-2" />${t("item.bin")}</button>`}
        </div>
        ${media.offline && html`<p class="notice">${t("player.offline")}</p>`}
        ${media.review_reason && html`<p class="notice">${media.review_reason}</p>`}
        ${media.overview && html`<p class="detail__overview">${media.overview}</p>`}
      </div>
    </div>
    ${media.chapters.length > 1 &&
    html`<section class="section">
      <h2 class="section__head">${t("item.chapters")}</h2>
      <${ChapterList}
        chapters=${media.chapters}
        hrefOf=${(/** @type {{ start: number }} */ chapter) => `/play/${media.id}?t=${Math.floor(chapter.start)}`}
      />
    </section>`}
    <div class="section section--columns">
      <section>
        <h2 class="section__head">${t("item.about")}</h2>
        <${Facts} facts=${allFacts(media)} />
      </section>
      <section>
        <h2 class="section__head">${t("item.streams")}</h2>
        <${Facts} facts=${streamFacts(media)} />
      </section>
    </div>
    <${Neighbours} media=${media} />
    ${editing && html`<${EditDialog} media=${media} onClose=${() => setEditing(false)} onSaved=${onChange} />`}
  </article>`;
}

/** Where it belongs: its show or its album. @param {{ media: Media }} props */
function Above({ media }) {
  if (media.media_type === "movie") return null;
  const isTrack = media.media_type === "track";
  const words = isTrack ? join([media.artist, media.album]) : join([media.show_title, episodeCode(media)]);
  const key = isTrack ? media.album_key : media.show_key;
  const href = key && `/${isTrack ? "music" : "shows"}/${encodeURIComponent(key)}`;
  return html`<p class="detail__above">${href ? html`<a class="detail__link" href=${href}>${words}</a>` : words}</p>`;
}

/** @param {{ media: Media, begun: boolean }} props */
function PlayButtons({ media, begun }) {
  if (media.media_type === "track")
    return html`<button
      type="button"
      class="button button--accent"
      onClick=${() => open(media.id, { at: 0 })}
    ><${Icon} name="play" filled />${t("action.play")}</button>`;
  return html`
    <a
      class="button button--accent"
      href=${`/play/${media.id}`}
    ><${Icon} name="play" filled />${begun ? t("action.resume") : t("action.play")}</a>
    ${begun && html`<a
      class="button button--plain"
      href=${`/play/${media.id}?t=0`}
    ><${Icon} name="rotate-ccw" />${t("action.startOver")}</a>`}
  `;
}

/** @param {{ media: Media }} props */
function Neighbours({ media }) {
  const { previous, next } = media.neighbours;
  if (!previous && !next) return null;
  const words = media.media_type === "track" ? [t("audio.previous"), t("audio.next")] : [t("item.previousEpisode"), t("item.nextEpisode")];
  return html`<nav class="section neighbours" aria-label=${t("item.neighbours")}>
    ${previous ? html`<a
      class="button button--plain"
      href=${`/item/${previous}`}
    ><${Icon} name="chevron-left" />${words[0]}</a>` : html`<span></span>`}
    ${next && html`<a
      class="button button--plain"
      href=${`/item/${next}`}
    >${words[1]}<${Icon} name="chevron-right" /></a>`}
  </nav>`;
}

/** @param {Media} media */
function bin(media) {
  void binMedia(media);
  back("/");
}

/** @param {Media} media */
function shortFacts(media) {
  const languages = languageNames(media.audio.map((one) => one.language));
  return [media.year, duration(media.duration), media.video && resolution(media.video), languages].filter(Boolean);
}

/** @param {Media} media @returns {[string, import("../types.js").Children][]} */
function allFacts(media) {
  return [
    [t("fact.year"), media.year],
    [t("fact.length"), duration(media.duration)],
    [t("fact.added"), date(media.added_at)],
    [t("fact.source"), media.source && t("fact.disc", { label: media.source.label })],
    [t("fact.library"), media.library.name],
    [t("fact.size"), size(media.size_bytes)],
    [t("fact.container"), media.container],
    [t("fact.path"), html`<span class="facts__path">${media.path}</span>`],
  ];
}

/** @param {Media} media @returns {[string, import("../types.js").Children][]} */
function streamFacts(media) {
  const sound = media.audio.map((one) => line([languageOf(one), channelName(one.channels), codecName(one.codec)]));
  const words = media.subtitles.map((one) => line([languageOf(one), one.forced && t("fact.forced")]));
  return [
    [t("fact.video"), media.video && picture(media.video)],
    [t("fact.audio"), sound.length ? sound : null],
    [t("fact.subtitles"), words.length ? words : media.media_type === "track" ? null : t("fact.none")],
  ];
}

/** @param {(string | false)[]} parts */
const line = (parts) => html`<span class="facts__item">${join(parts)}</span>`;

/** @param {{ language: string, language_name: string }} stream */
const languageOf = (stream) => stream.language_name || languageName(stream.language);

/** "720 × 576, H.264, 25 fps" @param {NonNullable<Media["video"]>} video */
function picture({ width, height, codec, frame_rate }) {
  const rate = frame_rate && t("fact.fps", { fps: Math.round(frame_rate * 100) / 100 });
  return join([`${width} × ${height}`, codecName(codec), rate]);
}
