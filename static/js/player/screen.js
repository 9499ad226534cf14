/** The screen around the film: full, kept awake, turned, small in a corner, or another one in the room. */
import { computed, effect, signal } from "@preact/signals";
import { followTheScreen } from "./captions.js";
import { mediaElement, whenMade } from "./element.js";
import { isAudio, playing } from "./state.js";

export const isFullscreen = signal(false);
/** Another screen can be chosen. */
export const hasOtherScreens = signal(false);

/** The whole page, so that dialogs and messages stay within sight. */
export function toggleFullscreen() {
  const media = /** @type {any} */ (mediaElement());
  const page = document.documentElement;
  // A browser may refuse; the film plays on in the window.
  if (document.fullscreenElement) document.exitFullscreen().catch(() => undefined);
  else if (page.requestFullscreen) page.requestFullscreen({ navigationUI: "hide" }).then(turn, () => undefined);
  // An iPhone knows fullscreen only for the video itself.
  else media.webkitEnterFullscreen?.();
}

/** A phone that lies across plays across, where it lets itself be told. */
function turn() {
  const { orientation } = screen;
  if (matchMedia("(pointer: coarse)").matches && mediaElement().videoWidth > mediaElement().videoHeight)
    /** @type {any} */ (orientation)?.lock?.("landscape").catch(() => undefined);
}

document.addEventListener("fullscreenchange", () => {
  isFullscreen.value = document.fullscreenElement !== null;
  if (!isFullscreen.value) screen.orientation?.unlock?.();
});

export const canPip = () => Boolean(document.pictureInPictureEnabled);

export function togglePip() {
  if (document.pictureInPictureElement) document.exitPictureInPicture().catch(() => undefined);
  else mediaElement().requestPictureInPicture().catch(() => undefined);
}

/** Lets the viewer choose another screen, by AirPlay or by what the browser casts with. */
export function chooseScreen() {
  const media = /** @type {any} */ (mediaElement());
  if (media.webkitShowPlaybackTargetPicker) media.webkitShowPlaybackTargetPicker();
  // Nothing chosen is an answer, too.
  else media.remote?.prompt().catch(() => undefined);
}

whenMade((media) => {
  for (const type of ["enterpictureinpicture", "leavepictureinpicture", "webkitpresentationmodechanged"]) media.addEventListener(type, followTheScreen);
  media.addEventListener("webkitplaybacktargetavailabilitychanged", (event) => {
    hasOtherScreens.value = /** @type {any} */ (event).availability === "available";
  });
  // A browser that cannot look for screens all the time says so by refusing.
  media.remote?.watchAvailability((is) => (hasOtherScreens.value = is)).catch(() => undefined);
});

const isWatching = computed(() => playing.value && !isAudio.value);
/** @type {WakeLockSentinel | null} */
let awake = null;

async function keepAwake() {
  if (!isWatching.value || document.visibilityState !== "visible" || awake) return;
  try {
    const lock = await navigator.wakeLock?.request("screen");
    if (!lock) return;
    awake = lock;
    lock.addEventListener("release", () => (awake = null));
    if (!isWatching.value) await lock.release();
  } catch {
    // A device that saves its battery sleeps when it wants.
  }
}

effect(() => {
  if (isWatching.value) void keepAwake();
  else void awake?.release();
});
document.addEventListener("visibilitychange", () => void keepAwake());
