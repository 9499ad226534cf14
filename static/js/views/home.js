/** Home: what to go on with, what the discs do, what is new. */
import { html } from "htm/preact";
import { api } from "../api.js";
import { content } from "../api_content.js";
import { Card } from "../components/card.js";
import { ContentJobs } from "../components/content_jobs.js";
import { DiscCard } from "../components/disc_card.js";
import { DiscInvitation } from "../components/disc_invitation.js";
import { ErrorState } from "../components/error_state.js";
import { GroupCard } from "../components/group_card.js";
import { Hero } from "../components/hero.js";
import { IconButton } from "../components/icon_button.js";
import { PodcastCard } from "../components/podcast_card.js";
import { Shelf } from "../components/shelf.js";
import { PageSkeleton } from "../components/skeleton.js";
import { forgetMedia, forgotten } from "../forgotten.js";
import { useResource } from "../resource.js";
import { drives, isActive, libraryRevision, mayRip, podcastRevision, toast, toastError } from "../store.js";
import { t } from "../strings.js";
import { useTurns } from "../turns.js";
import { cardTitle, resumeHref } from "../words.js";

/** @import { Card as CardRecord, Drive, Group, Shelf as ShelfRecord } from "../types.js" */

const MORE = {
  movie: "/films", show: "/shows", album: "/music", video: "/videos", podcast: "/podcasts", article: "/articles", book: "/books",
  photo: "/home-media",
};
const SHAPES = /** @type {const} */ ({
  movie: "poster", show: "poster", album: "square", video: "wide", podcast: "square", article: "wide", book: "poster",
  photo: "square",
});

/** How many shelves fill a window before the others come, one at a time. */
const SEEN = 2;

export function HomeView() {
  const shelves = useResource("shelves", api.shelves, libraryRevision.value);
  const begun = useResource("continue", api.continueWatching, libraryRevision.value);
  const upNext = useResource("up-next", api.upNext, libraryRevision.value);
  const podcasts = useResource("podcasts", content.podcasts, podcastRevision.value);
  const drawn = useTurns(SEEN, shelves.value?.shelves.length ?? 0, 1);
  if (shelves.error && !shelves.value) return html`<${ErrorState} error=${shelves.error} onRetry=${shelves.reload} />`;
  if (!shelves.value || (!begun.value && !begun.error) || (!upNext.value && !upNext.error)) return html`<${PageSkeleton} />`;

  const going = (begun.value?.items ?? []).filter((card) => !forgotten.value.has(card.id));
  const following = (upNext.value?.items ?? []).filter((card) => !forgotten.value.has(card.id));
  const filled = shelves.value.shelves.filter((shelf) => shelf.items.length > 0);
  const hero = going.find((card) => card.media_type !== "track") ?? newestFilm(filled);
  const fresh = (podcasts.value?.podcasts ?? []).filter((one) => one.unheard_count > 0).sort((a, b) => (b.newest_at ?? 0) - (a.newest_at ?? 0));
  const discs = mayRip.value ? (drives.value ?? []).filter(isInteresting) : [];
  return html`
    ${hero && html`<${Hero} card=${hero} />`}
    ${!hero && (filled.length ? html`<h1 class="unseen">${t("nav.home")}</h1>` : html`<${DiscInvitation} />`)}
    ${discs.map((drive) => html`<${DiscCard} key=${drive.id} drive=${drive} />`)}
    <${ContentJobs} brief />
    ${going.length > 0 &&
    html`<${Shelf} title=${t("home.continue")} shape="wide">
      ${going.map((card) => reminder(card, resumeHref(card)))}
    <//>`}
    ${following.length > 0 && html`<${Shelf} title=${t("home.upNext")} shape="wide">${following.map((card) => reminder(card))}<//>`}
    ${fresh.length > 0 &&
    html`<${Shelf} title=${t("home.podcasts")} shape="square" more="/podcasts">
      ${fresh.slice(0, 20).map((podcast) => html`<li key=${podcast.id}><${PodcastCard} podcast=${podcast} /></li>`)}
    <//>`}
    ${filled.slice(0, drawn).map(
      (shelf) => html`<${Shelf}
        key=${shelf.key}
        title=${t(`home.${shelf.key}`)}
        shape=${SHAPES[shelf.key]}
        more=${MORE[shelf.key]}
      >
        ${shelf.items.filter((one) => !("id" in one) || !forgotten.value.has(one.id)).map((one) => shelfItem(one, SHAPES[shelf.key]))}
      <//>`,
    )}
  `;
}

/** What one may go on with, or may not want to be reminded of. @param {CardRecord} card @param {string} [href] */
const reminder = (card, href) => html`<li key=${card.id} class="reminder">
  <${Card} card=${card} shape="wide" href=${href ?? `/play/${card.id}`} />
  <${IconButton} icon="x" class="reminder__hide" label=${t("home.hide", { title: cardTitle(card) })} onClick=${() => hide(card)} />
</li>`;

/** @param {CardRecord} card */
async function hide(card) {
  forgetMedia(card.id, true);
  try {
    await api.hide(card.id, true);
    toast(t("home.hidden", { title: cardTitle(card) }), { action: t("action.undo"), run: () => remind(card) });
  } catch (error) {
    forgetMedia(card.id, false);
    toastError(error);
  }
}

/** @param {CardRecord} card */
async function remind(card) {
  forgetMedia(card.id, false);
  await api.hide(card.id, false).catch(toastError);
  libraryRevision.value += 1;
}

/** @param {CardRecord | Group} one @param {"poster" | "wide" | "square"} shape */
function shelfItem(one, shape) {
  if ("kind" in one) return html`<li key=${one.key}><${GroupCard} group=${one} /></li>`;
  const subtitle = one.media_type === "movie" && one.year ? String(one.year) : undefined;
  return html`<li key=${one.id}><${Card} card=${one} shape=${shape} subtitle=${subtitle} /></li>`;
}

/** @param {ShelfRecord[]} shelves */
function newestFilm(shelves) {
  const films = shelves.find((shelf) => shelf.key === "movie")?.items ?? [];
  return /** @type {CardRecord[]} */ (films).find((film) => !forgotten.value.has(film.id));
}

/** An empty drive is no news; a disc or a running job is. @param {Drive} drive */
const isInteresting = (drive) => drive.state !== "empty" || (drive.job !== null && isActive(drive.job));
