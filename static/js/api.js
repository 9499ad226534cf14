/** The only place that fetches: one function for each call of the HTTP contract. */
import { language, t } from "./strings.js";

/**
 * @import { Album, ApiKey, Card, CardPage, Disc, DiscEdit, DiscSettings, Drive, Group, GroupPage, Health, Job, LibraryRef,
 *   Media, MediaEdit, Person, Progress, Role, Scope, Server, Session, Settings, Shelf, Show, Stats, User } from "./types.js"
 */

/** An answer that is not a success. `message` is written for the user and may be shown as it is. */
export class ApiError extends Error {
  /**
   * @param {number} status 0 when there was no answer at all
   * @param {string} code
   * @param {string} message
   * @param {string | null} [field] the request field that is at fault
   */
  constructor(status, code, message, field = null) {
    super(message);
    this.name = "ApiError";
    this.status = status;
    this.code = code;
    this.field = field;
  }
}

/**
 * @typedef {{ signal?: AbortSignal, keepalive?: boolean, quiet?: boolean, also?: number }} Options
 *   `keepalive` lets the call outlive the page; `quiet` leaves a 401 to the caller instead of going to the sign-in;
 *   `also` is a status that counts as a success.
 */

/**
 * @param {string} method
 * @param {string} path
 * @param {unknown} [body]
 * @param {Options} [options]
 * @returns {Promise<any>} the JSON of the answer, null for 204
 */
export async function call(method, path, body, options = {}) {
  /** @type {RequestInit} */
  const init = { method, credentials: "same-origin", headers: { Accept: "application/json" } };
  if (options.signal) init.signal = options.signal;
  if (options.keepalive) init.keepalive = true;
  if (body !== undefined) {
    init.headers = { Accept: "application/json", "Content-Type": "application/json" };
    init.body = JSON.stringify(body);
  }
  const answer = await reach(path, init);
  if (answer.status === 204) return null;
  const value = parse(await answer.text());
  if ((answer.ok || answer.status === options.also) && value !== undefined) return value;
  if (answer.status === 401 && !options.quiet) goToLogin(value);
  throw await refused(answer.status, value);
}

/** @param {string} path @param {Options} [options] @returns {Promise<string>} an answer that is text, not JSON */
export async function callText(path, options = {}) {
  const answer = await reach(path, { credentials: "same-origin", signal: options.signal ?? null });
  const text = await answer.text();
  if (answer.ok) return text;
  const value = parse(text);
  if (answer.status === 401) goToLogin(value);
  throw await refused(answer.status, value);
}

/** @param {string} path @param {RequestInit} init */
async function reach(path, init) {
  try {
    return await fetch(path, init);
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new ApiError(0, "unreachable", t("error.unreachable"));
  }
}

/** An answer that is not a success, in the words of the page. @param {number} status @param {any} value its JSON, if it has any */
export async function refused(status, value) {
  const { code, message, field } = value?.error ?? {};
  return new ApiError(status, code ?? "unknown", message ? await inOurWords(message) : t("error.unexpected"), field ?? null);
}

/** A sentence of the server in the language of the page. @param {string} text */
export async function inOurWords(text) {
  const [code = "en"] = language.split("-");
  if (code === "en") return text;
  const { loadSentences } = await import("./sentences.js");
  return (await loadSentences(code))(text);
}

/** @param {string} text @returns {any} */
function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

let isChanging = false;

/** The session of this page is about to be another one: that the old one ends is no reason to sign in.
 *  @template T @param {() => Promise<T>} act the page is left when it succeeds @returns {Promise<T>} */
export async function changeSession(act) {
  isChanging = true;
  try {
    return await act();
  } catch (error) {
    isChanging = false;
    throw error;
  }
}

/** A shared screen that nobody touched for long waits to be told who is there. @param {any} answer */
export const isNobody = (answer) => answer?.error?.code === "nobody_chosen" || answer?.code === "nobody_chosen";

/** Leaves for the sign-in, or for where it is said who is watching, and comes back to this place afterwards. @param {unknown} [answer] */
export function goToLogin(answer) {
  const page = isNobody(answer) ? "/who" : "/login";
  if (isChanging || location.pathname === page) return;
  location.assign(`${page}?next=${encodeURIComponent(location.pathname + location.search)}${location.hash}`);
}

/**
 * @param {string} path
 * @param {Record<string, string | number | null | undefined>} values null and undefined are left out
 */
export function withQuery(path, values) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) if (value != null) query.set(name, String(value));
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}

const id = encodeURIComponent;

/** @typedef {{ sort?: string, direction?: string, cursor?: string | null, limit?: number }} PageQuery */

export const api = {
  /** @returns {Promise<{ needed: boolean, token_file: string | null }>} */
  setupState: () => call("GET", "/api/setup"),
  /** @param {{ token: string, username: string, password: string }} claim @returns {Promise<{ user: User }>} */
  claim: (claim) => call("POST", "/api/setup", claim, { quiet: true }),
  /** @param {{ username: string, password: string, shared?: boolean }} who @returns {Promise<{ user: User }>} */
  login: (who) => call("POST", "/api/login", who, { quiet: true }),
  logout: () => changeSession(() => call("POST", "/api/logout", {})),

  /** @returns {Promise<{ user: User, is_shared: boolean, asks_after_minutes: number | null, server: Server }>} */
  me: () => call("GET", "/api/me"),
  /** @param {{ display_name: string }} edit @returns {Promise<{ user: User }>} */
  editMe: (edit) => call("PATCH", "/api/me", edit),
  /** @param {{ current_password: string, new_password: string }} change */
  changePassword: (change) => call("PUT", "/api/me/password", change, { quiet: true }),
  /** @param {Options} [o] @returns {Promise<{ sessions: Session[] }>} */
  sessions: (o) => call("GET", "/api/me/sessions", undefined, o),
  /** @param {string} session */
  endSession: (session) => call("DELETE", `/api/me/sessions/${id(session)}`, undefined, { keepalive: true }),

  /** @param {Options} [o] @returns {Promise<{ keys: ApiKey[], scopes: Scope[] }>} */
  keys: (o) => call("GET", "/api/keys", undefined, o),
  /** @param {{ name: string, scopes: string[], expires_in_days: number | null }} key
   *  @returns {Promise<{ key: ApiKey, secret: string }>} */
  createKey: (key) => call("POST", "/api/keys", key),
  /** @param {string} key */
  revokeKey: (key) => call("DELETE", `/api/keys/${id(key)}`, undefined, { keepalive: true }),

  /** @param {Options} [o] @returns {Promise<{ users: Person[], libraries: LibraryRef[] }>} */
  people: (o) => call("GET", "/api/users", undefined, o),
  /** @param {{ username: string, display_name?: string, password: string | null, role: Role, max_age?: number | null, sees_unrated?: boolean,
   *    all_libraries?: boolean, library_ids?: string[], pin?: string }} person
   *  @returns {Promise<{ user: Person }>} */
  addPerson: (person) => call("POST", "/api/users", person),
  /** @param {string} user
   *  @param {{ display_name?: string, role?: Role, disabled?: boolean, password?: string, all_libraries?: boolean,
   *    library_ids?: string[], max_age?: number | null, sees_unrated?: boolean, pin?: string | null, on_shared_screens?: boolean }} edit
   *  @param {Options} [o] @returns {Promise<{ user: Person }>} */
  editPerson: (user, edit, o) => call("PATCH", `/api/users/${id(user)}`, edit, o),
  /** @param {string} user */
  removePerson: (user) => call("DELETE", `/api/users/${id(user)}`, undefined, { keepalive: true }),

  /** @param {PageQuery & { type?: string, show?: string, unfinished?: string | null }} query @param {Options} [o] @returns {Promise<CardPage>} */
  library: (query, o) => call("GET", withQuery("/api/library", query), undefined, o),
  /** @param {Options} [o] @returns {Promise<{ shelves: Shelf[] }>} */
  shelves: (o) => call("GET", "/api/library/shelves", undefined, o),
  /** @param {PageQuery} query @param {Options} [o] @returns {Promise<GroupPage>} */
  shows: (query, o) => call("GET", withQuery("/api/shows", query), undefined, o),
  /** @param {PageQuery} query @param {Options} [o] @returns {Promise<GroupPage>} */
  albums: (query, o) => call("GET", withQuery("/api/albums", query), undefined, o),
  /** @param {PageQuery} query @param {Options} [o] @returns {Promise<GroupPage>} */
  channels: (query, o) => call("GET", withQuery("/api/channels", query), undefined, o),
  /** @param {string} key @param {Options} [o] @returns {Promise<Group>} */
  channel: (key, o) => call("GET", `/api/channels/${id(key)}`, undefined, o),
  /** @param {string} key @param {Options} [o] @returns {Promise<Show>} */
  show: (key, o) => call("GET", `/api/shows/${id(key)}`, undefined, o),
  /** @param {string} key @param {Options} [o] @returns {Promise<Album>} */
  album: (key, o) => call("GET", `/api/albums/${id(key)}`, undefined, o),
  /** @param {string} media @param {Options} [o] @returns {Promise<Media>} */
  media: (media, o) => call("GET", `/api/media/${id(media)}`, undefined, o),
  /** @param {string} media @param {MediaEdit} edit @returns {Promise<Media>} */
  editMedia: (media, edit) => call("PATCH", `/api/media/${id(media)}/metadata`, edit),
  /** @param {string} media */
  binMedia: (media) => call("DELETE", `/api/media/${id(media)}`),
  /** @param {string} media @returns {Promise<Media>} */
  restoreMedia: (media) => call("POST", `/api/media/${id(media)}/restore`, {}),
  /** @param {string} q @param {Options} [o] 
   *  @returns {Promise<{ query: string, items: Card[], texts: (Card & { snippet: string })[], persons?: import("./types_works.js").PersonRef[] }>} */
  search: (q, o) => call("GET", withQuery("/api/search", { q, limit: 60 }), undefined, o),
  /** @param {string} media @param {{ position: number, duration: number }} progress @param {Options} [o]
   *  @returns {Promise<Progress>} */
  saveProgress: (media, progress, o) => call("PUT", `/api/media/${id(media)}/progress`, progress, o),
  /** @param {string} media */
  forgetProgress: (media) => call("DELETE", `/api/media/${id(media)}/progress`),
  /** @param {Options} [o] @returns {Promise<{ items: Card[] }>} */
  continueWatching: (o) => call("GET", "/api/continue-watching", undefined, o),
  /** @param {Options} [o] @returns {Promise<{ items: Card[] }>} */
  upNext: (o) => call("GET", "/api/up-next", undefined, o),
  /** @param {string} media @param {boolean} hidden from what one goes on with */
  hide: (media, hidden) => call("PUT", `/api/media/${id(media)}/hidden`, { hidden }),
  /** @returns {Promise<{ count: number }>} */
  reviewCount: () => call("GET", "/api/review?limit=1"),
  /** @param {Options} [o] @returns {Promise<Stats>} */
  stats: (o) => call("GET", "/api/stats", undefined, o),

  /** @param {Options} [o] @returns {Promise<{ drives: Drive[], recent: Disc[] }>} */
  discs: (o) => call("GET", "/api/discs", undefined, o),
  /** @param {string} disc @param {DiscEdit} edit @returns {Promise<Disc>} */
  editDisc: (disc, edit) => call("PATCH", `/api/discs/${id(disc)}`, edit),
  /** @param {string} disc @param {number[] | null} titles null rips what the plan says
   *  @returns {Promise<{ job: Job }>} */
  ripDisc: (disc, titles) => call("POST", `/api/discs/${id(disc)}/rip`, { titles }),
  /** @param {string} drive */
  eject: (drive) => call("POST", `/api/drives/${id(drive)}/eject`, {}),
  /** @param {string} status @param {number} limit @param {Options} [o] @returns {Promise<{ jobs: Job[] }>} */
  jobs: (status, limit, o) => call("GET", withQuery("/api/jobs", { status, limit }), undefined, o),
  /** @param {string} job @param {Options} [o] @returns {Promise<{ job: Job }>} */
  job: (job, o) => call("GET", `/api/jobs/${id(job)}`, undefined, o),
  /** @param {string} job @returns {Promise<{ job: Job }>} */
  cancelJob: (job) => call("DELETE", `/api/jobs/${id(job)}`),
  /** @param {string} job @returns {Promise<{ job: Job }>} */
  retryJob: (job) => call("POST", `/api/jobs/${id(job)}/retry`, {}),

  /** @param {Options} [o] @returns {Promise<Settings>} */
  settings: (o) => call("GET", "/api/settings", undefined, o),
  /** @param {Partial<DiscSettings>} discs @returns {Promise<Settings>} */
  editDiscSettings: (discs) => call("PATCH", "/api/settings", { discs }),
  /** A degraded appliance answers 503 with the same document, which is still an answer.
   *  @param {Options} [o] @returns {Promise<Health>} */
  health: (o) => call("GET", "/api/healthz", undefined, { ...o, also: 503 }),
};

/** @param {string} media @param {string | null} [file] a version or a part instead of the main file */
export const streamUrl = (media, file) => withQuery(`/api/stream/${id(media)}`, { file });
/** @param {string} media */
export const downloadUrl = (media) => `/api/download/${id(media)}`;
/** @param {string} media @param {342 | 780} width */
export const posterUrl = (media, width) => `/api/poster/${id(media)}?w=${width}`;
/** @param {string} show @param {"poster" | "backdrop"} kind @param {342 | 780 | 1280 | 1920} width */
export const showImageUrl = (show, kind, width) => withQuery(`/api/shows/${id(show)}/image`, { kind, width });
/** @param {string} media @param {1280 | 1920} width */
export const backdropUrl = (media, width) => `/api/poster/${id(media)}?kind=backdrop&w=${width}`;
/** @param {string} media @param {342 | 780 | 1280} width */
export const stillUrl = (media, width) => `/api/still/${id(media)}?w=${width}`;
