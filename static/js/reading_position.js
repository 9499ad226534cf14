/** Where a reader is: fractions of a text, of parts and of pages, and how they are kept. */

/** @import { Progress } from "./types.js" */

/** What a whole text counts in the record of progress, where films count seconds. */
export const WHOLE = 1000;

/** @param {number} value @returns {number} within 0..1 */
const bounded = (value) => Math.min(1, Math.max(0, Number.isFinite(value) ? value : 0));

/**
 * How far a page is scrolled, 0..1. What fits the window is read to its end.
 * @param {{ top: number, height: number, window: number }} scroll px
 */
export function scrolled({ top, height, window }) {
  const reach = height - window;
  return reach <= 1 ? 1 : bounded(top / reach);
}

/** Where to scroll for a fraction, px. @param {number} fraction @param {{ height: number, window: number }} scroll */
export const scrollTarget = (fraction, { height, window }) => Math.round(bounded(fraction) * Math.max(0, height - window));

/** @param {number} fraction 0..1 @returns {{ position: number, duration: number }} */
export const toProgress = (fraction) => ({ position: Math.round(bounded(fraction) * WHOLE * 1000) / 1000, duration: WHOLE });

/** Where to go on, 0..1: what was finished begins anew. @param {Pick<Progress, "position" | "duration" | "finished"> | null} progress */
export function fromProgress(progress) {
  if (!progress || progress.finished || progress.duration <= 0) return 0;
  return bounded(progress.position / progress.duration);
}

/**
 * A place in a book of parts as one fraction.
 * @param {number} part from 0 @param {number} within 0..1 of the part @param {number} parts
 */
export function wholeOf(part, within, parts) {
  if (parts <= 0) return 0;
  return bounded((part + bounded(within)) / parts);
}

/** The place in a book of parts. @param {number} fraction @param {number} parts @returns {{ part: number, within: number }} */
export function placeIn(fraction, parts) {
  if (parts <= 0) return { part: 0, within: 0 };
  const along = bounded(fraction) * parts;
  // Kept to the thousandth, the beginning of a part must not come back as the end of the one before.
  const part = Math.min(parts - 1, Math.floor(along + 1e-6 * parts));
  return { part, within: bounded(along - part) };
}

/** The fraction of a page: the first is the beginning, the last is the end. @param {number} page from 0 @param {number} pages */
export const pageFraction = (page, pages) => (pages <= 1 ? 1 : bounded(page / (pages - 1)));

/** @param {number} fraction @param {number} pages @returns {number} from 0 */
export const pageOf = (fraction, pages) => Math.round(bounded(fraction) * Math.max(0, pages - 1));

/**
 * The pages that are open side by side: a cover stands alone, then they come in pairs.
 * @param {number} page from 0 @param {number} pages @param {boolean} isDouble
 * @returns {number[]} in reading order
 */
export function spread(page, pages, isDouble) {
  if (!isDouble || page === 0) return [page];
  const first = page % 2 === 1 ? page : page - 1;
  return first + 1 < pages ? [first, first + 1] : [first];
}

/**
 * The page to which one turns, null at either end.
 * @param {number} page @param {1 | -1} way @param {number} pages @param {boolean} isDouble
 */
export function turned(page, way, pages, isDouble) {
  const open = spread(page, pages, isDouble);
  const next = way > 0 ? (open[open.length - 1] ?? page) + 1 : (open[0] ?? page) - 1;
  if (next < 0 || next >= pages) return null;
  return spread(next, pages, isDouble)[0] ?? next;
}

/** Minutes that are left of a text, at least one while it is not read. @param {number} minutes @param {number} fraction */
export const minutesLeft = (minutes, fraction) => Math.max(1, Math.ceil(minutes * (1 - bounded(fraction))));
