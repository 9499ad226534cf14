/** How subtitles look on this device: what is legible on a phone is not on a screen across the room. */
import { signal } from "@preact/signals";
import { keep, kept } from "../kept.js";

export const SIZES = /** @type {const} */ (["small", "normal", "large", "huge"]);
export const GROUNDS = /** @type {const} */ (["shadow", "box", "outline"]);

/** @typedef {{ size: typeof SIZES[number], ground: typeof GROUNDS[number] }} CaptionLook */

const KEY = "caption-look";

/** @param {string | null} text @returns {CaptionLook} */
export function readLook(text) {
  /** @type {any} */
  let kept = {};
  try {
    kept = JSON.parse(text ?? "{}") ?? {};
  } catch {
    // What somebody else wrote there says nothing.
  }
  return {
    size: SIZES.includes(kept.size) ? kept.size : "normal",
    ground: GROUNDS.includes(kept.ground) ? kept.ground : "shadow",
  };
}

export const captionLook = signal(readLook(kept(KEY)));

/** @param {Partial<CaptionLook>} change */
export function changeLook(change) {
  captionLook.value = { ...captionLook.value, ...change };
  keep(KEY, JSON.stringify(captionLook.value));
}
