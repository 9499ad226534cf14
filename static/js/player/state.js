/** What everybody may know of the player: what plays, where it stands, how loud, and what is wrong. */
import { computed, signal } from "@preact/signals";

/** @import { Media } from "../types.js" */

export const current = signal(/** @type {Media | null} */ (null));
export const playing = signal(false);
export const waiting = signal(false);
export const position = signal(0);
export const length = signal(0);
/** Seconds up to which the media is loaded. */
export const loaded = signal(0);
export const volume = signal(1);
export const muted = signal(false);
export const rate = signal(1);
/** Why the media does not play, in words for the reader. */
export const failure = signal(/** @type {string | null} */ (null));
/** Where playing resumed, to be offered a start from the beginning. */
export const resumedAt = signal(/** @type {number | null} */ (null));
/** The sleep timer waits for the end of what plays now. */
export const stopsAtEnd = signal(false);
/** The medium to which playing went on by itself or by "next", so that the address can follow. */
export const advanced = signal(/** @type {string | null} */ (null));

/** @param {Media | null} media */
export const isSound = (media) => media !== null && (media.media_type === "track" || media.video === null);
/** What has no picture plays in the bar at the foot. */
export const isAudio = computed(() => isSound(current.value));
/** What is spoken is resumed, skipped and played faster; music is not. */
export const isSpeech = computed(() => isAudio.value && current.value?.media_type !== "track");

/** How far a skip goes back and on, seconds: a missed sentence, an advertisement. @param {boolean} speech */
export const skips = (speech) => (speech ? { back: 15, on: 30 } : { back: 10, on: 10 });
/** Where to begin once the media knows its length, seconds. */
export const startsAt = signal(0);
/** The version or part that plays, null for the main file. */
export const file = signal(/** @type {string | null} */ (null));
