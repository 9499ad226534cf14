/** What buttons, keys and headphones make the element do. */
import { keepRate, keptRate } from "../speech_rate.js";
import { mediaElement, whenMade } from "./element.js";
import { keep, kept } from "../kept.js";
import { current, isAudio, isSound, isSpeech, length, playing, position, resumedAt, startsAt } from "./state.js";

/** @import { Media } from "../types.js" */

const VOLUME = "volume";

/** Starts or goes on; a browser that wants a tap first gets one from the play button. */
export function play() {
  mediaElement().play().catch(() => (playing.value = false));
}

export const pause = () => mediaElement().pause();
export const toggle = () => (mediaElement().paused ? play() : pause());

/** @param {number} seconds */
export function seek(seconds) {
  const media = mediaElement();
  const target = Math.min(Math.max(0, seconds), Math.max(0, length.value - 0.1));
  if (media.readyState < 1) startsAt.value = target;
  else media.currentTime = target;
  position.value = target;
  resumedAt.value = null;
}

/** @param {number} seconds negative goes back */
export const skip = (seconds) => seek(mediaElement().currentTime + seconds);

/** @param {number} level 0..1 */
export function setVolume(level) {
  const media = mediaElement();
  media.volume = Math.min(1, Math.max(0, level));
  media.muted = media.volume === 0;
  keep(VOLUME, String(media.volume));
}

// A device is as loud as it was left; what fades for sleep is not a wish.
whenMade((media) => {
  const level = Number.parseFloat(kept(VOLUME) ?? "");
  if (level > 0 && level <= 1) media.volume = level;
});

export function toggleMute() {
  const media = mediaElement();
  media.muted = !media.muted;
  if (!media.muted && media.volume === 0) media.volume = 0.5;
}

/** How fast films play, until the page is left. */
let filmRate = 1;

/** What is spoken keeps its speed, each podcast its own. @param {number} value */
export function setRate(value) {
  const item = current.value;
  if (item && isSpeech.value) keepRate(item, value);
  else if (item && !isAudio.value) filmRate = value;
  useRate(value);
}

/** The speed that belongs to an item. @param {Media} item */
export const startRate = (item) => useRate(item.media_type === "track" ? 1 : isSound(item) ? keptRate(item) : filmRate);

/** @param {number} value */
function useRate(value) {
  const media = mediaElement();
  media.defaultPlaybackRate = value;
  media.playbackRate = value;
}
