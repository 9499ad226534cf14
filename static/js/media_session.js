/** What the lock screen, headphones and media keys see and do. */
import { posterUrl } from "./api.js";
import { episodeCode } from "./words.js";

/** @import { Media } from "./types.js" */

/** @typedef {{ play(): unknown, pause(): unknown, seek(seconds: number): unknown, skip(seconds: number): unknown,
 *   next(): unknown, previous(): unknown }} Controls */

/** @param {Media | null} media @param {Controls | null} controls @param {{ back: number, on: number }} [skips] seconds */
export function setMediaSession(media, controls, skips = { back: 10, on: 10 }) {
  const session = navigator.mediaSession;
  if (!session) return;
  session.metadata = media ? new MediaMetadata(describe(media)) : null;
  const act = (/** @type {MediaSessionAction} */ action, /** @type {MediaSessionActionHandler | null} */ run) => {
    try {
      session.setActionHandler(action, run);
    } catch {
      // An action that this browser does not know stays without a key.
    }
  };
  act("play", controls && (() => controls.play()));
  act("pause", controls && (() => controls.pause()));
  act("seekbackward", controls && ((details) => controls.skip(-(details.seekOffset ?? skips.back))));
  act("seekforward", controls && ((details) => controls.skip(details.seekOffset ?? skips.on)));
  act("seekto", controls && ((details) => controls.seek(details.seekTime ?? 0)));
  // A queue of music changes while it plays; what has no neighbour there answers by doing nothing.
  const isMusic = media?.media_type === "track";
  act("nexttrack", (isMusic || media?.neighbours.next) && controls ? () => controls.next() : null);
  act("previoustrack", (isMusic || media?.neighbours.previous) && controls ? () => controls.previous() : null);
}

/** @param {Media} media @returns {MediaMetadataInit} */
function describe(media) {
  const shape = media.media_type === "movie" || media.media_type === "episode" ? 1.5 : 1;
  const artwork = media.artwork.poster ? /** @type {const} */ ([342, 780]).map((side) => ({ src: posterUrl(media.id, side), sizes: `${side}x${side * shape}` })) : [];
  const artist = media.artist ?? [media.show_title, episodeCode(media)].filter(Boolean).join(" ");
  return { title: media.title, artist, album: media.album ?? "", artwork };
}

/** @param {HTMLMediaElement} element */
export function setMediaSessionPosition(element) {
  if (!navigator.mediaSession?.setPositionState || !Number.isFinite(element.duration)) return;
  const { duration, playbackRate } = element;
  navigator.mediaSession.setPositionState({ duration, playbackRate, position: Math.min(element.currentTime, duration) });
}
