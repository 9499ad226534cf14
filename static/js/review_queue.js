/** The order in which doubtful things are settled: what is next, what was skipped, what can be taken back. Pure. */

/** @import { Candidate, ReviewItem } from "./types_works.js" */

/**
 * @typedef {{ item: ReviewItem, candidate: Candidate | null }} Settled candidate is null where it was kept as it is
 * @typedef {{ items: ReviewItem[], here: string | null, settled: Settled[], count: number, next: string | null }} Queue
 *   `items` wait, in order; `here` is the key of the one that is shown; `count` is how many wait on the server, too
 */

/** @type {Queue} */
export const EMPTY = { items: [], here: null, settled: [], count: 0, next: null };

/** The one that is shown. @param {Queue} queue @returns {ReviewItem | null} */
export const current = (queue) => queue.items.find((item) => item.key === queue.here) ?? queue.items[0] ?? null;

/** Takes in a page of what waits; what is known already, or was settled here, is not taken in again.
 *  @param {Queue} queue @param {{ count: number, items: ReviewItem[], next: string | null }} page @returns {Queue} */
export function taken(queue, page) {
  const known = new Set([...queue.items, ...queue.settled.map((one) => one.item)].map((item) => item.key));
  const items = [...queue.items, ...page.items.filter((item) => !known.has(item.key))];
  return { ...queue, items, here: queue.here ?? items[0]?.key ?? null, count: Math.max(page.count, items.length), next: page.next };
}

/** Takes in the first page again: when it holds all that waits, what is not in it was settled elsewhere.
 *  @param {Queue} queue @param {{ count: number, items: ReviewItem[], next: string | null }} page @returns {Queue} */
export function renewed(queue, page) {
  if (page.next !== null) return taken(queue, page);
  const still = new Set(page.items.map((item) => item.key));
  const items = queue.items.filter((item) => still.has(item.key));
  const here = items.some((item) => item.key === queue.here) ? queue.here : null;
  return taken({ ...queue, items, here }, page);
}

/** Lets go of one that waits no longer. @param {Queue} queue @param {string} key @returns {Queue} */
export const dropped = (queue, key) => ({ ...queue, settled: queue.settled.filter((one) => one.item.key !== key), items: queue.items.filter((item) => item.key !== key) });

/** @param {Queue} queue @param {string} key @param {Candidate | null} candidate @returns {Queue} */
export function settle(queue, key, candidate) {
  const item = queue.items.find((one) => one.key === key);
  if (!item) return queue;
  return {
    ...queue,
    items: queue.items.filter((one) => one !== item),
    here: queue.here === key ? after(queue, key) : queue.here,
    settled: [...queue.settled, { item, candidate }],
    count: Math.max(0, queue.count - 1),
  };
}

/** Puts one aside: it comes again behind all others. @param {Queue} queue @param {string} key @returns {Queue} */
export function skip(queue, key) {
  const item = queue.items.find((one) => one.key === key);
  if (!item || queue.items.length < 2) return queue;
  return { ...queue, here: after(queue, key), items: [...queue.items.filter((one) => one !== item), item] };
}

/** Takes the last decision back, or that on `key`; it is the one that is shown then.
 *  @param {Queue} queue @param {string} [key] @returns {Queue} */
export function takeBack(queue, key = queue.settled.at(-1)?.item.key) {
  const found = queue.settled.findLast((one) => one.item.key === key);
  if (!found) return queue;
  return {
    ...queue,
    items: [found.item, ...queue.items],
    here: found.item.key,
    settled: queue.settled.filter((one) => one !== found),
    count: queue.count + 1,
  };
}

/** Other candidates for one that waits. @param {Queue} queue @param {string} key @param {Candidate[]} candidates @returns {Queue} */
export const withCandidates = (queue, key, candidates) => ({
  ...queue,
  items: queue.items.map((item) => (item.key === key ? { ...item, candidates } : item)),
});

/** How far one is, 0..100. @param {Queue} queue */
export const progress = ({ settled, count }) => (settled.length + count ? (settled.length / (settled.length + count)) * 100 : 100);

/** The key of what comes behind `key`, or before it at the end. @param {Queue} queue @param {string} key */
function after({ items }, key) {
  const index = items.findIndex((item) => item.key === key);
  return (items[index + 1] ?? items.find((item) => item.key !== key))?.key ?? null;
}
