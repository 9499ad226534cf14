/** An album: its tracks, played in the bar at the foot, and what can be done for it. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { api } from "../api.js";
import { works } from "../api_works.js";
import { AlbumDialog } from "../components/album_dialog.js";
import { AgeDialog } from "../components/age_dialog.js";
import { Backdrop } from "../components/backdrop.js";
import { Cover } from "../components/cover.js";
import { ErrorState } from "../components/error_state.js";
import { Facts } from "../components/facts.js";
import { Icon } from "../components/icon.js";
import { IdentifyDialog } from "../components/identify_dialog.js";
import { LongText } from "../components/long_text.js";
import { PlayActions, TrackActions } from "../components/play_actions.js";
import { Popover, PopoverAction } from "../components/popover.js";
import { PageSkeleton } from "../components/skeleton.js";
import { TagEditor } from "../components/tag_editor.js";
import { TrackList } from "../components/track_list.js";
import { TrackTagsDialog } from "../components/track_tags_dialog.js";
import { Genres } from "../components/work_line.js";
import { duration } from "../format.js";
import { forgotten } from "../forgotten.js";
import { identifyAgain, measureLoudness } from "../identifying.js";
import { lazy } from "../lazy.js";
import { usePageTitle } from "../page_title.js";
import { playAll } from "../queueing.js";
import { navigate, place } from "../router.js";
import { useResource } from "../resource.js";
import { said } from "../said.js";
import { libraryRevision, mayRip } from "../store.js";
import { t as ages } from "../strings_ages.js";
import { t } from "../strings_works.js";
import { artistKey, byDisc, dayText, gainText, standing } from "../work_words.js";

/** @import { Album, Card } from "../types.js" */

const TakeAlong = lazy(() => import("../offline/take_button.js"), "TakeButton", () => null, ["offline"]);

export function AlbumView() {
  const key = place.value.params.key ?? "";
  const resource = useResource(`album:${key}`, (options) => api.album(key, options), libraryRevision.value);
  usePageTitle(resource.value?.title);
  if (resource.error && !resource.value) return html`<${ErrorState}
    error=${resource.error}
    onRetry=${resource.reload}
  />`;
  if (!resource.value) return html`<${PageSkeleton} />`;
  return html`<${AlbumPage} key=${key} album=${resource.value} />`;
}

/** @param {{ album: Album }} props */
function AlbumPage({ album }) {
  const known = useResource(`work:album:${album.key}`, (options) => works.ofAlbum(album.key, options), libraryRevision.value);
  const loudness = useResource(`loudness:${album.key}`, (options) => works.loudness(album.key, options), libraryRevision.value);
  const [asking, setAsking] = useState(/** @type {"edit" | "identify" | "tags" | "age" | null} */ (null));
  const work = known.value ?? null;
  const tracks = album.tracks.filter((track) => !forgotten.value.has(track.id));
  const whole = tracks.reduce((sum, track) => sum + track.duration, 0);
  const gain = loudness.value?.album_gain_db;
  const discs = byDisc(tracks);
  const close = () => setAsking(null);
  return html`<article class="detail">
    <${Backdrop} id=${album.cover_media_id} hue=${album.hue} still=${false} />
    <div class="detail__head">
      <div class="detail__cover detail__cover--square"><${Cover}
        id=${album.cover_media_id}
        title=${album.title}
        hue=${album.hue}
        artwork=${album.artwork}
        shape="square"
        eager
      /></div>
      <div class="detail__words">
        ${album.artist && html`<p class="detail__above"><a class="detail__link" href=${`/artists/${artistKey(album.artist)}`}>${album.artist}</a></p>`}
        <h1 class="detail__title">${album.title}</h1>
        <p class="detail__meta">
          ${album.year && html`<span>${album.year}</span>`}
          <span>${t("count.tracks", { count: tracks.length })}</span><span>${duration(whole)}</span>
        </p>
        ${work && html`<${Genres} genres=${work.genres} shelf="/music" />`}
        <div class="detail__actions">
          <${PlayActions} load=${() => tracks} disabled=${!tracks.length} />
          ${tracks.length > 0 && html`<${TakeAlong} load=${async () => tracks.map((track) => track.id)} title=${album.title} />`}
          ${mayRip.value && html`<button type="button" class="button button--plain" onClick=${() => setAsking("edit")}><${Icon} name="pencil" />${t("action.edit")}</button>
            <${More} album=${album} onAsk=${setAsking} />`}
        </div>
        ${work?.state === "review" && work.reason && html`<div class="notice notice--fix"><span>${said(work.reason)}</span>
          ${mayRip.value && html`<button type="button" class="button" onClick=${() => setAsking("identify")}>${t("identify.fix")}</button>`}
        </div>`}
        ${work?.overview && html`<${LongText} text=${work.overview} />`}
        ${work && html`<${TagEditor} key=${`${work.key}:${work.tags}`} workKey=${work.key} tags=${work.tags} hrefOf=${(/** @type {string} */ tag) => `/music?tag=${encodeURIComponent(tag)}`} />`}
      </div>
    </div>
    ${discs.map(([disc, some]) => html`<section class="section" key=${disc} aria-label=${discs.length > 1 ? t("album.disc", { number: disc }) : t("album.tracks")}>
      ${discs.length > 1 && html`<h2 class="section__head">${t("album.disc", { number: disc })}</h2>`}
      <${TrackList}
        tracks=${some}
        artist=${album.artist}
        onPlay=${(/** @type {string} */ id) => playAll(tracks, { at: id })}
        actions=${(/** @type {Card} */ card) => html`<${TrackActions} card=${card} />`}
      />
    </section>`)}
    <div class="section"><${Facts} facts=${[
      [t("work.released"), work?.released_on ? dayText(work.released_on) : null],
      [t("work.studios"), work?.studios.join(", ")],
      [t("work.standing"), work && mayRip.value ? standing(work) : null],
      [t("album.loudness"), gain != null ? t("album.gain", { gain: gainText(gain) }) : null],
    ]} /></div>
    ${asking === "edit" && html`<${AlbumDialog} album=${album} onClose=${close} />`}
    ${asking === "age" && html`<${AgeDialog}
      title=${album.title}
      age=${work?.min_age ?? null}
      send=${(/** @type {number | null} */ age) => works.rate(`album:${album.key}`, age)}
      onClose=${close}
    />`}
    ${asking === "tags" && html`<${TrackTagsDialog} album=${album} onClose=${close} />`}
    ${asking === "identify" && html`<${IdentifyDialog}
      workKey=${`album:${album.key}`}
      title=${album.title}
      artist=${album.artist}
      onClose=${close}
      onApplied=${(/** @type {string | null} */ key) => key && key !== `album:${album.key}` && navigate(`/music/${encodeURIComponent(key.slice(6))}`, { replace: true })}
    />`}
  </article>`;
}

/** @param {{ album: Album, onAsk: (what: "identify" | "tags" | "age") => void }} props */
function More({ album, onAsk }) {
  return html`<${Popover} icon="ellipsis" label=${t("action.more")} class="button button--plain" text=${t("action.more")}>
    ${(/** @type {() => void} */ close) => {
      const then = (/** @type {() => unknown} */ act) => () => {
        close();
        act();
      };
      return html`
        <${PopoverAction} icon="search" text=${t("identify.action")} onClick=${then(() => onAsk("identify"))} />
        <${PopoverAction} icon="refresh-cw" text=${t("identify.again")} onClick=${then(() => identifyAgain(`album:${album.key}`))} />
        <${PopoverAction} icon="tag" text=${t("album.writeTags")} onClick=${then(() => onAsk("tags"))} />
        <${PopoverAction} icon="gauge" text=${t("album.measure")} onClick=${then(() => measureLoudness(album.key))} />
        <${PopoverAction} icon="users" text=${ages("age.action")} onClick=${then(() => onAsk("age"))} />`;
    }}
  <//>`;
}
