/** Boot: who is here, then the page, then everything that can wait. */
import { html, render } from "htm/preact";
import { useEffect, useRef } from "preact/hooks";
import { ApiError } from "./api.js";
import { startArrivals } from "./arrivals.js";
import { ActivityDrawer } from "./components/activity_drawer.js";
import { Announcer } from "./components/announcer.js";
import { DropVeil } from "./components/drop_veil.js";
import { LiveNotice } from "./components/live_notice.js";
import { SideNav } from "./components/side_nav.js";
import { PageSkeleton } from "./components/skeleton.js";
import { Stage } from "./components/stage.js";
import { TabBar } from "./components/tab_bar.js";
import { Toasts } from "./components/toast.js";
import { TopBar } from "./components/top_bar.js";
import { lazy } from "./lazy.js";
import { startLive } from "./live.js";
import { isAudio, loadEngine } from "./player.js";
import { place, startRouter, visits } from "./router.js";
import { asksAfter, isShared, loadDiscs, loadJobs, loadMe, loadReview, loadStats, me, readTheme, server, settleToasts, toastError } from "./store.js";
import { t } from "./strings.js";
import { nextTurn } from "./turns.js";
import "./offline/installing.js";
import { HomeView } from "./views/home.js";

/** @import { ComponentType } from "preact" */

const AudioBar = lazy(() => import("./components/audio_bar.js"), "AudioBar", () => null, ["audio_bar", "seek"]);
const Account = lazy(() => import("./views/settings/account.js"), "AccountView", PageSkeleton, ["settings", "who"]);
const VIEWS = /** @type {Record<string, ComponentType<any> & { preload?: () => void }>} */ ({
  home: HomeView,
  films: lazy(() => import("./views/films.js"), "FilmsView", PageSkeleton, ["lists"]),
  shows: lazy(() => import("./views/shows.js"), "ShowsView", PageSkeleton, ["lists"]),
  show: lazy(() => import("./views/show.js"), "ShowView", PageSkeleton, ["works"]),
  music: lazy(() => import("./views/music.js"), "MusicView", PageSkeleton, ["lists"]),
  album: lazy(() => import("./views/album.js"), "AlbumView", PageSkeleton, ["works"]),
  bin: lazy(() => import("./views/bin.js"), "BinView", PageSkeleton, ["lists"]),
  library: lazy(() => import("./views/library.js"), "LibraryView"),
  articles: lazy(() => import("./views/articles.js"), "ArticlesView", PageSkeleton, ["lists"]),
  article: lazy(() => import("./views/article.js"), "ArticleView", PageSkeleton, ["reader"]),
  books: lazy(() => import("./views/books.js"), "BooksView", PageSkeleton, ["lists"]),
  highlights: lazy(() => import("./views/highlights.js"), "HighlightsView", PageSkeleton, ["reader"]),
  book: lazy(() => import("./views/book.js"), "BookView", PageSkeleton, ["reader"]),
  reader: lazy(() => import("./views/book_reader.js"), "BookReaderView", PageSkeleton, ["reader"]),
  home_media: lazy(() => import("./views/home_media.js"), "HomeMediaView", PageSkeleton, ["home_media", "lists"]),
  photo: lazy(() => import("./views/photo.js"), "PhotoView", () => null, ["home_media"]),
  collections: lazy(() => import("./views/collections.js"), "CollectionsView"),
  collection: lazy(() => import("./views/collection.js"), "CollectionView", PageSkeleton, ["works"]),
  item: lazy(() => import("./views/item.js"), "ItemView", PageSkeleton, ["works"]),
  podcasts: lazy(() => import("./views/podcasts.js"), "PodcastsView", PageSkeleton, ["podcasts", "lists"]),
  podcast: lazy(() => import("./views/podcast.js"), "PodcastView", PageSkeleton, ["podcasts", "lists"]),
  episode: lazy(() => import("./views/episode.js"), "EpisodeView", PageSkeleton, ["podcasts"]),
  videos: lazy(() => import("./views/videos.js"), "VideosView", PageSkeleton, ["lists"]),
  channel: lazy(() => import("./views/channel.js"), "ChannelView", PageSkeleton, ["podcasts", "lists"]),
  libraries: lazy(() => import("./views/settings/libraries.js"), "LibrariesView", PageSkeleton, ["settings", "libraries"]),
  names: lazy(() => import("./views/settings/names.js"), "NamesView", PageSkeleton, ["settings", "libraries"]),
  downloads: lazy(() => import("./views/settings/downloads.js"), "DownloadsView", PageSkeleton, ["settings"]),
  podcast_rules: lazy(() => import("./views/settings/podcasts.js"), "PodcastRulesView", PageSkeleton, ["settings", "podcasts"]),
  sites: lazy(() => import("./views/settings/sites.js"), "SitesView", PageSkeleton, ["settings"]),
  add: lazy(() => import("./views/add.js"), "AddView", PageSkeleton, ["settings", "add", "podcasts", "uploads"]),
  review: lazy(() => import("./views/review.js"), "ReviewView", PageSkeleton, ["works"]),
  person: lazy(() => import("./views/person.js"), "PersonView", PageSkeleton, ["works"]),
  artists: lazy(() => import("./views/artists.js"), "ArtistsView", PageSkeleton, ["works", "lists"]),
  artist: lazy(() => import("./views/artist.js"), "ArtistView", PageSkeleton, ["works"]),
  search: lazy(() => import("./views/search.js"), "SearchView", PageSkeleton, ["works", "search"]),
  activity: lazy(() => import("./views/activity.js"), "ActivityView", PageSkeleton, ["playback"]),
  job: lazy(() => import("./views/job.js"), "JobView"),
  settings: Account,
  account: Account,
  keys: lazy(() => import("./views/settings/keys.js"), "KeysView", PageSkeleton, ["settings"]),
  discs: lazy(() => import("./views/settings/discs.js"), "DiscsView", PageSkeleton, ["settings"]),
  playback: lazy(() => import("./views/settings/playback.js"), "PlaybackView", PageSkeleton, ["settings", "playback"]),
  people: lazy(() => import("./views/settings/people.js"), "PeopleView", PageSkeleton, ["settings", "who"]),
  notifications: lazy(() => import("./views/settings/notifications.js"), "NotificationsView", PageSkeleton, ["settings"]),
  offline: lazy(() => import("./views/offline.js"), "OfflineView", PageSkeleton, ["offline"]),
  who: lazy(() => import("./views/who.js"), "WhoView", PageSkeleton, ["who"]),
  link: lazy(() => import("./views/link.js"), "LinkView", PageSkeleton, ["who"]),
  storage: lazy(() => import("./views/settings/storage.js"), "StorageView", PageSkeleton, ["settings", "storage"]),
  about: lazy(() => import("./views/settings/about.js"), "AboutView", PageSkeleton, ["settings"]),
  not_found: lazy(() => import("./views/not_found.js"), "NotFoundView"),
});

/** What works without a network is made ready when the page has had its time, ms. */
const OFFLINE_AFTER = 4000;

/** How long the server may take to say who is here, ms. */
const PATIENCE = 15_000;

/** Views that the next click probably wants. */
const LIKELY = ["films", "item", "search", "shows"];

const TITLES = /** @type {const} */ ({
  films: "nav.films", shows: "nav.shows", music: "nav.music", podcasts: "nav.podcasts", videos: "nav.videos",
  articles: "nav.articles", books: "nav.books", collections: "nav.collections", review: "nav.review", artists: "nav.music", library: "nav.library", bin: "nav.bin", add: "nav.add", search: "search.label", activity: "activity.title",
  settings: "settings.account", account: "settings.account", keys: "settings.keys", discs: "settings.discs",
  libraries: "settings.libraries", names: "settings.names", home_media: "nav.homeMedia", downloads: "settings.downloads", podcast_rules: "settings.podcasts", sites: "settings.sites",
  people: "settings.people", about: "settings.about",
});

/** Views that name the page themselves. */
const OWN_TITLE = new Set([
  "item", "show", "album", "player", "podcast", "episode", "channel", "article", "book", "collection", "reader",
  "photo", "person", "artist", "highlights", "playback", "storage", "notifications", "offline", "who", "link",
]);

/** Views that want the whole window, without the ways to everywhere else. */
const ALONE = new Set(["article", "reader", "photo", "who"]);

function App() {
  const main = useRef(/** @type {HTMLElement | null} */ (null));
  const { name, path } = place.value;
  const View = VIEWS[name];
  const visit = visits.value;

  useEffect(() => {
    if (OWN_TITLE.has(name)) return;
    const title = TITLES[/** @type {keyof typeof TITLES} */ (name)];
    document.title = [title && t(title), server.value?.library_name].filter(Boolean).join(" · ");
  }, [name, path]);
  useEffect(() => {
    if (visit > 0) main.current?.focus({ preventScroll: true });
  }, [visit]);

  return html`
    ${View && ALONE.has(name) && html`<main class="app app--alone" id="main" tabindex="-1" ref=${main}><${View} key=${name} /></main>`}
    ${View &&
    !ALONE.has(name) &&
    html`<div class="app">
      <a class="skip" href="#main">${t("nav.skip")}</a>
      <${SideNav} />
      <div class="app__page">
        <${TopBar} />
        <main class="main" id="main" tabindex="-1" ref=${main}><${View} key=${name} /></main>
      </div>
      <${TabBar} />
    </div>`}
    <div class="foot"><${LiveNotice} /><${Toasts} />${isAudio.value && html`<${AudioBar} />`}</div>
    <${Stage} />
    <${ActivityDrawer} />
    <${DropVeil} />
    <${Announcer} />
  `;
}

async function boot() {
  readTheme();
  startRouter();
  startArrivals();
  addEventListener("pagehide", settleToasts);
  await Promise.race([loadMe(), outOfReach()]);
  // Whoever comes to a shared screen says first who is watching.
  if (isShared.value && sessionStorage.getItem("watching") !== me.value?.id && place.value.name !== "who") {
    return location.replace(`/who?next=${encodeURIComponent(location.pathname + location.search)}`);
  }
  const root = document.getElementById("app");
  if (!root) return;
  root.replaceChildren();
  render(html`<${App} />`, root);
  if (!me.value) return; // nobody is watching yet
  if (asksAfter.value) import("./screen_watch.js").then((screen) => screen.startWatching()).catch(toastError);
  // Discs, jobs and counts come into a page that is already there.
  Promise.all([loadDiscs, loadJobs, loadStats, loadReview].map((load) => nextTurn().then(load))).catch(toastError);
  import("./choices.js").then((personal) => personal.loadChoices()).catch(toastError);
  await startLive();
  for (const name of LIKELY) {
    await nextTurn();
    VIEWS[name]?.preload?.();
  }
  (await import("./keys.js")).startKeys();
  import("./carrying.js").then((carrying) => carrying.startCarrying()).catch(() => undefined);
  // What plays comes before it is wanted, and is asked for again when it did not.
  loadEngine().catch(() => undefined);
  setTimeout(() => void import("./offline/start.js").then((offline) => offline.start()).catch(() => undefined), OFFLINE_AFTER);
}

/** Away from home a request may hang for minutes; where there is something without the server, that is too long. */
function outOfReach() {
  return new Promise((_, give) => {
    const error = new ApiError(0, "unreachable", t("error.unreachable"));
    if (navigator.serviceWorker?.controller) setTimeout(() => give(error), PATIENCE);
  });
}

boot().catch(async (error) => {
  const root = document.getElementById("app");
  // Without the server there is still what is on this device.
  const away = error?.status === 0 ? await import("./offline/app.js").catch(() => null) : null;
  if (!root || !(await away?.startOffline(root))) root?.replaceChildren(failed(error));
});

/** The page that is left when the server does not answer at all. @param {Error} error */
function failed(error) {
  const box = document.createElement("div");
  box.className = "empty empty--page";
  box.setAttribute("role", "alert");
  const text = document.createElement("p");
  text.textContent = error.message;
  const again = document.createElement("button");
  again.type = "button";
  again.className = "button";
  again.textContent = t("action.tryAgain");
  again.addEventListener("click", () => location.reload());
  box.append(text, again);
  return box;
}
