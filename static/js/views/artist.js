/** An artist: the albums, and those of others with a track of theirs. */
import { html } from "htm/preact";
import { api } from "../api.js";
import { works } from "../api_works.js";
import { Backdrop } from "../components/backdrop.js";
import { Cover } from "../components/cover.js";
import { ErrorState } from "../components/error_state.js";
import { GroupCard } from "../components/group_card.js";
import { PlayActions } from "../components/play_actions.js";
import { PageSkeleton } from "../components/skeleton.js";
import { usePageTitle } from "../page_title.js";
import { useResource } from "../resource.js";
import { place } from "../router.js";
import { libraryRevision } from "../store.js";
import { t as s } from "../strings_sound.js";
import { t } from "../strings_works.js";

/** @import { Group } from "../types.js" */

export function ArtistView() {
  const key = place.value.params.key ?? "";
  const resource = useResource(`artist:${key}`, (options) => works.artist(key, options), libraryRevision.value);
  usePageTitle(resource.value?.name);
  if (resource.error && !resource.value) return html`<${ErrorState} error=${resource.error} onRetry=${resource.reload} />`;
  if (!resource.value) return html`<${PageSkeleton} />`;
  const { name, albums, appears_on: others } = resource.value;
  const face = albums.find((one) => one.artwork.poster) ?? albums[0] ?? others[0];
  const tracks = albums.reduce((sum, one) => sum + one.count, 0);
  return html`<article class="detail">
    <${Backdrop} id=${null} hue=${face?.hue ?? 30} still=${false} />
    <div class="detail__head">
      <div class="detail__cover detail__cover--square detail__cover--round"><${Cover}
        id=${face?.cover_media_id ?? null}
        title=${name}
        hue=${face?.hue ?? 30}
        artwork=${face?.artwork ?? { poster: false, still: false }}
        shape="square"
        eager
      /></div>
      <div class="detail__words">
        <p class="detail__above">${t("artist.above")}</p>
        <h1 class="detail__title">${name}</h1>
        <p class="detail__meta">
          ${albums.length > 0 && html`<span>${t("count.albums", { count: albums.length })}</span><span>${t("count.tracks", { count: tracks })}</span>`}
        </p>
        <div class="detail__actions"><${PlayActions} load=${() => tracksOf(albums)} disabled=${tracks === 0} text=${s("queue.playAll")} /></div>
      </div>
    </div>
    <${Albums} title=${t("artists.albums")} albums=${[...albums].sort((a, b) => (b.year ?? 0) - (a.year ?? 0))} />
    <${Albums} title=${t("artist.appearsOn")} albums=${others} />
  </article>`;
}

/** Album by album, the oldest first. @param {Group[]} albums */
async function tracksOf(albums) {
  const inOrder = [...albums].sort((a, b) => (a.year ?? 0) - (b.year ?? 0));
  const found = await Promise.all(inOrder.map((one) => api.album(one.key)));
  return found.flatMap((one) => one.tracks);
}

/** @param {{ title: string, albums: Group[] }} props */
function Albums({ title, albums }) {
  if (!albums.length) return null;
  return html`<section class="section">
    <h2 class="section__head">${title}</h2>
    <ul class="wall">${albums.map((one) => html`<li key=${one.key}><${GroupCard} group=${one} subtitle=${one.year ? String(one.year) : undefined} /></li>`)}</ul>
  </section>`;
}
