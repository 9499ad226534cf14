/** Highlights: one function for each call of the HTTP contract. */
import { call, withQuery } from "./api.js";

/** @import { Options } from "./api.js" */

/**
 * @typedef {"yellow" | "green" | "blue" | "pink"} Colour
 * @typedef {{ id: string, chapter: number, start: number, end: number, quote: string, colour: Colour, note: string | null,
 *   created_at: number, updated_at: number }} Highlight
 * @typedef {{ chapter: number, start: number, end: number, quote: string, colour: Colour, note?: string | null }} NewHighlight
 * @typedef {{ media_id: string, media_type: "article" | "book", title: string, author: string | null, hue: number,
 *   highlights: Highlight[] }} MarkedText
 */

/** @param {string} media */
const path = (media) => `/api/media/${encodeURIComponent(media)}/highlights`;

export const marking = {
  /** @param {string} media @param {Options} [o] @returns {Promise<{ highlights: Highlight[] }>} */
  list: (media, o) => call("GET", path(media), undefined, o),
  /** @param {string} media @param {NewHighlight} mark @param {Options} [o] @returns {Promise<Highlight>} */
  add: (media, mark, o) => call("POST", path(media), mark, o),
  /** @param {string} media @param {string} mark @param {{ colour?: Colour, note?: string | null }} edit @param {Options} [o] @returns {Promise<Highlight>} */
  change: (media, mark, edit, o) => call("PATCH", `${path(media)}/${encodeURIComponent(mark)}`, edit, o),
  /** @param {string} media @param {string} mark @param {Options} [o] */
  remove: (media, mark, o) => call("DELETE", `${path(media)}/${encodeURIComponent(mark)}`, undefined, o),
  /** @param {Options} [o] @returns {Promise<{ texts: MarkedText[] }>} */
  all: (o) => call("GET", "/api/highlights", undefined, o),
};

/** @param {string} [media] one text only */
export const markdownUrl = (media) => withQuery("/api/highlights.md", { media_id: media });

/** Where a highlight is read. @param {Pick<MarkedText, "media_id" | "media_type">} text @param {Pick<Highlight, "id" | "chapter">} mark */
export const markHref = (text, mark) =>
  text.media_type === "book"
    ? `/read/${text.media_id}?part=${mark.chapter}&mark=${mark.id}`
    : `/articles/${text.media_id}?mark=${mark.id}`;
