/** The one media element of the app, what plays in it and what comes after. */
import { batch, computed, signal } from "@preact/signals";
import { api, streamUrl } from "./api.js";
import { setMediaSession, setMediaSessionPosition } from "./media_session.js";
import { cannotPlay } from "./playable.js";
import { keptRate, keepRate } from "./speech_rate.js";
import { announce, podcastRevision } from "./store.js";
import { t } from "./strings.js";

/** @import { Card, Chapter, Media } from "./types.js" */

/** How often a playing position is saved, ms. */
const SAVE_MS = 10_000;
/** A position this near to the start is not worth resuming, seconds. */
const RESUME_FROM = 5;

export const current = signal(/** @type {Media | null} */ (null));
export const queue = signal(/** @type {Card[]} */ ([]));
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

/** "Next episode" is offered for the last seconds of one that is long enough to have an end. */
const OFFER_NEXT = 25;

/** What has no picture plays in the bar at the foot. */
export const isAudio = computed(() => isSound(current.value));
/** What is spoken is resumed, skipped and played faster; music is not. */
export const isSpeech = computed(() => isAudio.value && current.value?.media_type !== "track");
/** The sleep timer waits for the end of what plays now. */
export const stopsAtEnd = signal(false);
const queueIndex = computed(() => queue.value.findIndex((card) => card.id === current.value?.id));
export const hasNext = computed(() => nextId.value !== null);
export const hasPrevious = computed(() => queueIndex.value > 0 || Boolean(current.value?.neighbours.previous));
const nextId = computed(() => {
  const queued = queueIndex.value >= 0 ? queue.value[queueIndex.value + 1] : undefined;
  return queued?.id ?? (queueIndex.value < 0 ? current.value?.neighbours.next : null) ?? null;
});

export const offersNext = computed(() => {
  const left = length.value - position.value;
  const isNearEnd = length.value > 2 * OFFER_NEXT && left > 0 && left < OFFER_NEXT;
  return isNearEnd && hasNext.value && current.value?.media_type === "episode";
});

/** The medium to which playing went on by itself or by "next", so that the address can follow. */
export const advanced = signal(/** @type {string | null} */ (null));

/** @type {HTMLVideoElement | null} */
let element = null;
/** @type {string | null} */
let openingId = null;
let savedAt = 0;
let savedPosition = -1;
let opening = 0;
/** Where to begin once the media knows its length. */
let startAt = 0;
/** The version or part that plays, null for the main file. @type {string | null} */
let file = null;

/** @returns {HTMLVideoElement} the element, made on first use */
export function mediaElement() {
  element ??= makeElement();
  return element;
}

function makeElement() {
  const made = document.createElement("video");
  made.className = "stage__media";
  made.playsInline = true;
  made.preload = "auto";
  made.addEventListener("loadedmetadata", begin);
  made.addEventListener("durationchange", () => (length.value = knownLength(made)));
  made.addEventListener("timeupdate", tick);
  made.addEventListener("progress", () => (loaded.value = loadedUntil(made)));
  made.addEventListener("play", () => (playing.value = true));
  made.addEventListener("pause", () => {
    playing.value = false;
    save();
  });
  made.addEventListener("waiting", () => (waiting.value = true));
  for (const type of ["playing", "canplay", "seeked"]) made.addEventListener(type, () => (waiting.value = false));
  made.addEventListener("seeked", save);
  made.addEventListener("ended", finish);
  made.addEventListener("error", explain);
  made.addEventListener("volumechange", () => {
    volume.value = made.volume;
    muted.value = made.muted;
  });
  made.addEventListener("ratechange", () => (rate.value = made.playbackRate));
  addEventListener("pagehide", () => save({ keepalive: true }));
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") save({ keepalive: true });
  });
  return made;
}

/** @param {Media | null} media */
const isSound = (media) => media !== null && (media.media_type === "track" || media.video === null);

/** @param {HTMLVideoElement} media */
const knownLength = (media) => (Number.isFinite(media.duration) ? media.duration : (current.value?.duration ?? 0));

/** @param {HTMLVideoElement} media */
function loadedUntil(media) {
  for (let index = 0; index < media.buffered.length; index += 1) {
    if (media.buffered.start(index) <= media.currentTime + 0.5 && media.buffered.end(index) >= media.currentTime)
      return media.buffered.end(index);
  }
  return 0;
}

/**
 * Plays a media item.
 * @param {string} id
 * @param {{ at?: number | null, queue?: Card[], chapters?: Chapter[], file?: string | null }} [how] `at` overrides the remembered position,
 *   seconds; `chapters` are those that the file itself does not name; `file` is another one than the main file
 */
export async function open(id, { at = null, queue: cards, chapters = [], file: other = null } = {}) {
  const media = mediaElement();
  if (cards) queue.value = cards;
  if (openingId === id && file === other) return;
  if (current.value?.id === id && file === other && !failure.value) {
    if (at !== null) seek(at);
    play();
    return;
  }
  openingId = id;
  opening += 1;
  const mine = opening;
  save();
  file = other;
  media.pause();
  batch(() => {
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
    const loaded = await api.media(id);
    item = loaded.chapters.length ? loaded : { ...loaded, chapters };
  } catch (error) {
    if (mine === opening) failure.value = error instanceof Error ? error.message : t("error.unexpected");
    return;
  } finally {
    if (mine === opening) openingId = null;
  }
  if (mine !== opening) return;
  const kept = item.progress && !item.progress.finished ? item.progress.position : 0;
  startAt = at ?? (item.media_type !== "track" && !other && kept >= RESUME_FROM ? kept : 0);
  batch(() => {
    current.value = item;
    length.value = item.duration;
    position.value = startAt;
    resumedAt.value = at === null && startAt > 0 ? startAt : null;
    if (!queue.value.some((card) => card.id === id)) queue.value = [];
  });
  savedAt = Date.now();
  savedPosition = startAt;
  setMediaSession(item, { play, pause, seek, skip, next, previous }, skips(isSpeech.value));
  media.src = streamUrl(id, other);
  useRate(item.media_type === "track" ? 1 : isSound(item) ? keptRate(item) : filmRate);
  play();
}

/** Seeks before the first picture, so that nothing of the beginning flashes by. */
function begin() {
  const media = mediaElement();
  length.value = knownLength(media);
  if (startAt > 0 && startAt < length.value - 1) media.currentTime = startAt;
  const item = current.value;
  if (item?.video && media.videoWidth === 0) failure.value = cannotPlay(item);
}

function tick() {
  const media = mediaElement();
  position.value = media.currentTime;
  loaded.value = loadedUntil(media);
  setMediaSessionPosition(media);
  if (!media.paused && Date.now() - savedAt >= SAVE_MS) save();
}

/** Remembers the position on the server. @param {{ keepalive?: boolean } | Event} [options] */
export function save(options) {
  const media = element;
  const item = current.value;
  if (!media || !item || failure.value || item.media_type === "track" || media.readyState < 1) return;
  // A place is one in the main file: in the second part of a film it would be another moment.
  if (file) return;
  savedAt = Date.now();
  // A seek and a pause come in pairs; one save is enough for both.
  if (Math.abs(media.currentTime - savedPosition) < 0.25) return;
  savedPosition = media.currentTime;
  const keepalive = Boolean(options && "keepalive" in options && options.keepalive);
  const here = { position: media.currentTime, duration: length.value };
  // A lost position is not worth a message in the middle of a film; the next save is ten seconds away.
  api.saveProgress(item.id, here, { keepalive })
    .then(() => {
      if (item.media_type === "podcast" && media.paused) podcastRevision.value += 1;
    })
    .catch(() => undefined);
}

async function finish() {
  save();
  if (stopsAtEnd.value) {
    stopsAtEnd.value = false;
    playing.value = false;
  } else if (await playNextPart()) return;
  else if (nextId.value) await next();
  else playing.value = false;
}

/** Goes on with the next part of a film that lies in several files. */
async function playNextPart() {
  const item = current.value;
  if (item?.media_type !== "movie") return false;
  const { nextPart } = await import("./film_parts.js");
  const part = await nextPart(item.id, file);
  if (!part || current.value !== item) return false;
  await open(item.id, { at: 0, file: part });
  return true;
}

async function explain() {
  const item = current.value;
  const media = element;
  if (!item || !media?.error || !media.getAttribute("src")) return;
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

/** Starts or goes on; a browser that wants a tap first gets one from the play button. */
export function play() {
  mediaElement().play().catch(() => (playing.value = false));
}

/** How far a skip goes back and on, seconds: a missed sentence, an advertisement. @param {boolean} speech */
export const skips = (speech) => (speech ? { back: 15, on: 30 } : { back: 10, on: 10 });

export const pause = () => mediaElement().pause();
export const toggle = () => (mediaElement().paused ? play() : pause());

/** @param {number} seconds */
export function seek(seconds) {
  const media = mediaElement();
  const target = Math.min(Math.max(0, seconds), Math.max(0, length.value - 0.1));
  if (media.readyState < 1) startAt = target;
  else media.currentTime = target;
  position.value = target;
  resumedAt.value = null;
}

/** @param {number} seconds negative goes back */
export const skip = (seconds) => seek(mediaElement().currentTime + seconds);

export async function next() {
  if (nextId.value) await goOn(nextId.value);
}

/** @param {string} id */
async function goOn(id) {
  advanced.value = id;
  await open(id, { at: current.value?.media_type === "track" ? 0 : null });
}

export async function previous() {
  if (position.value > 5) return seek(0);
  const queued = queueIndex.value > 0 ? queue.value[queueIndex.value - 1]?.id : null;
  const id = queued ?? current.value?.neighbours.previous;
  if (id) await goOn(id);
  else seek(0);
}

/** @param {number} level 0..1 */
export function setVolume(level) {
  const media = mediaElement();
  media.volume = Math.min(1, Math.max(0, level));
  media.muted = media.volume === 0;
}

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

/** @param {number} value */
function useRate(value) {
  const media = mediaElement();
  media.defaultPlaybackRate = value;
  media.playbackRate = value;
}

/** Ends playing and lets go of the file. */
export function close() {
  if (!element) return;
  save();
  opening += 1;
  openingId = null;
  element.pause();
  batch(() => {
    advanced.value = null;
    current.value = null;
    queue.value = [];
    failure.value = null;
    resumedAt.value = null;
    waiting.value = false;
  });
  element.removeAttribute("src");
  element.load();
  stopsAtEnd.value = false;
  setMediaSession(null, null);
}
