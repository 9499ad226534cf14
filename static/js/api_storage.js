/** What takes the room: one function for each call of the HTTP contract. */
import { call, withQuery } from "./api.js";

/** @import { Options } from "./api.js" */

/**
 * @typedef {{ key: string, size_bytes: number, count: number, name: string | null }} Slice
 * @typedef {{ media_id: string, media_type: import("./types.js").MediaType, title: string, show_title: string | null,
 *   season: number | null, episode: number | null, year: number | null, codec: string, size_bytes: number, added_at: number,
 *   added_by: string | null }} LargeItem
 * @typedef {{ outlook: "unknown" | "steady" | "filling", days_seen: number, bytes_per_day: number, full_in_days: number | null,
 *   earliest_days: number | null, latest_days: number | null }} Forecast
 * @typedef {{ key: string, places: string[], is_online: boolean, holds_state: boolean, library_bytes: number,
 *   total_bytes: number | null, free_bytes: number | null, forecast: Forecast }} Volume
 * @typedef {{ volumes: Volume[], by_kind: Slice[], by_codec: Slice[], by_year: Slice[], by_seen: Slice[], by_person: Slice[],
 *   beside: Slice[], bin: Slice, largest: LargeItem[] }} Report
 * @typedef {{ kind?: string, codec?: string, year?: string, added_by?: string, unseen_since?: number, offset?: number }} Which
 */

export const storage = {
  /** @param {Options} [o] @returns {Promise<Report>} */
  report: (o) => call("GET", "/api/storage", undefined, o),
  /** @param {Which} which @param {Options} [o] @returns {Promise<{ count: number, size_bytes: number, items: LargeItem[] }>} */
  largest: (which, o) => call("GET", withQuery("/api/storage/largest", which), undefined, o),
  /** @param {Options} [o] @returns {Promise<{ parts: Slice[] }>} */
  own: (o) => call("GET", "/api/storage/own", undefined, o),
};
