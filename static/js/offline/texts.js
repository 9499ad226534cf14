/** Texts on this device for a reader that cannot reach the server: what they are, what is marked, where one is. */
import { marking } from "../api_highlights.js";
import { db } from "./database.js";
import * as waiting from "./marks.js";
import { deliver, notePlace } from "./outbox.js";
import { keyOf, textOf } from "./records.js";
import { canKeep, change } from "./shelf.js";

/** @import { Highlight, NewHighlight } from "../api_highlights.js" */

/** Whose device this is; null where nothing can be kept. */
const holder = async () => (canKeep() ? db.owner() : null);

/** @template T @param {(user: string) => Promise<T>} act @returns {Promise<T | null>} */
async function forHolder(act) {
  const user = await holder();
  return user === null ? null : act(user);
}

/** @param {string} media */
const itemHere = (media) => forHolder(async (user) => {
  const item = await db.item(keyOf(user, media));
  return item?.state === "ready" ? item : null;
});

/** A text to be read from here; null if it is not here. @param {string} media */
export const text = async (media) => {
  const item = await itemHere(media);
  return item && textOf(item);
};

/** @param {string} media */
export const marks = async (media) => {
  const item = await itemHere(media);
  return item && { highlights: await waiting.marksOf(item.user, media, item.marks ?? []) };
};

/** @param {string} media @param {NewHighlight} mark */
export const addMark = (media, mark) => forHolder((user) => waiting.addMark(user, media, mark));

/** @param {string} media @param {Highlight} mark as it is now */
export const changeMark = (media, mark) => forHolder(async (user) => {
  await waiting.changeMark(user, media, mark);
  return mark;
});

/** @param {string} media @param {Highlight} mark */
export const removeMark = (media, mark) => forHolder(async (user) => {
  await waiting.removeMark(user, media, mark);
  return true;
});

/** @param {string} media @param {{ position: number, duration: number }} place */
export const savePlace = (media, { position, duration }) => forHolder(async (user) => {
  await notePlace({ key: keyOf(user, media), user, media }, position, duration);
  return true;
});

/** What the server was told meanwhile, for the next time without it. @param {string} media @param {number} position @param {number} position_at ms */
export const learnPlace = (media, position, position_at) => forHolder((user) => change(keyOf(user, media), { position, position_at }));

/** @param {string} media */
export const learnMarks = async (media) => {
  const item = await itemHere(media);
  if (item) await change(item.key, { marks: (await marking.list(media)).highlights });
};

export { deliver };
