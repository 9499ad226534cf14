/** History routing: every state of the app has an address that can be shared, reloaded and gone back to. */
import { signal } from "@preact/signals";

/** @typedef {{ name: string, params: Record<string, string>, path: string, query: URLSearchParams }} Place */

/** Addresses of the app; a part that begins with a colon is a parameter. */
const ROUTES = /** @type {const} */ ({
  home: "/",
  films: "/films",
  shows: "/shows",
  show: "/shows/:key",
  music: "/music",
  album: "/music/:key",
  artists: "/artists",
  artist: "/artists/:key",
  person: "/persons/:id",
  review: "/review",
  podcasts: "/podcasts",
  podcast: "/podcasts/:id",
  episode: "/podcasts/:podcast/:id",
  videos: "/videos",
  channel: "/videos/:key",
  articles: "/articles",
  article: "/articles/:id",
  highlights: "/highlights",
  books: "/books",
  book: "/books/:id",
  reader: "/read/:id",
  home_media: "/home-media",
  photo: "/home-media/:id",
  collections: "/collections",
  collection: "/collections/:id",
  library: "/library",
  bin: "/bin",
  add: "/add",
  item: "/item/:id",
  player: "/play/:id",
  search: "/search",
  activity: "/activity",
  job: "/activity/:id",
  settings: "/settings",
  account: "/settings/account",
  keys: "/settings/keys",
  discs: "/settings/discs",
  libraries: "/settings/libraries",
  names: "/settings/names",
  downloads: "/settings/downloads",
  podcast_rules: "/settings/podcasts",
  sites: "/settings/sites",
  playback: "/settings/playback",
  people: "/settings/people",
  notifications: "/settings/notifications",
  offline: "/offline",
  storage: "/settings/storage",
  about: "/settings/about",
  who: "/who",
  link: "/link",
});

/**
 * @param {string} address path with an optional query
 * @returns {Place} the name is "not_found" for an address that the app does not have
 */
export function match(address) {
  const url = new URL(address, "http://app.invalid");
  const parts = url.pathname.split("/").filter(Boolean);
  for (const [name, pattern] of Object.entries(ROUTES)) {
    const params = matchParts(pattern.split("/").filter(Boolean), parts);
    if (params) return { name, params, path: url.pathname, query: url.searchParams };
  }
  return { name: "not_found", params: {}, path: url.pathname, query: url.searchParams };
}

/** @param {string[]} pattern @param {string[]} parts @returns {Record<string, string> | null} */
function matchParts(pattern, parts) {
  if (pattern.length !== parts.length) return null;
  /** @type {Record<string, string>} */
  const params = {};
  for (const [index, wanted] of pattern.entries()) {
    const part = parts[index] ?? "";
    if (wanted.startsWith(":")) params[wanted.slice(1)] = decode(part);
    else if (wanted !== part) return null;
  }
  return params;
}

/** @param {string} part */
function decode(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export const place = signal(match("/"));
/** How often the reader went somewhere on purpose, so that the page can move the focus. */
export const visits = signal(0);

/** @param {string} to @param {{ replace?: boolean, keepFocus?: boolean }} [how] */
export function navigate(to, { replace = false, keepFocus = false } = {}) {
  rememberScroll();
  if (replace) history.replaceState({ scroll: 0, within: history.state?.within ?? false }, "", to);
  else history.pushState({ scroll: 0, within: true }, "", to);
  place.value = match(to);
  scrollTo(0, 0);
  if (!keepFocus) visits.value += 1;
}

/** Back to where the reader came from, or to `fallback` when this page was opened directly.
 *  @param {string} fallback */
export function back(fallback) {
  if (history.state?.within) history.back();
  else navigate(fallback, { replace: true });
}

/** Takes over links and the back button. Called once. */
export function startRouter() {
  history.scrollRestoration = "manual";
  place.value = match(location.pathname + location.search);
  addEventListener("popstate", () => {
    const scroll = Number(history.state?.scroll ?? 0);
    place.value = match(location.pathname + location.search);
    restoreScroll(scroll);
  });
  addEventListener("pagehide", rememberScroll);
  addEventListener("scroll", rememberSoon, { passive: true });
  document.addEventListener("click", followLink);
  restoreScroll(Number(history.state?.scroll ?? 0));
}

/** @param {MouseEvent} event */
function followLink(event) {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
  if (!(link instanceof HTMLAnchorElement) || link.target || link.hasAttribute("download")) return;
  if (link.origin !== location.origin || link.pathname.startsWith("/api/") || link.hash) return;
  if (match(link.pathname).name === "not_found") return;
  event.preventDefault();
  navigate(link.pathname + link.search);
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let rememberTimer;

function rememberSoon() {
  clearTimeout(rememberTimer);
  rememberTimer = setTimeout(rememberScroll, 150);
}

function rememberScroll() {
  clearTimeout(rememberTimer);
  history.replaceState({ ...history.state, scroll: Math.round(scrollY) }, "");
}

/**
 * Scrolls as soon as the page has grown tall enough; gives up when the reader scrolls or after two seconds.
 * @param {number} target
 */
function restoreScroll(target) {
  const deadline = performance.now() + 2000;
  const attempts = new AbortController();
  const stop = () => attempts.abort();
  for (const type of ["wheel", "touchstart", "keydown"]) addEventListener(type, stop, { signal: attempts.signal, passive: true });
  const attempt = () => {
    if (attempts.signal.aborted) return;
    const reach = document.documentElement.scrollHeight - innerHeight;
    if (reach < target && performance.now() <= deadline) return void requestAnimationFrame(attempt);
    scrollTo(0, target);
    stop();
  };
  requestAnimationFrame(attempt);
}
