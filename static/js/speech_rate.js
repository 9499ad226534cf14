/** How fast what is spoken plays, remembered on this device for each podcast or channel. */

/** @import { Card } from "./types.js" */

export const SLOWEST = 0.5;
export const FASTEST = 3;
const KEY = "speech-rates";
/** More podcasts than this nobody listens to; the oldest choice is forgotten first. */
const MOST = 200;

/** @param {Pick<Card, "show_key" | "show_title" | "id">} media */
const nameOf = (media) => media.show_key ?? media.show_title ?? media.id;

/** @returns {Record<string, number>} */
function readAll() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    return kept && typeof kept === "object" ? kept : {};
  } catch {
    return {};
  }
}

/** @param {Pick<Card, "show_key" | "show_title" | "id">} media @returns {number} */
export function keptRate(media) {
  const all = readAll();
  const rate = Object.hasOwn(all, nameOf(media)) ? Number(all[nameOf(media)]) : 1;
  return rate >= SLOWEST && rate <= FASTEST ? rate : 1;
}

/** @param {Pick<Card, "show_key" | "show_title" | "id">} media @param {number} rate */
export function keepRate(media, rate) {
  const { [nameOf(media)]: _, ...others } = readAll();
  const kept = Object.entries(others).slice(1 - MOST);
  if (rate !== 1) kept.push([nameOf(media), rate]);
  try {
    localStorage.setItem(KEY, JSON.stringify(Object.fromEntries(kept)));
  } catch {
    // A browser that forbids storage plays at the speed that it is told, and forgets it.
  }
}

/** @param {number} rate @param {number} by @returns {number} a rate that the player has, in tenths */
export const nudged = (rate, by) => Math.round(Math.min(FASTEST, Math.max(SLOWEST, rate + by)) * 10) / 10;
