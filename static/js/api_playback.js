/** What the player asks the server. */
import { call } from "./api.js";

/** @import { Options } from "./api.js" */
/** @import { Device } from "./player/device.js" */
/** @import { Plan, Wish } from "./player/plan.js" */
/** @import { Settings } from "./types.js" */
/** @import { Timeline } from "./player/timeline.js" */

/**
 * @typedef {{ id: string, user: string, media_id: string, title: string, method: "direct" | "remux" | "transcode", quality: string,
 *   encoder: string | null, speed: number | null, position: number, reasons: { code: string, message: string }[],
 *   started_at: number }} PlaybackSession
 * @typedef {{ hardware: string, simultaneous: number, max_height_away: number | null, max_height: number | null,
 *   tone_map: boolean }} PlaybackSettings
 */

const id = encodeURIComponent;

export const playback = {
  /** @param {string} media @param {Wish & { file?: string, position: number, device: Device }} wish @param {Options} [o] @returns {Promise<Plan>} */
  plan: (media, wish, o) => call("POST", `/api/media/${id(media)}/playback`, wish, o),
  /** @param {string} session @param {{ position: number, playing: boolean }} state @returns {Promise<{ ends_in: number }>} */
  alive: (session, state) => call("POST", `/api/playback/${id(session)}/alive`, state, { quiet: true }),
  /** @param {string} session */
  end: (session) => call("DELETE", `/api/playback/${id(session)}`, undefined, { keepalive: true, quiet: true }),
  /** @param {string} media @param {Options} [o] @returns {Promise<Timeline>} */
  timeline: (media, o) => call("GET", `/api/media/${id(media)}/timeline`, undefined, o),
  /** @param {Options} [o] @returns {Promise<{ sessions: PlaybackSession[], limit: number }>} */
  sessions: (o) => call("GET", "/api/playback", undefined, o),
  /** @param {Partial<PlaybackSettings>} change @returns {Promise<Settings>} */
  editSettings: (change) => call("PATCH", "/api/settings", { playback: change }),
};
