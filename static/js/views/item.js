/** One medium: its picture, what to do with it, and all that is known of it. */
import { html } from "htm/preact";
import { useEffect, useState } from "preact/hooks";
import { binMedia } from "../actions.js";
import { api, downloadUrl } from "../api.js";
import { works } from "../api_works.js";
import { AddToCollection } from "../components/add_to_collection.js";
import { ArtworkDialog } from "../components/artwork_dialog.js";
import { Backdrop } from "../components/backdrop.js";
import { ChapterList } from "../components/chapter_list.js";
import { Cover } from "../components/cover.js";
import { EditDialog } from "../components/edit_dialog.js";
import { ErrorState } from "../components/error_state.js";
import { Facts } from "../components/facts.js";
import { Icon } from "../components/icon.js";
import { IdentifyDialog } from "../components/identify_dialog.js";
import { LongText } from "../components/long_text.js";
import { Popover, PopoverAction } from "../components/popover.js";
import { ProgressBar } from "../components/progress_bar.js";
import { PageSkeleton } from "../components/skeleton.js";
import { SeenButton } from "../components/seen_button.js";
import { TagEditor } from "../components/tag_editor.js";
import { Genres, WorkMarks } from "../components/work_line.js";
import { WorkSections } from "../components/work_sections.js";
import { date, duration, languageName, languageNames, size, timeLeft } from "../format.js";
import { identifyAgain } from "../identifying.js";
import { lazy } from "../lazy.js";
import { open } from "../player.js";
import { back, navigate, place } from "../router.js";
import { usePageTitle } from "../page_title.js";
import { useResource } from "../resource.js";
import { said } from "../said.js";
import { isAdmin, libraryRevision, mayRip } from "../store.js";
import { t } from "../strings_works.js";
import { cardHref, channelName, codecName, episodeCode, isText, join, resolution, secondsLeft, watched } from "../words.js";
import { dayText, fileLabel, isWork, shownPath, standing, workKey } from "../work_words.js";

/** @import { Media } from "../types.js" */
/** @import { Work } from "../types_works.js" */

const TakeAlong = lazy(() => import("../offline/device_button.js"), "DeviceButton", () => null, ["offline"]);

const CAN_BE_SEEN = new Set(["movie", "episode", "video", "home_video"]);

export function ItemView() {
  const id = place.value.params.id ?? "";
  const resource = useResource(`media:${id}`, (options) => api.media(id, options), libraryRevision.value);
  const text = resource.value && isText(resource.value) ? resource.value : null;
  // What is read has pages of its own.
  useEffect(() => {
    if (text) navigate(cardHref(text), { replace: true });
  }, [text?.id]);
  if (resource.error && !resource.value) return html`<${ErrorState}
    error=${resource.error}
    onRetry=${resource.reload}
  />`;
  if (!resource.value || text) return html`<${PageSkeleton} />`;
  return html`<${ItemPage} key=${id} media=${resource.value} onChange=${resource.set} />`;
}

/** @param {{ media: Media, onChange: (media: Media) => void }} props */
function ItemPage({ media, onChange }) {
  usePageTitle(media.title);
  const [asking, setAsking] = useState(/** @type {"edit" | "collect" | "identify" | "artwork" | null} */ (null));
  const known = useResource(`work:${media.id}`, async (options) => (isWork(media) ? await works.ofMedia(media.id, options) : null), libraryRevision.value);
  const work = known.value ?? null;
  const shelf = media.media_type === "movie" ? "/films" : "/shows";
  const key = workKey(media);
  // An episode's doubts are those of its show, and stand there.
  const doubt = media.review_reason ?? (media.media_type === "movie" && work?.state === "review" ? work.reason : null);
  const isSquare = media.media_type === "track" || media.media_type === "podcast";
  const isWide = media.media_type === "video";
  const left = secondsLeft(media);
  const done = watched(media);
  const shape = isSquare ? "square" : isWide && media.artwork.still ? "wide" : "poster";
  return html`<article class="detail">
    <${Backdrop} id=${media.id} hue=${media.hue} still=${media.artwork.still} backdrop=${media.artwork.backdrop} />
    <div class="detail__head">
      <div class=${`detail__cover ${isSquare ? "detail__cover--square" : isWide ? "detail__cover--wide" : ""}`}>
        <${Cover} id=${media.id} title=${media.title} hue=${media.hue} artwork=${media.artwork} shape=${shape} eager />
      </div>
      <div class="detail__words">
        <${Above} media=${media} />
        <h1 class="detail__title">${media.title}</h1>
        ${work?.tagline && media.media_type === "movie" && html`<p class="detail__tagline">${work.tagline}</p>`}
        <p class="detail__meta">
          ${media.edition && html`<span>${media.edition}</span>`}
          ${shortFacts(media).map((fact) => html`<span>${fact}</span>`)}${work && html`<${WorkMarks} work=${work} />`}
        </p>
        ${work && media.media_type !== "track" && html`<${Genres} genres=${work.genres} shelf=${shelf} />`}
        ${left !== null && done !== null && html`<div class="detail__progress"><${ProgressBar} value=${done} /><span>${timeLeft(left)}</span></div>`}
        <div class="detail__actions">
          ${media.has_file !== false && html`
            <${PlayButtons} media=${media} begun=${left !== null} />
            <a
              class="button button--plain"
              href=${downloadUrl(media.id)}
              download
            ><${Icon} name="download" />${t("action.download")}</a>
            <${TakeAlong} media=${media} />`}
          ${media.source_url && html`<a
            class="button button--plain"
            href=${media.source_url}
            target="_blank"
            rel="noopener noreferrer"
          ><${Icon} name="external-link" />${t("item.original")}</a>`}
          ${CAN_BE_SEEN.has(media.media_type) && html`<${SeenButton} kind="ids" keys=${[media.id]} isSeen=${media.progress?.finished === true} />`}
          ${mayRip.value && html`<button
            type="button"
            class="button button--plain"
            onClick=${() => setAsking("collect")}
          ><${Icon} name="list-plus" />${t("collect.short")}</button>`}
          ${mayRip.value && html`<button
            type="button"
            class="button button--plain"
            data-hotkey="e"
            onClick=${() => setAsking("edit")}
          ><${Icon} name="pencil" />${t("action.edit")}</button>`}
          ${isAdmin.value && html`<button
            type="button"
            class="button button--plain"
            onClick=${() => bin(media)}
          ><${Icon} name="trash-2" />${t("item.bin")}</button>`}
          ${mayRip.value && html`<${More} media=${media} workKey=${key} onAsk=${setAsking} />`}
        </div>
        ${media.has_file === false && html`<p class="notice">${t("item.noFile")}</p>`}
        ${media.offline && html`<p class="notice">${t("player.offline")}</p>`}
        ${doubt && html`<div class="notice notice--fix"><span>${said(doubt)}</span>
          ${key && mayRip.value && html`<button type="button" class="button" onClick=${() => setAsking("identify")}>${t("identify.fix")}</button>`}
        </div>`}
        ${(media.overview || work?.overview) && html`<${LongText} text=${media.overview ?? work?.overview ?? ""} />`}
        ${work && media.media_type !== "episode" && html`<${TagEditor}
          key=${`${work.key}:${work.tags}`}
          workKey=${work.key}
          tags=${work.tags}
          hrefOf=${(/** @type {string} */ tag) => (media.media_type === "movie" ? `/films?tag=${encodeURIComponent(tag)}` : null)}
        />`}
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
    ${work && media.media_type !== "track" && html`<${WorkSections} work=${work} here=${media.id} />`}
    <div class="section section--columns">
      <section>
        <h2 class="section__head">${t("item.about")}</h2>
        <${Facts} facts=${[...workFacts(media, work), ...allFacts(media)]} />
      </section>
      <section>
        <h2 class="section__head">${t("item.streams")}</h2>
        <${Facts} facts=${streamFacts(media, work)} />
      </section>
    </div>
    <${Neighbours} media=${media} />
    ${asking === "edit" && html`<${EditDialog} media=${media} onClose=${() => setAsking(null)} onSaved=${onChange} />`}
    ${asking === "artwork" && html`<${ArtworkDialog} media=${media} onClose=${() => setAsking(null)} onChange=${() => undefined} />`}
    ${asking === "identify" && key && html`<${IdentifyDialog}
      workKey=${key}
      title=${media.media_type === "episode" ? (media.show_title ?? media.title) : media.media_type === "track" ? (media.album ?? "") : media.title}
      year=${media.media_type === "movie" ? media.year : null}
      artist=${media.media_type === "track" ? media.artist : null}
      onClose=${() => setAsking(null)}
      onApplied=${known.reload}
    />`}
    ${asking === "collect" && html`<${AddToCollection} media=${media} onClose=${() => setAsking(null)} />`}
  </article>`;
}

/** @param {{ media: Media, workKey: string | null, onAsk: (what: "identify" | "artwork") => void }} props */
function More({ media, workKey: key, onAsk }) {
  return html`<${Popover} icon="ellipsis" label=${t("action.more")} class="button button--plain" text=${t("action.more")}>
    ${(/** @type {() => void} */ close) => {
      const then = (/** @type {() => unknown} */ act) => () => {
        close();
        act();
      };
      return html`
        ${key && html`<${PopoverAction} icon="search" text=${t("identify.action")} onClick=${then(() => onAsk("identify"))} />
          <${PopoverAction} icon="refresh-cw" text=${t("identify.again")} onClick=${then(() => identifyAgain(key))} />`}
        <${PopoverAction} icon="image" text=${t("artwork.title")} onClick=${then(() => onAsk("artwork"))} />`;
    }}
  <//>`;
}

/** Where it belongs: its show, its channel, its podcast or its album. @param {{ media: Media }} props */
function Above({ media }) {
  if (media.media_type === "movie") return null;
  const isTrack = media.media_type === "track";
  const words = isTrack ? join([media.artist, media.album]) : join([media.show_title, episodeCode(media)]);
  const key = isTrack ? media.album_key : media.show_key;
  const shelf = SHELVES[media.media_type];
  const href = key && shelf && `/${shelf}/${encodeURIComponent(key)}`;
  return html`<p class="detail__above">${href ? html`<a class="detail__link" href=${href}>${words}</a>` : words}</p>`;
}

/** @param {{ media: Media, begun: boolean }} props */
function PlayButtons({ media, begun }) {
  if (!media.video)
    return html`<button
        type="button"
        class="button button--accent"
        onClick=${() => open(media.id, { at: media.media_type === "track" ? 0 : null })}
      ><${Icon} name="play" filled />${begun ? t("action.resume") : t("action.play")}</button>
      ${begun && html`<button
        type="button"
        class="button button--plain"
        onClick=${() => open(media.id, { at: 0 })}
      ><${Icon} name="rotate-ccw" />${t("action.startOver")}</button>`}`;
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
  if (media.media_type === "podcast" || media.media_type === "video") return null;
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

/** The shelf on which the page of a show, a channel or an album stands. */
const SHELVES = /** @type {Partial<Record<Media["media_type"], string>>} */ ({ episode: "shows", track: "music", video: "videos" });

/** @param {Media} media */
function bin(media) {
  void binMedia(media);
  back("/");
}

/** @param {Media} media */
function shortFacts(media) {
  const languages = languageNames(media.audio.map((one) => one.language));
  const isDated = media.media_type === "video" || media.media_type === "podcast";
  const published = isDated && media.published_at ? date(media.published_at) : media.year;
  return [published, media.duration > 0 && duration(media.duration), media.video && [resolution(media.video), media.video.hdr].filter(Boolean).join(" "), languages].filter(Boolean);
}

/** What the services know of a film; an episode has the rest of it on the page of its show.
 *  @param {Media} media @param {Work | null} work @returns {[string, import("../types.js").Children][]} */
function workFacts(media, work) {
  if (!work || media.media_type !== "movie") return [];
  return [
    [t("work.original"), work.original_title !== media.title ? work.original_title : null],
    [t("work.released"), work.released_on ? dayText(work.released_on) : null],
    [t("work.studios"), work.studios.join(", ")],
    [t("work.standing"), mayRip.value ? standing(work) : null],
  ];
}

/** @param {Media} media @returns {[string, import("../types.js").Children][]} */
function allFacts(media) {
  return [
    [t("fact.year"), media.published_at ? null : media.year],
    [t("fact.published"), media.published_at ? date(media.published_at) : null],
    [t("fact.length"), media.duration > 0 ? duration(media.duration) : null],
    [t("fact.added"), date(media.added_at)],
    [t("fact.source"), media.source && t("fact.disc", { label: media.source.label })],
    [t("fact.library"), media.library.name],
    [t("fact.size"), media.size_bytes > 0 ? size(media.size_bytes) : null],
    [t("fact.container"), media.container],
    [t("fact.path"), media.path && html`<span class="facts__path">${shownPath(media.path)}</span>`],
  ];
}

/** @param {Media} media @param {Work | null} work knows the subtitles that lie beside the file
 *  @returns {[string, import("../types.js").Children][]} */
function streamFacts(media, work) {
  const sound = media.audio.map((one) => line([languageOf(one), channelName(one.channels), codecName(one.codec), one.title ?? false]));
  const words = media.subtitles.map((one) => line([languageOf(one), one.forced && t("fact.forced"), one.title ?? false]));
  const beside = (work?.files ?? []).filter((file) => file.role === "subtitle").map((file) => line([fileLabel(file), t("fact.beside")]));
  words.push(...beside);
  return [
    [t("fact.video"), media.video && picture(media.video)],
    [t("fact.audio"), sound.length ? sound : null],
    [t("fact.subtitles"), words.length ? words : !media.video ? null : t("fact.none")],
  ];
}

/** @param {(string | false)[]} parts */
const line = (parts) => html`<span class="facts__item">${join(parts)}</span>`;

/** @param {{ language: string, language_name: string }} stream */
const languageOf = (stream) => stream.language_name || languageName(stream.language);

/** "720 × 576, H.264, 25 fps" @param {NonNullable<Media["video"]>} video */
function picture({ width, height, codec, frame_rate, hdr, bit_depth }) {
  const rate = frame_rate && t("fact.fps", { fps: Math.round(frame_rate * 100) / 100 });
  return join([`${width} × ${height}`, codecName(codec), hdr, bit_depth && bit_depth > 8 && t("fact.bits", { count: bit_depth }), rate]);
}
