/** Keeps what is known of the player true to what its element does. */
import { setMediaSessionPosition } from "../media_session.js";
import { whenMade } from "./element.js";
import { current, length, loaded, muted, playing, position, rate, volume, waiting } from "./state.js";

/** @param {HTMLVideoElement} media */
export const knownLength = (media) => (Number.isFinite(media.duration) ? media.duration : (current.value?.duration ?? 0));

/** @param {HTMLVideoElement} media */
function loadedUntil(media) {
  for (let index = 0; index < media.buffered.length; index += 1) {
    if (media.buffered.start(index) <= media.currentTime + 0.5 && media.buffered.end(index) >= media.currentTime)
      return media.buffered.end(index);
  }
  return 0;
}

whenMade((media) => {
  media.addEventListener("durationchange", () => (length.value = knownLength(media)));
  media.addEventListener("timeupdate", () => {
    // Between two sources of the same film the element stands at its beginning.
    if (media.readyState < 1) return;
    position.value = media.currentTime;
    loaded.value = loadedUntil(media);
    setMediaSessionPosition(media);
  });
  media.addEventListener("progress", () => (loaded.value = loadedUntil(media)));
  media.addEventListener("play", () => (playing.value = true));
  media.addEventListener("pause", () => (playing.value = false));
  media.addEventListener("waiting", () => (waiting.value = true));
  for (const type of ["playing", "canplay", "seeked"]) media.addEventListener(type, () => (waiting.value = false));
  media.addEventListener("volumechange", () => {
    volume.value = media.volume;
    muted.value = media.muted;
  });
  media.addEventListener("ratechange", () => (rate.value = media.playbackRate));
});
