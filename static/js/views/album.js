/** An album: its tracks, played in the bar at the foot. */
import { html } from "htm/preact";
import { api } from "../api.js";
import { Backdrop } from "../components/backdrop.js";
import { Cover } from "../components/cover.js";
import { ErrorState } from "../components/error_state.js";
import { Icon } from "../components/icon.js";
import { PageSkeleton } from "../components/skeleton.js";
import { TrackList } from "../components/track_list.js";
import { duration } from "../format.js";
import { forgotten } from "../forgotten.js";
import { open } from "../player.js";
import { usePageTitle } from "../page_title.js";
import { place } from "../router.js";
import { useResource } from "../resource.js";
import { libraryRevision } from "../store.js";
import { t } from "../strings.js";

export function AlbumView() {
  const key = place.value.params.key ?? "";
  const resource = useResource(`album:${key}`, (options) => api.album(key, options), libraryRevision.value);
  usePageTitle(resource.value?.title);
  if (resource.error && !resource.value) return html`<${ErrorState}
    error=${resource.error}
    onRetry=${resource.reload}
  />`;
  if (!resource.value) return html`<${PageSkeleton} />`;
  const album = resource.value;
  const tracks = album.tracks.filter((track) => !forgotten.value.has(track.id));
  const whole = tracks.reduce((sum, track) => sum + track.duration, 0);
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
        <h1 class="detail__title">${album.title}</h1>
        <p class="detail__meta">
          ${album.artist && html`<span>${album.artist}</span>`}${album.year && html`<span>${album.year}</span>`}
          <span>${t("count.tracks", { count: tracks.length })}</span><span>${duration(whole)}</span>
        </p>
        <div class="detail__actions">
          <button
            type="button"
            class="button button--accent"
            disabled=${!tracks.length}
            onClick=${() => open(tracks[0]?.id ?? "", { at: 0, queue: tracks })}
          >
            <${Icon} name="play" filled />${t("action.play")}
          </button>
        </div>
      </div>
    </div>
    <section class="section" aria-label=${t("album.tracks")}>
      <${TrackList}
        tracks=${tracks}
        artist=${album.artist}
        onPlay=${(/** @type {string} */ id) => open(id, { at: 0, queue: tracks })}
      />
    </section>
  </article>`;
}
