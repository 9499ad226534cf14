/** What the address of a shelf says: how it is sorted, narrowed and drawn; pure. */

/** @typedef {"unfinished" | "began" | "finished"} Standing */
/** @typedef {"sd" | "hd" | "full_hd" | "uhd"} Resolution */
/**
 * @typedef {{ standing?: Standing, genre?: string, tag?: string, language?: string, decade?: number, year?: number,
 *   resolution?: Resolution, hdr?: true, days?: number, review?: true }} Wishes
 */

const STANDINGS = ["unfinished", "began", "finished"];
const RESOLUTIONS = ["sd", "hd", "full_hd", "uhd"];
const FIELDS = ["standing", "genre", "tag", "language", "decade", "year", "resolution", "hdr", "days", "review"];

/** @param {URLSearchParams} query @returns {Wishes} what is not understood is not there */
export function wishesOf(query) {
  /** @type {Wishes} */
  const wishes = {};
  const standing = query.get("standing");
  if (standing && STANDINGS.includes(standing)) wishes.standing = /** @type {Standing} */ (standing);
  const genre = query.get("genre");
  const tag = query.get("tag");
  if (genre) wishes.genre = genre;
  else if (tag) wishes.tag = tag;
  const language = query.get("language");
  if (language && /^[A-Za-z0-9-]{2,35}$/.test(language)) wishes.language = language;
  const decade = whole(query.get("decade"), 9990);
  if (decade !== null && decade % 10 === 0) wishes.decade = decade;
  const year = whole(query.get("year"), 9999);
  if (year) wishes.year = year;
  const resolution = query.get("resolution");
  if (resolution && RESOLUTIONS.includes(resolution)) wishes.resolution = /** @type {Resolution} */ (resolution);
  if (query.get("hdr") === "true") wishes.hdr = true;
  const days = whole(query.get("days"), 36500);
  if (days) wishes.days = days;
  if (query.get("review") === "true") wishes.review = true;
  return wishes;
}

/** @param {string | null} text @param {number} most */
function whole(text, most) {
  const number = text && /^\d{1,6}$/.test(text) ? Number(text) : null;
  return number !== null && number <= most ? number : null;
}

/** What the server is asked. @param {Wishes} wishes @returns {Record<string, string>} */
export function asked({ standing, ...rest }) {
  /** @type {Record<string, string>} */
  const query = {};
  for (const [name, value] of Object.entries(rest)) query[name] = String(value);
  if (standing) query[standing] = "true";
  return query;
}

/** The address with a wish more, another or less. @param {URLSearchParams} query @param {keyof Wishes} name
 *  @param {string | number | boolean | null | undefined} value @returns {URLSearchParams} */
export function wishing(query, name, value) {
  const next = new URLSearchParams(query);
  if (name === "genre" || name === "tag") {
    next.delete("genre");
    next.delete("tag");
  }
  if (value === null || value === undefined || value === "" || value === false) next.delete(name);
  else next.set(name, String(value));
  return next;
}

/** The address without any wish. @param {URLSearchParams} query */
export function wishless(query) {
  const next = new URLSearchParams(query);
  for (const name of FIELDS) next.delete(name);
  return next;
}

/** @param {URLSearchParams} query @returns {"grid" | "list"} */
export const lookOf = (query) => (query.get("view") === "list" ? "list" : "grid");
