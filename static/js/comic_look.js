/** How comics are shown: one page or two, from the left or from the right; remembered by the browser. */
import { signal } from "@preact/signals";

/** @typedef {{ isDouble: boolean | null, isBackwards: boolean }} ComicLook `isDouble` null decides by the window */

const KEY = "comic-look";

/** @param {string | null} text @returns {ComicLook} */
export function parseComicLook(text) {
  /** @type {any} */
  let kept = null;
  try {
    kept = JSON.parse(text ?? "null");
  } catch {
    // Somebody wrote something else there.
  }
  return { isDouble: typeof kept?.isDouble === "boolean" ? kept.isDouble : null, isBackwards: kept?.isBackwards === true };
}

export const comicLook = signal(parseComicLook(remembered()));

/** @param {Partial<ComicLook>} change */
export function changeComicLook(change) {
  comicLook.value = { ...comicLook.value, ...change };
  try {
    localStorage.setItem(KEY, JSON.stringify(comicLook.value));
  } catch {
    // A browser that forbids storage keeps it as long as the page is open.
  }
}

function remembered() {
  try {
    return globalThis.localStorage?.getItem(KEY) ?? null;
  } catch {
    return null;
  }
}
