/** Brings a media item into the element, and lets go of it. */
import { batch } from "@preact/signals";
import { api } from "../api.js";
import { choices, FIRST_CHOICES, loadChoices } from "../choices.js";
import { setMediaSession } from "../media_session.js";
import { cannotPlay } from "../playable.js";
import { t } from "../strings.js";
import { pause, play, seek, skip, startRate } from "./commands.js";
import { isMade, mediaElement, swapElements, whenMade } from "./element.js";
import { knownLength } from "./listening.js";
import { adopt, dismiss, fail, failBy, lose, present, recover, refuse } from "./presenting.js";
import { queue } from "./queue.js";
import { save, startSaving } from "./saving.js";
import { advanced, current, failure, file, isSound, length, loaded, playing, position, resumedAt, skips, startsAt, stopsAtEnd, waiting } from "./state.js";

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

/** @typedef {{ at?: number | null, queue?: Card[], chapters?: Chapter[], file?: string | null, waits?: boolean }} How `at` overrides the remembered
 *  position, seconds; `chapters` are those that the file itself does not name; `file` is another one than the main file;
 *  what `waits` is there and does not play */

/**
 * Plays a media item.
 * @param {string} id
 * @param {How} [how]
 */
export async function open(id, { at = null, queue: cards, chapters = [], file: other = null, waits = false } = {}) {
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
    const [found] = await Promise.all([api.media(id), knowChoices()]);
    item = found.chapters.length ? found : { ...found, chapters };
  } catch (error) {
    if (mine === opening) failBy(error, () => void open(id, { at, chapters, file: other, waits }));
    return;
  } finally {
    if (mine === opening) openingId = null;
  }
  if (mine === opening) start(item, at, () => present(item, { waits }));
}

/** What somebody likes is asked for once, where a film is the first thing that they open. @type {Promise<void> | null} */
let known = null;

// Without an answer it plays as for everybody.
const knowChoices = () => (known ??= choices.peek() === FIRST_CHOICES ? loadChoices().catch(() => undefined) : Promise.resolve());

/** What another element plays already takes the place of what played. @param {Media} item */
export function takeOver(item) {
  opening += 1;
  openingId = null;
  save();
  batch(() => {
    file.value = null;
    failure.value = null;
    waiting.value = false;
    advanced.value = item.id;
  });
  swapElements();
  start(item, 0, () => adopt(item));
  playing.value = !mediaElement().paused;
}

/** @param {Media} item @param {number | null} at @param {() => Promise<void>} bring */
function start(item, at, bring) {
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
  startRate(item);
  void bring();
}

/** Seeks before the first picture, so that nothing of the beginning flashes by. */
function begin() {
  const media = mediaElement();
  length.value = knownLength(media);
  const isElsewhere = Math.abs(media.currentTime - startsAt.value) > 0.5;
  if (isElsewhere && startsAt.value < length.value - 1) media.currentTime = startsAt.value;
  // Sound without the picture that there is: a codec that the browser passes over in silence.
  if (current.value?.video && media.videoWidth === 0) void recover("decode").then((can) => can || refuse());
}

async function explain() {
  const item = current.value;
  const media = mediaElement();
  if (!item || !media.error || !media.getAttribute("src")) return;
  const { code } = media.error;
  if (code === MediaError.MEDIA_ERR_ABORTED) return;
  try {
    if ((await api.media(item.id)).offline) return fail(t("player.offline"));
  } catch (error) {
    return failBy(error);
  }
  if (current.value !== item) return;
  // Asked once more the server says whether it is the way to it or the file.
  if (code === MediaError.MEDIA_ERR_NETWORK) return media.paused ? failBy(null) : lose();
  if (!(await recover(code === MediaError.MEDIA_ERR_DECODE ? "decode" : "source"))) fail(cannotPlay(item));
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
  dismiss();
  media.removeAttribute("src");
  media.load();
  stopsAtEnd.value = false;
  setMediaSession(null, null);
}
