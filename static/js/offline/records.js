/** What is noted of something that was taken along, and what follows from it. Pure. */
import { filesOf } from "../api_reading.js";
import { fromProgress, WHOLE } from "../reading_position.js";
import { joinDots } from "../words.js";

/** @import { Highlight } from "../api_highlights.js" */
/** @import { Media } from "../types.js" */
/** @import { Article, Book } from "../types_reading.js" */

/**
 * @typedef {"preparing" | "loading" | "paused" | "ready" | "failed"} ItemState
 * @typedef {{ key: string, user: string, media: string, title: string, subtitle: string, kind: "audio" | "video" | "text",
 *   speech: boolean, duration: number, quality: Quality, url: string, type: string, size: number, have: number, piece: number,
 *   tag: string, state: ItemState, percent: number, error: string | null, picture: string | null, has_picture: boolean, hue: number, added_at: number,
 *   position: number, position_at: number, text?: Article | Book, marks?: Highlight[], todo?: string[], got?: string[], batch?: { id: string, title: string },
 *   rule?: string }} Item
 *   `have` bytes of `size` are here, in pieces of `piece` bytes; of a `text` that is not one file, `todo` has the files
 *   that are still to come and `got` those that are here;
 *   `batch` is what was taken along together, `rule` the podcast whose newest episodes are kept here
 * @typedef {"original" | "720p" | "480p"} Quality
 * @typedef {{ key: string, user: string, media: string, position: number, duration: number, at: number }} Place
 */

/** Bytes of one piece: what is lost at most when the line breaks. */
export const PIECE = 4 * 1024 * 1024;

/** Bits a second of a version made to be taken along, picture and sound. */
const RATES = { "720p": 2_400_000, "480p": 1_250_000 };

const SOUND = new Set(["track", "podcast"]);

/** Whether there is something to see; a film of which nothing was read yet has a picture, too.
 *  @param {Pick<Media, "media_type" | "video" | "audio">} media */
export const hasPicture = (media) => Boolean(media.video) || (!SOUND.has(media.media_type) && media.audio.length === 0);

/** @param {string} user @param {string} media */
export const keyOf = (user, media) => `${user}:${media}`;

/** @param {string} user @param {Media} media @param {Quality} quality @param {number} now ms @returns {Item} */
export function newItem(user, media, quality, now) {
  const isOriginal = quality === "original";
  return {
    key: keyOf(user, media.id),
    user,
    media: media.id,
    title: media.title,
    subtitle: subtitleOf(media),
    kind: hasPicture(media) ? "video" : "audio",
    speech: media.media_type === "podcast",
    duration: media.duration,
    quality,
    url: isOriginal ? `/api/stream/${media.id}` : `/api/prepared/${media.id}/${quality}`,
    type: "",
    size: isOriginal ? media.size_bytes : 0,
    have: 0,
    piece: PIECE,
    tag: "",
    state: isOriginal ? "loading" : "preparing",
    percent: 0,
    error: null,
    picture: pictureOf(media),
    has_picture: false,
    hue: media.hue,
    added_at: now,
    position: media.progress && !media.progress.finished ? media.progress.position : 0,
    position_at: media.progress?.updated_at ?? 0,
  };
}

/** An article or a book: a PDF is one file like a film, all others come chapter by chapter, page by page.
 *  @param {string} user @param {Article | Book} text @param {Highlight[]} marks what is marked in it @param {number} now ms @returns {Item} */
export function newText(user, text, marks, now) {
  const book = text.media_type === "book" ? /** @type {Book} */ (text) : null;
  const isFile = book?.format === "pdf";
  return {
    key: keyOf(user, text.id),
    user,
    media: text.id,
    title: text.title,
    subtitle: joinDots(book ? [book.authors.join(", ") || book.artist, book.format?.toUpperCase()] : [text.show_title, text.artist]),
    kind: "text",
    speech: false,
    duration: WHOLE,
    quality: "original",
    url: isFile ? `${filesOf(text)}file` : filesOf(text),
    type: "",
    size: book?.size_bytes ?? 0,
    have: 0,
    piece: PIECE,
    tag: "",
    state: "loading",
    percent: 0,
    error: null,
    picture: pictureOf(text),
    has_picture: false,
    hue: text.hue,
    added_at: now,
    position: fromProgress(text.progress) * WHOLE,
    position_at: text.progress?.updated_at ?? 0,
    text,
    marks,
    ...(isFile ? {} : { todo: filesToRead(text), got: [] }),
  };
}

/** The files of a text that are known beforehand; the pictures are found in them. @param {Article | Book} text @returns {string[]} */
function filesToRead(text) {
  if (text.media_type !== "book") return ["page"];
  const { format, parts, pages } = /** @type {Book} */ (text);
  const [folder, count] = format === "cbz" ? ["pages", pages] : ["parts", parts];
  return Array.from({ length: count }, (_, number) => `${folder}/${number}`);
}

/** Where a text is read. @param {Item} item */
export const readHref = (item) => (item.text?.media_type === "article" ? `/articles/${item.media}` : `/read/${item.media}`);

/** A text as a reader gets it, with the place where one stopped on this device. @param {Item} item @returns {Article | Book | null} */
export function textOf({ text, position, position_at }) {
  if (!text) return null;
  const progress = position > 0 ? { position, duration: WHOLE, finished: false, updated_at: position_at } : null;
  return { ...text, kept: true, progress };
}

/** @param {Pick<Media, "id" | "artwork">} media */
function pictureOf({ id, artwork }) {
  if (artwork.poster) return `/api/poster/${id}?w=342`;
  return artwork.still ? `/api/still/${id}?w=342` : null;
}

/** @param {Media} media */
function subtitleOf(media) {
  if (media.media_type === "track") return joinDots([media.artist, media.album]);
  const number = media.season != null && media.episode != null ? `S${pad(media.season)}E${pad(media.episode)}` : null;
  return joinDots([media.show_title, number, !media.show_title && media.year]);
}

/** @param {number} value */
const pad = (value) => String(value).padStart(2, "0");

/** The part to ask for next. @param {Pick<Item, "have" | "piece">} item */
export const nextRange = (item) => `bytes=${item.have}-${item.have + item.piece - 1}`;

/** The whole size that a Content-Range header tells; null if it tells none. @param {string | null} header */
export function wholeSize(header) {
  const size = /^bytes \d+-\d+\/(\d+)$/.exec(header ?? "")?.[1];
  return size ? Number(size) : null;
}

/** 0..100 @param {Item} item */
export function progressOf(item) {
  if (item.state === "ready") return 100;
  if (item.state === "preparing") return item.percent;
  if (item.todo && item.got) return (item.got.length / (item.got.length + item.todo.length || 1)) * 100;
  return item.size ? (item.have / item.size) * 100 : 0;
}

/** How large a version will be, bytes. @param {Pick<Media, "duration" | "size_bytes">} media @param {Quality} quality */
export function expectedSize(media, quality) {
  if (quality === "original") return media.size_bytes;
  return Math.min(Math.round((RATES[quality] * media.duration) / 8), Math.max(media.size_bytes, 1));
}

/** The newest first, and what was taken along together in its order; what is still on its way before what is here.
 *  @param {Item[]} items @param {string | null} user */
export function shown(items, user) {
  const mine = items.filter((item) => item.user === user);
  /** @type {Map<string, number>} */
  const begun = new Map();
  for (const { batch, added_at } of mine) if (batch) begun.set(batch.id, Math.min(added_at, begun.get(batch.id) ?? Infinity));
  const since = (/** @type {Item} */ item) => (item.batch ? begun.get(item.batch.id) : undefined) ?? item.added_at;
  return mine.sort((a, b) => Number(a.state === "ready") - Number(b.state === "ready") || since(b) - since(a) || a.added_at - b.added_at);
}

/** The place that counts: the newer one. @param {Item} item @param {{ position: number, finished: boolean, updated_at: number } | null} server */
export function newerPlace(item, server) {
  if (!server || server.updated_at <= item.position_at) return item;
  return { ...item, position: server.finished ? 0 : server.position, position_at: server.updated_at };
}
