/** Long lists, many items at once, the bin, smart collections; one function for each call of the HTTP contract. */
import { call, withQuery } from "./api.js";

/** @import { Options } from "./api.js" */
/** @import { Card } from "./types.js" */
/** @import { Index } from "./long_list.js" */
/** @import { Rule } from "./smart_rule.js" */

/** @typedef {{ ids?: string[], shows?: string[], albums?: string[], channels?: string[] }} Chosen */
/** @typedef {{ before: unknown[], fresh: string[] }} MarkUndo */
/** @typedef {{ done: number, ids: string[], failed: { id: string, message: string }[] }} MoveDone */
/** @typedef {Card & { removed_at: number, size_bytes: number, path: string }} BinnedCard */
/** @typedef {{ id: string, kind: string, title: string, hue: number, removed_at: number }} RemovedCollection */

const id = encodeURIComponent;

export const lists = {
  /** @param {"library" | "shows" | "albums" | "channels"} list @param {Record<string, any>} query @param {Options} [o] @returns {Promise<Index>} */
  index: (list, query, o) => call("GET", withQuery(`/api/${list}/letters`, query), undefined, o),
  /** @param {Record<string, any>} query @returns {Promise<{ ids: string[] }>} */
  ids: (query) => call("GET", withQuery("/api/library/ids", query)),
  /** @param {{ type: string }} query @param {Options} [o]
   *  @returns {Promise<{ languages: { name: string, count: number }[], decades: { decade: number, count: number }[], resolutions: { name: string, count: number }[], hdr: number, review: number }>} */
  facets: (query, o) => call("GET", withQuery("/api/library/facets", query), undefined, o),

  /** @param {Chosen} chosen @param {boolean} seen @returns {Promise<{ done: number, undo: MarkUndo }>} */
  mark: (chosen, seen) => call("POST", "/api/bulk/watched", { ...chosen, seen }),
  /** @param {MarkUndo} undo */
  unmark: (undo) => call("POST", "/api/bulk/watched/undo", undo),
  /** @param {Chosen} chosen @returns {Promise<MoveDone>} */
  remove: (chosen) => call("POST", "/api/bulk/remove", chosen),
  /** @param {string[]} ids @returns {Promise<MoveDone>} */
  restore: (ids) => call("POST", "/api/bin/restore", { ids }),
  /** @param {string} collection @param {Chosen} chosen @returns {Promise<{ done: number, collection: string, entries: string[] }>} */
  collect: (collection, chosen) => call("POST", "/api/bulk/collect", { ...chosen, collection }),
  /** @param {{ collection: string, entries: string[] }} what */
  uncollect: ({ collection, entries }) => call("POST", "/api/bulk/collect/undo", { collection, entries }),
  /** @param {string} tag @param {Chosen} chosen @returns {Promise<{ done: number, tag: string, works: string[] }>} */
  tag: (tag, chosen) => call("POST", "/api/bulk/tag", { ...chosen, tag }),
  /** @param {{ tag: string, works: string[] }} what */
  untag: ({ tag, works }) => call("POST", "/api/bulk/tag/undo", { tag, works }),

  /** @param {{ cursor?: string | null, limit?: number }} query @param {Options} [o]
   *  @returns {Promise<{ count: number, size_bytes: number, days: number, items: BinnedCard[], next: string | null }>} */
  bin: (query, o) => call("GET", withQuery("/api/bin", query), undefined, o),
  /** @param {Options} [o] @returns {Promise<{ collections: RemovedCollection[] }>} */
  binnedCollections: (o) => call("GET", "/api/bin/collections", undefined, o),
  /** @param {string[] | null} ids null for everything @returns {Promise<{ done: number }>} */
  empty: (ids) => call("POST", "/api/bin/empty", { ids }),
  /** @param {string} collection */
  restoreCollection: (collection) => call("POST", `/api/collections/${id(collection)}/restore`, {}),

  /** @param {Rule} rule @param {Options} [o] @returns {Promise<{ count: number, sample: Card[] }>} */
  countRule: (rule, o) => call("POST", "/api/collections/count", { rule }, o),
  /** @param {string} title @param {Rule} rule @returns {Promise<import("./types_reading.js").Collection>} */
  addSmart: (title, rule) => call("POST", "/api/collections", { kind: "smart", title, rule }),
  /** @param {string} collection @param {Rule} rule @param {string} title */
  changeRule: (collection, rule, title) => call("PATCH", `/api/collections/${id(collection)}`, { rule, title }),

  /** @param {{ limit?: number }} query @param {Options} [o] @returns {Promise<{ items: Card[] }>} */
  upNext: (query, o) => call("GET", withQuery("/api/up-next", query), undefined, o),
};
