/** Fullscreen, picture-in-picture, captions and sounds: what each browser offers, under one name. */
import { mediaElement } from "./player.js";
import { t } from "./strings.js";

/** @typedef {{ label: string, language: string, enabled: boolean }} AudioTrack */

/** @param {HTMLElement} stage */
export function toggleFullscreen(stage) {
  // A browser may refuse; the film plays on in the window.
  if (document.fullscreenElement) document.exitFullscreen().catch(() => undefined);
  else if (stage.requestFullscreen) stage.requestFullscreen().catch(() => undefined);
  // An iPhone knows fullscreen only for the video itself.
  else if ("webkitEnterFullscreen" in mediaElement()) /** @type {any} */ (mediaElement()).webkitEnterFullscreen();
}

export const canPip = () => Boolean(document.pictureInPictureEnabled);

export function togglePip() {
  if (document.pictureInPictureElement) document.exitPictureInPicture().catch(() => undefined);
  else mediaElement().requestPictureInPicture().catch(() => undefined);
}

/** @returns {TextTrack[]} */
const captions = () => [...mediaElement().textTracks].filter((track) => track.kind === "subtitles" || track.kind === "captions");

export const hasCaptions = () => captions().length > 0;

/** Shows the next captions, none after the last. @returns {string} what was done, to be announced */
export function toggleCaptions() {
  const all = captions();
  if (!all.length) return t("player.noCaptions");
  const shown = all.findIndex((track) => track.mode === "showing");
  all.forEach((track, index) => (track.mode = index === shown + 1 ? "showing" : "disabled"));
  const now = all[shown + 1];
  return now ? t("player.captionsOn", { language: now.label || now.language }) : t("player.captionsOff");
}

/** @returns {AudioTrack[]} empty where the browser cannot switch */
export const audioTracks = () => [.../** @type {{ audioTracks?: Iterable<AudioTrack> }} */ (/** @type {unknown} */ (mediaElement())).audioTracks ?? []];

/** @param {number} chosen */
export function chooseAudio(chosen) {
  audioTracks().forEach((track, index) => (track.enabled = index === chosen));
}
