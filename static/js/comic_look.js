/** How comics are shown: one page or two, and for each from which side; remembered by the browser. */
import { signal } from "@preact/signals";

/** @typedef {{ isDouble: boolean | null, sides: [string, boolean][] }} ComicLook `isDouble` null decides by the window;
 *    `sides` holds the books of which somebody said whether they begin at the right, the latest last */

const KEY = "comic-look";
/** How many books are remembered. */
const MOST = 60;

/** @param {string | null} text @returns {ComicLook} */
export function parseComicLook(text) {
  /** @type {any} */
  let kept = null;
  try {
    kept = JSON.parse(text ?? "null");
  } catch {
    // Somebody wrote something else there.
  }
  const sides = Array.isArray(kept?.sides) ? kept.sides : [];
  return {
    isDouble: typeof kept?.isDouble === "boolean" ? kept.isDouble : null,
    sides: sides.filter((/** @type {any} */ one) => Array.isArray(one) && typeof one[0] === "string" && typeof one[1] === "boolean"),
  };
}

export const comicLook = signal(parseComicLook(remembered()));

/** Whether a book begins at the right: as somebody said, else as its file says. @param {string} book @param {boolean} byFile */
export const beginsRight = (book, byFile) => comicLook.value.sides.find(([id]) => id === book)?.[1] ?? byFile;

/** @param {boolean} isDouble */
export const chooseDouble = (isDouble) => keep({ ...comicLook.value, isDouble });

/** @param {string} book @param {boolean} isRight */
export function chooseSide(book, isRight) {
  const others = comicLook.value.sides.filter(([id]) => id !== book);
  keep({ ...comicLook.value, sides: [...others.slice(1 - MOST), [book, isRight]] });
}

/** @param {ComicLook} look */
function keep(look) {
  comicLook.value = look;
  try {
    localStorage.setItem(KEY, JSON.stringify(look));
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
