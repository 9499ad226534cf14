/** Where texts come from, and where goes what is done to them: the server, or this device while it cannot be reached. */
import { ApiError, api } from "./api.js";
import { marking } from "./api_highlights.js";
import { reading } from "./api_reading.js";
import { t } from "./strings.js";

/** @import { Options } from "./api.js" */
/** @import { Highlight, NewHighlight } from "./api_highlights.js" */
/** @import { Article, Book } from "./types_reading.js" */

/** @typedef {typeof import("./offline/texts.js")} Device */

const device = () => import("./offline/texts.js");
let isAway = false;
/** Whether something waits on this device to be told to the server. */
let owes = false;

/** The app has begun without a server: nothing is asked of it, which might take long. */
export const readFromDevice = () => void (isAway = true);

/**
 * @template T
 * @param {() => Promise<T>} ask the server
 * @param {(here: Device) => Promise<T | null>} instead on this device; null when it cannot
 * @returns {Promise<T>}
 */
async function either(ask, instead) {
  try {
    if (isAway) throw new ApiError(0, "unreachable", t("error.unreachable"));
    const answer = await ask();
    if (owes) void device().then((here) => here.deliver()).then(() => (owes = false), () => undefined);
    return answer;
  } catch (error) {
    const kept = /** @type {any} */ (error)?.status === 0 ? await instead(await device()) : null;
    if (kept === null) throw error;
    return kept;
  }
}

/** @template T @param {() => Promise<T>} ask @param {(here: Device) => Promise<T | null>} instead */
async function tell(ask, instead) {
  return either(ask, async (here) => {
    const done = await instead(here);
    owes = done !== null;
    return done;
  });
}

/** Lets what is here be as the server knows it. @param {(here: Device) => Promise<unknown>} act */
function learn(act) {
  if (!isAway && navigator.serviceWorker?.controller) void device().then(act).catch(() => undefined);
}

/** @template T @param {string} media @param {() => Promise<T>} ask @param {(here: Device) => Promise<T | null>} instead */
function mark(media, ask, instead) {
  return tell(async () => {
    const answer = await ask();
    learn((here) => here.learnMarks(media));
    return answer;
  }, instead);
}

export const source = {
  /** @param {string} media @param {Options} [o] */
  article: (media, o) => either(() => reading.article(media, o), async (here) => /** @type {Article | null} */ (await here.text(media))),
  /** @param {string} media @param {Options} [o] */
  book: (media, o) => either(() => reading.book(media, o), async (here) => /** @type {Book | null} */ (await here.text(media))),
  /** @param {string} media @param {Options} [o] */
  marks: (media, o) => either(() => marking.list(media, o), (here) => here.marks(media)),
  /** @param {string} media @param {NewHighlight} passage */
  addMark: (media, passage) => mark(media, () => marking.add(media, passage), (here) => here.addMark(media, passage)),
  /** @param {string} media @param {Highlight} now as it is to be */
  changeMark: (media, now) =>
    mark(media, () => marking.change(media, now.id, { colour: now.colour, note: now.note }), (here) => here.changeMark(media, now)),
  /** @param {string} media @param {Highlight} gone */
  removeMark: (media, gone) => mark(media, async () => {
    await marking.remove(media, gone.id);
    return true;
  }, (here) => here.removeMark(media, gone)),
  /** @param {string} media @param {{ position: number, duration: number }} place @param {Options} [o] */
  savePlace: (media, place, o) => tell(async () => {
    const { updated_at } = await api.saveProgress(media, place, o);
    learn((here) => here.learnPlace(media, place.position, updated_at));
    return true;
  }, (here) => here.savePlace(media, place)),
};
