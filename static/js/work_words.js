/** How works, candidates and changes are put into words; no markup. */
import { duration, languageNames } from "./format.js";
import { language } from "./strings.js";
import { t } from "./strings_works.js";
import { joinDots } from "./words.js";

/** @import { Card, Group, Media } from "./types.js" */
/** @import { Candidate, Credit, FieldValue, FileRole, MissingEpisode, PersonWork, Work, WorkFile, WorkKind } from "./types_works.js" */

/** The key of the film, show or album that a medium belongs to, null when it belongs to none of them.
 *  @param {Pick<Card, "id" | "media_type" | "show_key" | "album_key">} card */
export function workKey(card) {
  if (card.media_type === "movie") return `movie:${card.id}`;
  if (card.media_type === "episode" && card.show_key) return `show:${card.show_key}`;
  return card.media_type === "track" && card.album_key ? `album:${card.album_key}` : null;
}

/** @param {string} key @returns {WorkKind} */
export const kindOf = (key) => /** @type {WorkKind} */ (key.slice(0, key.indexOf(":")));

/** Where the page of a work is. @param {string} key */
export function workHref(key) {
  const rest = encodeURIComponent(key.slice(key.indexOf(":") + 1));
  return { movie: `/item/${rest}`, show: `/shows/${rest}`, album: `/music/${rest}` }[kindOf(key)];
}

/** "1995 · 2 h 50 min · United States" @param {Candidate} candidate */
export function candidateFacts(candidate) {
  return joinDots([
    candidate.year,
    candidate.kind === "album" && candidate.artist,
    candidate.runtime_minutes && duration(candidate.runtime_minutes * 60),
    candidate.tracks && t("count.tracks", { count: candidate.tracks }),
    candidate.country && countryName(candidate.country),
  ]);
}

/** "Germany" for "DE"; the code itself when nobody knows it. @param {string} code */
export function countryName(code) {
  if (!/^[A-Za-z]{2}$/.test(code) || /^x[weu]$/i.test(code)) return code;
  try {
    return new Intl.DisplayNames([language], { type: "region" }).of(code.toUpperCase()) ?? code;
  } catch {
    return code;
  }
}

/** "S02E04 The Storm" @param {MissingEpisode} episode */
export const missingTitle = (episode) => [`${episode.episode}.`, episode.title ?? t("show.untitled")].join(" ");

/** Missing episodes by season, the seasons in order, specials last.
 *  @param {MissingEpisode[]} missing @returns {Map<number, MissingEpisode[]>} */
export function bySeason(missing) {
  const seasons = [...new Set(missing.map((one) => one.season))].sort((a, b) => (a || Infinity) - (b || Infinity));
  return new Map(seasons.map((season) => [season, missing.filter((one) => one.season === season).sort((a, b) => a.episode - b.episode)]));
}

/** True for what is not out yet. @param {string | null} day "YYYY-MM-DD" @param {string} [today] */
export const isToCome = (day, today = new Date().toISOString().slice(0, 10)) => day !== null && day > today;

/** "12 Mar 2019", the text itself when it is no day @param {string | null} day "YYYY-MM-DD" */
export function dayText(day) {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day ?? "");
  if (!parts) return day ?? "";
  const at = new Date(Date.UTC(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3])));
  return at.toLocaleDateString(language, { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
}

/** Whole years between two days. @param {string} from @param {string} to both "YYYY-MM-DD" */
export function yearsBetween(from, to) {
  const years = Number(to.slice(0, 4)) - Number(from.slice(0, 4));
  return to.slice(5) < from.slice(5) ? years - 1 : years;
}

/** What a field holds, for people. @param {FieldValue} value */
export function valueText(value) {
  if (value === null || value === "") return "";
  if (Array.isArray(value)) return value.join(", ");
  if (typeof value === "boolean") return value ? t("answer.yes") : t("answer.no");
  return /^\d{4}-\d{2}-\d{2}$/.test(String(value)) ? dayText(String(value)) : String(value);
}

const FIELDS = /** @type {const} */ ({
  title: "field.title", year: "field.year", show_title: "field.show_title", season: "field.season", episode: "field.episode",
  artist: "field.artist", album: "field.album", track_number: "field.track_number", disc_number: "field.disc_number", edition: "field.edition", episode_end: "field.episode_end",
  original_title: "work.original", released_on: "work.released", genres: "work.genres", tags: "work.tags", studios: "work.studios",
});

/** "Original title" for "original_title", "Runtime minutes" for one that nobody knows @param {string} field */
export function fieldName(field) {
  const known = FIELDS[/** @type {keyof typeof FIELDS} */ (field)];
  return known ? t(known) : field.replaceAll("_", " ").replace(/^./, (letter) => letter.toUpperCase());
}

/** The part of a path where two differ, so that a long one can be read: "…/Heat (1995)/Heat.mkv".
 *  @param {string} from @param {string} to @returns {{ same: string, from: string, to: string }} */
export function pathChange(from, to) {
  const a = from.split("/");
  const b = to.split("/");
  let same = 0;
  while (same < a.length - 1 && same < b.length - 1 && a[same] === b[same]) same += 1;
  return { same: a.slice(0, same).join("/"), from: a.slice(same).join("/"), to: b.slice(same).join("/") };
}

/** Persons of the crew by what they did, in the order in which the jobs come. @param {Credit[]} crew
 *  @returns {[string, Credit[]][]} */
export function byJob(crew) {
  /** @type {Map<string, Credit[]>} */
  const jobs = new Map();
  for (const one of crew) jobs.set(one.job ?? "", [...(jobs.get(one.job ?? "") ?? []), one]);
  return [...jobs];
}

const ROLES = /** @type {FileRole[]} */ (["main", "version", "part", "subtitle", "extra", "lyrics", "artwork", "nfo", "sample", "other"]);

/** The files of a medium, what plays first. @param {WorkFile[]} files */
export const inOrder = (files) => [...files].sort((a, b) => ROLES.indexOf(a.role) - ROLES.indexOf(b.role) || (a.position ?? 0) - (b.position ?? 0) || a.path.localeCompare(b.path));

/** "German" of a file with subtitles, "Final Cut" of a version @param {WorkFile} file */
export function fileLabel(file) {
  if (file.role === "subtitle") return languageNames([subtitleLanguage(file)]) || t("file.subtitle");
  if (file.role === "part") return file.label ?? t("file.partNumber", { number: file.position ?? 1 });
  const picture = PICTURES[/** @type {keyof typeof PICTURES} */ (file.label ?? "")];
  if (file.role === "artwork") return picture ? t(picture) : t("file.artwork");
  return file.role === "main" || file.role === "version" || file.role === "extra" ? (file.label ?? t(`file.${file.role}`)) : t(`file.${file.role}`);
}

const PICTURES = /** @type {const} */ ({ poster: "artwork.poster", cover: "artwork.cover", folder: "artwork.poster", still: "artwork.still", thumb: "artwork.still", backdrop: "artwork.backdrop", fanart: "artwork.backdrop" });

/** The code of a language, from the label or from a name such as "Heat.en.forced.srt" @param {WorkFile} file */
function subtitleLanguage({ label, path }) {
  if (label && /^[a-z]{2,3}(-[a-z]+)?$/i.test(label)) return label;
  return /\.([a-z]{2,3})(\.(forced|sdh|cc|hi|default|foreign))*\.[a-z]+$/i.exec(path)?.[1]?.toLowerCase() ?? "";
}

/** A path for people: where a folder lies outside, its id says nothing. @param {string} path */
export const shownPath = (path) => path.replace(/^@[0-9a-f]+\//, "");

const EXTRAS = /** @type {const} */ ({
  trailer: "extra.trailer", behindthescene: "extra.behindthescenes", deleted: "extra.deleted", deletedscene: "extra.deleted",
  featurette: "extra.featurette", interview: "extra.interview", scene: "extra.scene", short: "extra.short", clip: "extra.clip",
});

/** "Behind the scenes" for "behind_the_scenes" @param {string | null} kind */
export const extraName = (kind) => t(EXTRAS[/** @type {keyof typeof EXTRAS} */ ((kind ?? "").toLowerCase().replace(/[^a-z]|s$/g, ""))] ?? "extra.other");

/** "7.8" of 0..10, null when too few have voted to mean anything. @param {number | null} rating @param {number | null} votes */
export const ratingText = (rating, votes) => (rating && (votes === null || votes >= 5) ? rating.toLocaleString(language, { maximumFractionDigits: 1, minimumFractionDigits: 1 }) : null);

/** Tracks by the disc that they are on, in the order of the album. @param {Card[]} tracks @returns {[number, Card[]][]} */
export function byDisc(tracks) {
  /** @type {Map<number, Card[]>} */
  const discs = new Map();
  for (const one of tracks) discs.set(one.disc_number ?? 1, [...(discs.get(one.disc_number ?? 1) ?? []), one]);
  return [...discs].sort(([a], [b]) => a - b);
}

/** How the identification of a work stands, with the reason where it is not settled. @param {Pick<Work, "state" | "reason">} work */
export function standing({ state, reason }) {
  const isOpen = state === "unknown" || state === "postponed" || state === "pending";
  return [t(`standing.${state}`), isOpen && reason].filter(Boolean).join(". ");
}

const JOBS = /** @type {const} */ (["director", "writer", "creator", "composer", "producer", "cinematographer", "editor"]);

/** "Directed by" above the names, "Director" below a work @param {string} job @param {"job" | "role"} [form] */
export function jobName(job, form = "job") {
  const known = JOBS.find((one) => one === job.toLowerCase());
  return known ? t(`${form}.${known}`) : job.replaceAll("_", " ").replace(/^./, (letter) => letter.toUpperCase());
}

/** Works of a person, each once with all parts in it, the newest first. @param {PersonWork[]} works
 *  @returns {{ card: Card | null, group: Group | null, parts: string[] }[]} */
export function byWork(works) {
  /** @type {Map<string, { card: Card | null, group: Group | null, parts: string[] }>} */
  const known = new Map();
  for (const { role, character, card = null, group = null } of works) {
    const key = card?.id ?? group?.key;
    if (key === undefined) continue;
    const part = role === "cast" ? character && t("person.as", { character }) : jobName(role, "role");
    const one = known.get(key) ?? { card, group, parts: [] };
    known.set(key, { ...one, parts: part && !one.parts.includes(part) ? [...one.parts, part] : one.parts });
  }
  const year = (/** @type {{ card: Card | null, group: Group | null }} */ one) => one.card?.year ?? one.group?.year ?? 0;
  return [...known.values()].sort((a, b) => year(b) - year(a));
}

/** The key of the page of an artist: the name in small letters, in hexadecimal digits. @param {string} name */
export function artistKey(name) {
  const small = name.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  return [...new TextEncoder().encode(small)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** A tag as it is kept: trimmed, single spaces, not longer than a label can be. @param {string} text */
export const cleanTag = (text) => text.replace(/[\s,]+/g, " ").trim().slice(0, 60);

/** Tags with one more, each once whatever its case. @param {string[]} tags @param {string} tag */
export function withTag(tags, tag) {
  const name = cleanTag(tag);
  return !name || tags.some((one) => one.toLocaleLowerCase() === name.toLocaleLowerCase()) ? tags : [...tags, name];
}

/** "+1.2 dB" @param {number} db */
export const gainText = (db) => t("loudness.db", { db: `${db > 0 ? "+" : db < 0 ? "−" : ""}${Math.abs(db).toLocaleString(language, { maximumFractionDigits: 1, minimumFractionDigits: 1 })}` });

/** What a page of a medium is about beyond the names of its card. @param {Media} media */
export const isWork = (media) => media.media_type === "movie" || media.media_type === "episode" || media.media_type === "track";
