/** Remembers on the server how far one has come. */
import { api } from "../api.js";
import { podcastRevision } from "../store.js";
import { isMade, mediaElement, whenMade } from "./element.js";
import { current, failure, file, length } from "./state.js";

/** How often a playing position is saved, ms. */
const SAVE_MS = 10_000;

let savedAt = 0;
let savedPosition = -1;

/** Something else begins to play: what is known of it is its start. @param {number} position seconds */
export function startSaving(position) {
  savedAt = Date.now();
  savedPosition = position;
}

/** @param {{ keepalive?: boolean }} [options] */
export function save({ keepalive = false } = {}) {
  const item = current.value;
  if (!isMade() || !item || failure.value || item.media_type === "track") return;
  const media = mediaElement();
  // A place is one in the main file: in the second part of a film it would be another moment.
  if (file.value || media.readyState < 1) return;
  savedAt = Date.now();
  // A seek and a pause come in pairs; one save is enough for both.
  if (Math.abs(media.currentTime - savedPosition) < 0.25) return;
  savedPosition = media.currentTime;
  // A lost position is not worth a message in the middle of a film; the next save is ten seconds away.
  api.saveProgress(item.id, { position: media.currentTime, duration: length.value }, { keepalive })
    .then(() => {
      if (item.media_type === "podcast" && media.paused) podcastRevision.value += 1;
    })
    .catch(() => undefined);
}

whenMade((media) => {
  media.addEventListener("timeupdate", () => {
    if (!media.paused && Date.now() - savedAt >= SAVE_MS) save();
  });
  media.addEventListener("pause", () => save());
  media.addEventListener("seeked", () => save());
  addEventListener("pagehide", () => save({ keepalive: true }));
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") save({ keepalive: true });
  });
});
