/** How subtitles look on this device: what is legible on a phone is not on a screen across the room. */
import { signal } from "@preact/signals";

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

export const captionLook = signal(readLook(globalThis.localStorage?.getItem(KEY) ?? null));

/** @param {Partial<CaptionLook>} change */
export function changeLook(change) {
  captionLook.value = { ...captionLook.value, ...change };
  try {
    localStorage.setItem(KEY, JSON.stringify(captionLook.value));
  } catch {
    // A browser that forbids storage keeps it until the page is left.
  }
}
