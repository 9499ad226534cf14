/** What is done with many items at once: in parts that the server takes, each with the way back. */
import { inOurWords } from "./api.js";
import { lists } from "./api_lists.js";
import { identifyLater } from "./identifying.js";
import { forgetMedia } from "./forgotten.js";
import { parts } from "./selection.js";
import { collectionRevision, libraryRevision, toast, toastError } from "./store.js";
import { t } from "./strings_lists.js";
import { t as words } from "./strings_undo.js";

/** @import { Chosen } from "./api_lists.js" */

/** @typedef {"ids" | "shows" | "albums" | "channels"} Kind */

const MOST = { ids: 500, shows: 50, albums: 50, channels: 20 };
/** Moving files takes time: these are asked for in smaller parts, so that none runs into its time. */
const MOVED = { ids: 50, shows: 2, albums: 10, channels: 2 };

/** @param {Kind} kind @param {string[]} keys @param {Record<Kind, number>} [most] @returns {Chosen[]} */
const portions = (kind, keys, most = MOST) => parts(keys, most[kind]).map((some) => ({ [kind]: some }));

/** Does it, and says so with the way back. @param {() => Promise<{ text: string, undo: (() => Promise<unknown>) | null }>} act */
async function attempt(act) {
  try {
    const { text, undo } = await act();
    toast(text, undo ? { action: t("bulk.undo"), run: () => back(undo) } : {});
  } catch (error) {
    toastError(error);
  }
  libraryRevision.value += 1;
}

/** @param {() => Promise<unknown>} undo */
async function back(undo) {
  try {
    await undo();
    toast(t("bulk.undone"));
  } catch (error) {
    toastError(error);
  }
  libraryRevision.value += 1;
  collectionRevision.value += 1;
}

/** @param {Kind} kind @param {string[]} keys @param {boolean} seen @param {{ isText?: boolean }} [what] what is read is not watched */
export function markMany(kind, keys, seen, { isText = false } = {}) {
  return attempt(async () => {
    /** @type {import("./api_lists.js").MarkUndo[]} */
    const undos = [];
    let count = 0;
    for (const some of portions(kind, keys)) {
      const { done, undo } = await lists.mark(some, seen);
      count += done;
      undos.push(undo);
    }
    return {
      text: t(isText ? (seen ? "bulk.read" : "bulk.unread") : seen ? "bulk.watched" : "bulk.unwatched", { count }),
      undo: async () => {
        for (const one of undos) await lists.unmark(one);
      },
    };
  });
}

/** @param {Kind} kind @param {string[]} keys */
export function removeMany(kind, keys) {
  return attempt(async () => {
    /** @type {string[]} */
    const gone = [];
    const failed = [];
    for (const some of portions(kind, keys, MOVED)) {
      const answer = await lists.remove(some);
      gone.push(...answer.ids);
      failed.push(...answer.failed);
    }
    for (const id of gone) forgetMedia(id, true);
    if (failed[0]) toast(t("bulk.notMoved", { count: failed.length, reason: await inOurWords(failed[0].message) }), { tone: "bad" });
    return { text: t("bulk.removed", { count: gone.length }), undo: gone.length ? () => restoreMany(gone) : null };
  });
}

/** @param {string[]} ids */
export async function restoreMany(ids) {
  const failed = [];
  for (const id of ids) forgetMedia(id, false);
  for (const some of parts(ids, MOVED.ids)) failed.push(...(await lists.restore(some)).failed);
  if (failed[0]) throw new Error(t("bulk.notMoved", { count: failed.length, reason: await inOurWords(failed[0].message) }));
}

/** @param {Kind} kind @param {string[]} keys @param {{ id: string, title: string }} collection */
export function collectMany(kind, keys, collection) {
  return attempt(async () => {
    /** @type {{ collection: string, entries: string[] }[]} */
    const undos = [];
    let count = 0;
    for (const some of portions(kind, keys)) {
      const answer = await lists.collect(collection.id, some);
      count += answer.done;
      undos.push(answer);
    }
    collectionRevision.value += 1;
    return {
      text: t("bulk.collected", { count, collection: collection.title }),
      undo: count ? async () => {
        for (const one of undos) await lists.uncollect(one);
      } : null,
    };
  });
}

/** @param {Kind} kind @param {string[]} keys @param {string} tag */
export function tagMany(kind, keys, tag) {
  return attempt(async () => {
    /** @type {{ tag: string, works: string[] }[]} */
    const undos = [];
    let count = 0;
    for (const some of portions(kind, keys)) {
      const answer = await lists.tag(tag, some);
      count += answer.done;
      undos.push(answer);
    }
    return {
      text: t("bulk.tagged", { count, tag }),
      undo: count ? async () => {
        for (const one of undos) await lists.untag(one);
      } : null,
    };
  });
}

/** Looks up again what things are. @param {Kind} kind @param {string[]} keys */
export async function identifyMany(kind, keys) {
  const prefix = { shows: "show:", albums: "album:" }[/** @type {"shows"} */ (kind)];
  identifyLater(words("parked.identify", { count: keys.length }), prefix ? { keys: keys.map((key) => prefix + key) } : { media_ids: keys });
}
