/** Which of many things are taken along, in which quality, and how many of them there is room for. Pure. */
import { isText } from "../words.js";
import { expectedSize, hasPicture } from "./records.js";

/** @import { Media } from "../types.js" */
/** @import { Item, Quality } from "./records.js" */

/** @typedef {{ media: Media, quality: Quality, size: number }} Choice size in bytes, of a version that is yet to be made about */

/** Room that is left alone, as a part of what is free: browsers count generously, and so do devices. */
const RESERVE = 0.05;

/**
 * The quality of one thing: sound and texts come as they are, and so does a film that is no larger than wished.
 * @param {Media} media @param {Quality} wish @param {(media: Media) => boolean} plays whether this browser plays the file as it is
 * @returns {Quality}
 */
export function qualityOf(media, wish, plays) {
  if (!isFilm(media)) return "original";
  const height = media.video?.height ?? Infinity;
  const highest = { original: Infinity, "720p": 720, "480p": 480 }[wish];
  if (plays(media) && height <= highest) return "original";
  return wish === "original" ? "720p" : wish;
}

/** Whether there is a quality to choose. @param {Media} media */
export const isFilm = (media) => !isText(media) && hasPicture(media);

/** @param {Media[]} all @param {Quality} wish @param {(media: Media) => boolean} plays @returns {Choice[]} */
export function chosen(all, wish, plays) {
  return all.map((media) => {
    const quality = qualityOf(media, wish, plays);
    return { media, quality, size: expectedSize(media, quality) };
  });
}

const QUALITIES = /** @type {Quality[]} */ (["original", "720p", "480p"]);

/** The wishes that make a difference. @param {Media[]} all @param {(media: Media) => boolean} plays */
export function offers(all, plays) {
  const plans = QUALITIES.map((quality) => ({ quality, plan: chosen(all, quality, plays) }));
  const told = (/** @type {Choice[]} */ plan) => plan.map((one) => one.quality).join();
  return plans.filter(({ plan }, index) => index === 0 || told(plan) !== told(plans[index - 1]?.plan ?? []));
}

/** @param {Choice[]} choices */
export const sizeOf = (choices) => choices.reduce((sum, one) => sum + one.size, 0);

/**
 * The first ones, as many as there is room for, so that a season has no gaps.
 * @param {Choice[]} choices in their order @param {number} room bytes, Infinity if the browser does not tell
 */
export function fitting(choices, room) {
  let left = room;
  const end = choices.findIndex((one) => (left -= one.size) < 0);
  return end < 0 ? choices : choices.slice(0, end);
}

/** What may be filled: what is free without the reserve and without what is still to come. @param {number} free bytes @param {Item[]} items */
export function roomFor(free, items) {
  const coming = items.filter((item) => item.state !== "ready").reduce((sum, item) => sum + Math.max(0, item.size - item.have), 0);
  return Math.max(0, free * (1 - RESERVE) - coming);
}

/** @typedef {{ id: string, title: string, items: Item[], done: number, percent: number, count: number, isPaused: boolean }} Batch `percent` 0..100 of all of it */

/** What was taken along together and is not all here yet, and what is on its way by itself. @param {Item[]} items
 *  @param {(item: Item) => number} progressOf 0..100 */
export function batches(items, progressOf) {
  /** @type {Map<string, Item[]>} */
  const together = new Map();
  for (const item of items) if (item.batch) together.set(item.batch.id, [...(together.get(item.batch.id) ?? []), item]);
  const open = [...together.values()].filter((some) => some.length > 1 && some.some((item) => item.state !== "ready"));
  const grouped = new Set(open.flat().map((item) => item.key));
  return {
    batches: open.map((some) => ({
      id: some[0]?.batch?.id ?? "",
      title: some[0]?.batch?.title ?? "",
      items: some.filter((item) => item.state !== "ready").sort((a, b) => a.added_at - b.added_at),
      count: some.length,
      done: some.filter((item) => item.state === "ready").length,
      percent: some.reduce((sum, item) => sum + progressOf(item), 0) / some.length,
      isPaused: some.every((item) => item.state === "ready" || item.state === "paused" || item.state === "failed"),
    })),
    alone: items.filter((item) => item.state !== "ready" && !grouped.has(item.key)),
  };
}
