/** What one marked while the server could not be told: kept here, shown as if it knew, and told when it can be. */
import { marking } from "../api_highlights.js";
import { db } from "./database.js";
import { keyOf } from "./records.js";
import { change } from "./shelf.js";

/** @import { Highlight, NewHighlight } from "../api_highlights.js" */

/**
 * @typedef {{ key: string, user: string, media: string, id: string, what: "new" | "changed" | "removed", mark: Highlight }} WaitingMark
 *   how a mark stands that the server knows differently; `id` of a new one is from this device
 */

/** What one marked, as the server knew it, with what waits. Pure. @param {Highlight[]} known @param {WaitingMark[]} waiting @returns {Highlight[]} */
export function withWaiting(known, waiting) {
  const fresh = new Map(waiting.map((one) => [one.id, one]));
  const all = known.flatMap((mark) => {
    const now = fresh.get(mark.id);
    return now?.what === "removed" ? [] : [now ? now.mark : mark];
  });
  all.push(...waiting.filter((one) => one.what === "new").map((one) => one.mark));
  return all.sort((one, other) => one.chapter - other.chapter || one.start - other.start);
}

/** @param {string} user @param {string} media */
const waitingOf = async (user, media) => (await db.marks()).filter((one) => one.user === user && one.media === media);

/** @param {string} user @param {string} media @param {Highlight[]} known */
export const marksOf = async (user, media, known) => withWaiting(known, await waitingOf(user, media));

/** @param {string} user @param {string} media @param {NewHighlight} mark @returns {Promise<Highlight>} */
export async function addMark(user, media, mark) {
  const now = Date.now();
  const made = { ...mark, note: mark.note ?? null, id: `here-${crypto.randomUUID()}`, created_at: now, updated_at: now };
  await put(user, media, "new", made);
  return made;
}

/** @param {string} user @param {string} media @param {Highlight} mark as it is now */
export async function changeMark(user, media, mark) {
  const isNew = (await waitingOf(user, media)).some((one) => one.id === mark.id && one.what === "new");
  await put(user, media, isNew ? "new" : "changed", { ...mark, updated_at: Date.now() });
}

/** @param {string} user @param {string} media @param {Highlight} mark */
export async function removeMark(user, media, mark) {
  const isNew = (await waitingOf(user, media)).some((one) => one.id === mark.id && one.what === "new");
  if (isNew) await db.dropMark(`${keyOf(user, media)}:${mark.id}`);
  else await put(user, media, "removed", mark);
}

/** @param {string} user @param {string} media @param {WaitingMark["what"]} what @param {Highlight} mark */
const put = (user, media, what, mark) => db.putMark({ key: `${keyOf(user, media)}:${mark.id}`, user, media, id: mark.id, what, mark });

/** Tells the server what waits; what it does not take now stays for later. @param {string} user */
export async function sendMarks(user) {
  const waiting = (await db.marks()).filter((one) => one.user === user);
  for (const media of new Set(waiting.map((one) => one.media))) {
    try {
      const { highlights } = await marking.list(media, { quiet: true });
      for (const one of waiting.filter((other) => other.media === media)) await send(one, highlights);
      await change(keyOf(user, media), { marks: (await marking.list(media, { quiet: true })).highlights });
    } catch (error) {
      if (waits(error)) return;
      // The text is gone, or not to be seen any more: there is nobody to tell.
      for (const one of waiting.filter((other) => other.media === media)) await db.dropMark(one.key);
    }
  }
}

/** @param {WaitingMark} waiting @param {Highlight[]} known what the server has of this text */
async function send(waiting, known) {
  const { media, id, what, mark } = waiting;
  const { chapter, start, end, quote, colour, note } = mark;
  try {
    if (what === "changed") await marking.change(media, id, { colour, note }, { quiet: true });
    else if (what === "removed") await marking.remove(media, id, { quiet: true });
    // An answer that was lost on its way must not make a second one.
    else if (!known.some((one) => one.chapter === chapter && one.start === start && one.end === end && one.quote === quote))
      await marking.add(media, { chapter, start, end, quote, colour, note }, { quiet: true });
  } catch (error) {
    if (waits(error)) throw error;
  }
  const now = (await db.marks()).find((one) => one.key === waiting.key);
  if (now?.what === what && now.mark.updated_at === mark.updated_at) await db.dropMark(waiting.key);
}

/** Whether the server may take it later. @param {any} error */
export const waits = (error) => !error?.status || error.status === 401 || error.status === 429 || error.status >= 500;
