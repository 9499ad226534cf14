/** Brings a media item into the element, and lets go of it. */
import { batch } from "@preact/signals";
import { api, streamUrl } from "../api.js";
import { setMediaSession } from "../media_session.js";
import { cannotPlay } from "../playable.js";
import { announce } from "../store.js";
import { t } from "../strings.js";
import { pause, play, seek, skip, startRate } from "./commands.js";
import { isMade, mediaElement, whenMade } from "./element.js";
import { knownLength } from "./listening.js";
import { queue } from "./queue.js";
import { save, startSaving } from "./saving.js";
import { advanced, current, failure, file, isSound, length, loaded, position, resumedAt, skips, startsAt, stopsAtEnd, waiting } from "./state.js";

/** @import { Card, Chapter, Media } from "../types.js" */

/** A position this near to the start is not worth resuming, seconds. */
const RESUME_FROM = 5;

/** @type {string | null} */
let openingId = null;
let opening = 0;
/** How the lock screen goes on and back. */
const ways = { next: () => {}, previous: () => {} };

/** @param {{ next: () => void, previous: () => void }} found */
export const leadOnBy = (found) => Object.assign(ways, found);

/** @typedef {{ at?: number | null, queue?: Card[], chapters?: Chapter[], file?: string | null }} How `at` overrides the remembered
 *  position, seconds; `chapters` are those that the file itself does not name; `file` is another one than the main file */

/**
 * Plays a media item.
 * @param {string} id
 * @param {How} [how]
 */
export async function open(id, { at = null, queue: cards, chapters = [], file: other = null } = {}) {
  const media = mediaElement();
  if (cards) queue.value = cards;
  if (openingId === id && file.value === other) return;
  if (current.value?.id === id && file.value === other && !failure.value) {
    if (at !== null) seek(at);
    play();
    return;
  }
  openingId = id;
  opening += 1;
  const mine = opening;
  save();
  media.pause();
  batch(() => {
    file.value = other;
    current.value = null;
    failure.value = null;
    resumedAt.value = null;
    waiting.value = true;
    position.value = 0;
    loaded.value = 0;
  });
  /** @type {Media} */
  let item;
  try {
    const found = await api.media(id);
    item = found.chapters.length ? found : { ...found, chapters };
  } catch (error) {
    if (mine === opening) failure.value = error instanceof Error ? error.message : t("error.unexpected");
    return;
  } finally {
    if (mine === opening) openingId = null;
  }
  if (mine === opening) start(item, at);
}

/** @param {Media} item @param {number | null} at */
function start(item, at) {
  const kept = item.progress && !item.progress.finished ? item.progress.position : 0;
  const from = at ?? (item.media_type !== "track" && !file.value && kept >= RESUME_FROM ? kept : 0);
  batch(() => {
    current.value = item;
    length.value = item.duration;
    startsAt.value = from;
    position.value = from;
    resumedAt.value = at === null && from > 0 ? from : null;
    if (!queue.value.some((card) => card.id === item.id)) queue.value = [];
  });
  startSaving(from);
  setMediaSession(item, { play, pause, seek, skip, ...ways }, skips(isSound(item) && item.media_type !== "track"));
  mediaElement().src = streamUrl(item.id, file.value);
  startRate(item);
  play();
}

/** Seeks before the first picture, so that nothing of the beginning flashes by. */
function begin() {
  const media = mediaElement();
  length.value = knownLength(media);
  if (startsAt.value > 0 && startsAt.value < length.value - 1) media.currentTime = startsAt.value;
  const item = current.value;
  if (item?.video && media.videoWidth === 0) failure.value = cannotPlay(item);
}

async function explain() {
  const item = current.value;
  const media = mediaElement();
  if (!item || !media.error || !media.getAttribute("src")) return;
  if (media.error.code === MediaError.MEDIA_ERR_ABORTED) return;
  waiting.value = false;
  failure.value = media.error.code === MediaError.MEDIA_ERR_NETWORK ? t("player.interrupted") : cannotPlay(item);
  try {
    const now = await api.media(item.id);
    if (now.offline) failure.value = t("player.offline");
  } catch (error) {
    failure.value = error instanceof Error ? error.message : failure.value;
  }
  announce(failure.value ?? "");
}

whenMade((media) => {
  media.addEventListener("loadedmetadata", begin);
  media.addEventListener("error", explain);
});

/** Ends playing and lets go of the file. */
export function close() {
  if (!isMade()) return;
  const media = mediaElement();
  save();
  opening += 1;
  openingId = null;
  media.pause();
  batch(() => {
    advanced.value = null;
    current.value = null;
    queue.value = [];
    failure.value = null;
    resumedAt.value = null;
    waiting.value = false;
  });
  media.removeAttribute("src");
  media.load();
  stopsAtEnd.value = false;
  setMediaSession(null, null);
}
