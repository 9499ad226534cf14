/** Finds out what there is to take along of a show, a list or a selection, and takes it along. */
import { api } from "../api.js";
import { toast } from "../store.js";
import { t } from "../strings_offline.js";
import { take } from "./fetching.js";
import { canKeep, itemOf, items } from "./shelf.js";

/** @import { Kind } from "../bulk.js" */
/** @import { Card, Media } from "../types.js" */
/** @import { Choice } from "./choosing.js" */

/** More than this at once is no list that somebody looks at. */
export const MOST = 500;
/** How many things are asked about at the same time. */
const AT_ONCE = 4;
const PAGE = 100;

/** @param {Card} card */
const isUnseen = (card) => !card.progress?.finished && card.has_file !== false;

/** What belongs to a selection: of shows and channels what was not seen yet, of albums everything. @type {Record<string, (key: string) => Promise<string[]>>} */
const CONTENTS = {
  ids: async (id) => [id],
  shows: async (key) => (await api.show(key)).seasons.flatMap((season) => season.episodes).filter(isUnseen).map((one) => one.id),
  albums: async (key) => (await api.album(key)).tracks.map((track) => track.id),
  channels: async (key) => {
    const page = await api.library({ type: "video", show: key, sort: "published", direction: "desc", unfinished: "true", limit: PAGE });
    return page.items.map((one) => one.id);
  },
};

/** @param {Kind} kind @param {string[]} keys @returns {Promise<string[]>} */
export async function contentsOf(kind, keys) {
  const all = [];
  for (const key of keys) {
    if (all.length >= MOST) break;
    all.push(...((await CONTENTS[kind]?.(key)) ?? []));
  }
  return all;
}

/** Whether things of this kind can be taken along. @param {Kind} kind */
export const canTake = (kind) => canKeep() && kind in CONTENTS;

/**
 * What is known of each thing that is not here yet, in their order; what is gone, has no file or is a photo is left out.
 * @param {string[]} ids @param {(done: number, all: number) => void} onProgress @param {AbortSignal} signal
 * @returns {Promise<{ fresh: Media[], here: number }>}
 */
export async function lookAt(ids, onProgress, signal) {
  const wanted = [...new Set(ids)].slice(0, MOST).filter((id) => !itemOf(id));
  /** @type {(Media | null)[]} */
  const found = Array(wanted.length).fill(null);
  let next = 0;
  let done = 0;
  const look = async () => {
    for (let at = next++; at < wanted.length; at = next++) {
      found[at] = await api.media(wanted[at] ?? "", { signal }).catch((error) => {
        if (error?.status === 404) return null;
        throw error;
      });
      onProgress(++done, wanted.length);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, look));
  const fresh = found.filter((media) => media !== null && media.media_type !== "photo" && media.size_bytes > 0 && !media.offline);
  return { fresh: /** @type {Media[]} */ (fresh), here: new Set(ids).size - wanted.length };
}

/** @param {Choice[]} choices @param {string} title of all of it */
export async function takeMany(choices, title) {
  const batch = { id: crypto.randomUUID(), title };
  const before = items.value?.length ?? 0;
  for (const { media, quality } of choices) await take(media, quality, { batch });
  toast(t("offline.manyOnTheirWay", { count: (items.value?.length ?? 0) - before }));
}
