/** What people do with collections: shown at once, taken back when the server refuses. */
import { reading } from "./api_reading.js";
import { content } from "./api_content.js";
import { forgetMedia } from "./forgotten.js";
import { open } from "./player.js";
import { navigate } from "./router.js";
import { collectionRevision, putJob, toast, toastError } from "./store.js";
import { t } from "./strings.js";
import { undoable } from "./undoing.js";
import { isText, resumeHref } from "./words.js";

/** @import { Card } from "./types.js" */
/** @import { Collection, Entry } from "./types_reading.js" */

const SOUND = new Set(["track", "podcast"]);

/** Plays everything that plays, in order; what is only read is opened if it comes alone. @param {Card[]} cards */
export function playAll(cards) {
  const playable = cards.filter((card) => !isText(card));
  const first = playable[0];
  if (!first) {
    const text = cards[0];
    if (text) navigate(resumeHref(text));
    return;
  }
  void open(first.id, { at: SOUND.has(first.media_type) ? 0 : null, queue: playable });
  if (!SOUND.has(first.media_type)) navigate(`/play/${first.id}`);
}

/** Removes a collection, with the way back in the undo bar; after that it lies in the bin. @param {Collection} collection */
export async function removeCollection(collection) {
  forgetMedia(collection.id, true);
  const restore = async () => {
    forgetMedia(collection.id, false);
    await reading.restoreCollection(collection.id);
    collectionRevision.value += 1;
  };
  try {
    await reading.removeCollection(collection.id);
    undoable(t("collection.removed", { title: collection.title }), restore, { said: t("collection.restored", { title: collection.title }) });
  } catch (error) {
    forgetMedia(collection.id, false);
    toastError(error);
  }
  collectionRevision.value += 1;
}

/** Plays everything that plays in an order of its own. @param {Card[]} cards */
export function shuffleAll(cards) {
  const left = cards.filter((card) => !isText(card));
  for (let last = left.length - 1; last > 0; last -= 1) {
    const other = Math.floor(Math.random() * (last + 1));
    [left[last], left[other]] = [/** @type {Card} */ (left[other]), /** @type {Card} */ (left[last])];
  }
  playAll(left);
}

/** Fetches one entry of a web list by hand, whatever the rules say. @param {Collection} collection @param {Entry} entry */
export async function fetchEntry(collection, entry) {
  if (!entry.url) return;
  try {
    const added = await content.addDownload({ url: entry.url, audio_only: collection.subscription?.audio_only ?? false });
    if (added.job) putJob(added.job);
    toast(t("entry.getting", { title: entry.title }));
    collectionRevision.value += 1;
  } catch (error) {
    toastError(error);
  }
}

/** @param {Collection} collection */
export async function refreshCollection(collection) {
  try {
    const added = await reading.refreshCollection(collection.id);
    if (added.job) putJob(added.job);
    toast(t("collection.refreshing"));
  } catch (error) {
    toastError(error);
  }
}
