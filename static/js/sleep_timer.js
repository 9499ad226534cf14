/** Stops the player after a while, softly, for those who fall asleep. */
import { computed, signal } from "@preact/signals";
import { current, mediaElement, pause, position, stopsAtEnd } from "./player.js";
import { toast } from "./store.js";
import { t } from "./strings.js";

/** The last seconds grow quiet. */
const FADE = 8;
export const MINUTES = [5, 10, 15, 30, 45, 60];

const until = signal(/** @type {number | null} */ (null));
const now = signal(0);
/** The chapter that is the last one: where it ends in what plays, seconds. */
const chapterEnd = signal(/** @type {{ id: string, at: number } | null} */ (null));
/** Seconds left, null without a timer. */
export const sleepLeft = computed(() => (until.value === null ? null : Math.max(0, (until.value - now.value) / 1000)));
export const sleepsAfterChapter = computed(() => chapterEnd.value !== null);
export const sleepArmed = computed(() => until.value !== null || stopsAtEnd.value || chapterEnd.value !== null);

/** @type {ReturnType<typeof setInterval> | undefined} */
let ticking;
/** @type {number | null} */
let loudness = null;

/** @param {number | "end" | "chapter" | null} when minutes, the end of what plays or of its chapter, or never */
export function sleepIn(when) {
  clearInterval(ticking);
  restore();
  stopsAtEnd.value = when === "end";
  until.value = typeof when === "number" ? Date.now() + when * 60_000 : null;
  now.value = Date.now();
  const item = current.value;
  const chapter = when === "chapter" ? item?.chapters.find((one) => one.end > position.value + 1) : undefined;
  chapterEnd.value = item && chapter ? { id: item.id, at: chapter.end } : null;
  if (until.value !== null || chapterEnd.value !== null) ticking = setInterval(tick, 250);
}

/** Seconds until it stops, as they are heard; something else that plays has no such chapter. */
function leftNow() {
  const end = chapterEnd.value;
  if (end === null) return sleepLeft.value ?? 0;
  return end.id === current.value?.id ? (end.at - mediaElement().currentTime) / mediaElement().playbackRate : null;
}

function tick() {
  now.value = Date.now();
  const left = leftNow();
  if (left === null) return sleepIn(null);
  const media = mediaElement();
  if (left < FADE && !media.paused) {
    loudness ??= media.volume;
    // The end of a chapter may have passed by now.
    media.volume = loudness * Math.max(0, left / FADE);
  }
  if (left > 0) return undefined;
  const sounded = !media.paused;
  pause();
  sleepIn(null);
  if (sounded) toast(t("speech.slept"));
  return undefined;
}

function restore() {
  if (loudness !== null) mediaElement().volume = loudness;
  loudness = null;
}
