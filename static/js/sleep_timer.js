/** Stops the player after a while, softly, for those who fall asleep. */
import { computed, signal } from "@preact/signals";
import { mediaElement, pause, stopsAtEnd } from "./player.js";
import { toast } from "./store.js";
import { t } from "./strings.js";

/** The last seconds grow quiet. */
const FADE = 8;
export const MINUTES = [5, 10, 15, 30, 45, 60];

const until = signal(/** @type {number | null} */ (null));
const now = signal(0);
/** Seconds left, null without a timer. */
export const sleepLeft = computed(() => (until.value === null ? null : Math.max(0, (until.value - now.value) / 1000)));
export const sleepArmed = computed(() => until.value !== null || stopsAtEnd.value);

/** @type {ReturnType<typeof setInterval> | undefined} */
let ticking;
/** @type {number | null} */
let loudness = null;

/** @param {number | "end" | null} when minutes, the end of what plays, or never */
export function sleepIn(when) {
  clearInterval(ticking);
  restore();
  stopsAtEnd.value = when === "end";
  until.value = typeof when === "number" ? Date.now() + when * 60_000 : null;
  now.value = Date.now();
  if (until.value !== null) ticking = setInterval(tick, 500);
}

function tick() {
  now.value = Date.now();
  const left = sleepLeft.value ?? 0;
  const media = mediaElement();
  if (left < FADE && !media.paused) {
    loudness ??= media.volume;
    media.volume = loudness * (left / FADE);
  }
  if (left > 0) return;
  const sounded = !media.paused;
  pause();
  sleepIn(null);
  if (sounded) toast(t("speech.slept"));
}

function restore() {
  if (loudness !== null) mediaElement().volume = loudness;
  loudness = null;
}
