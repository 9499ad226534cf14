/** What people do with doubtful things: shown at once, taken back when the server refuses. */
import { signal } from "@preact/signals";
import { ApiError } from "./api.js";
import { works } from "./api_works.js";
import { dropped, EMPTY, renewed, settle, skip, takeBack, taken, withCandidates } from "./review_queue.js";
import { announce, libraryRevision, reviewCount, toastError } from "./store.js";
import { t } from "./strings_works.js";

/** @import { Queue } from "./review_queue.js" */
/** @import { Candidate, ReviewItem } from "./types_works.js" */

const PAGE = 30;

/** It outlives the page, so that coming back shows it as it was left. */
export const queue = signal(/** @type {Queue} */ (EMPTY));
/** What was settled last, while it can be taken back. */
export const lastSettled = signal(/** @type {{ key: string, text: string } | null} */ (null));

/** Each decision is on its way until the server has it; the way back waits for it. @type {Map<string, Promise<unknown>>} */
const underWay = new Map();
/** How many decisions and ways back began, and how many the server has. */
let begun = 0;
let ended = 0;

/** @param {string | null} [cursor] */
export async function load(cursor = null) {
  const before = begun;
  const endedBefore = ended;
  const page = await works.review({ cursor, limit: PAGE });
  // An answer from the midst of a decision is of one mind with neither what was nor what is: it may add, not take away.
  const isTorn = before !== begun || endedBefore !== ended || begun !== ended;
  const items = page.items.filter((item) => !underWay.has(item.key));
  const count = isTorn && queue.value.items.length ? queue.value.count : page.count;
  put((cursor || isTorn ? taken : renewed)(queue.value, { ...page, count, items }));
}

/** @param {ReviewItem} item @param {Candidate} candidate */
export const choose = (item, candidate) =>
  decide(item, candidate, t("review.isTaken", { title: item.title, name: named(candidate) }), () => works.apply(item.key, candidate));

/** @param {ReviewItem} item */
export const keep = (item) => decide(item, null, t("review.isKept", { title: item.title }), () => works.dismiss(item.key));

/** @param {ReviewItem} item */
export function putAside(item) {
  if (queue.value.items.length < 2) return;
  put(skip(queue.value, item.key));
  announce(t("review.skipped", { title: item.title }));
}

/** @param {ReviewItem} item @param {Candidate[]} candidates */
export const showCandidates = (item, candidates) => put(withCandidates(queue.value, item.key, candidates));

/** Takes the last decision back. */
export async function undo() {
  const last = queue.value.settled.at(-1);
  if (!last) return;
  begun += 1;
  put(takeBack(queue.value));
  say();
  announce(t("review.backAgain", { title: last.item.title }));
  try {
    await underWay.get(last.item.key);
    await (last.candidate ? works.undo(last.item.key) : works.restore(last.item.key));
    libraryRevision.value += 1;
  } catch (error) {
    toastError(error);
  }
  ended += 1;
}

/** @param {ReviewItem} item @param {Candidate | null} candidate @param {string} text @param {() => Promise<unknown>} send */
async function decide(item, candidate, text, send) {
  if (underWay.has(item.key) || !queue.value.items.some((one) => one.key === item.key)) return;
  put(settle(queue.value, item.key, candidate));
  texts.set(item.key, text);
  say();
  announce(text);
  begun += 1;
  const sending = send();
  underWay.set(item.key, sending);
  try {
    await sending;
    libraryRevision.value += 1;
  } catch (error) {
    // What is gone, or was settled elsewhere, does not come back to be settled once more.
    const isGone = error instanceof ApiError && error.status === 404;
    put(isGone ? dropped(queue.value, item.key) : takeBack(queue.value, item.key));
    say();
    toastError(error);
  }
  underWay.delete(item.key);
  ended += 1;
}

/** How each decision was put into words. @type {Map<string, string>} */
const texts = new Map();

function say() {
  const last = queue.value.settled.at(-1);
  lastSettled.value = last ? { key: last.item.key, text: texts.get(last.item.key) ?? "" } : null;
}

/** @param {Queue} next */
function put(next) {
  queue.value = next;
  reviewCount.value = next.count;
}

/** "Heat (1995)" @param {Candidate} candidate */
const named = ({ title, year }) => (year ? `${title} (${year})` : title);
