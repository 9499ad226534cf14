/** How texts look to this reader: paper, type, size and width, remembered by the browser. */
import { signal } from "@preact/signals";

/** @typedef {"auto" | "light" | "sepia" | "dark" | "black"} Paper */
/** @typedef {"serif" | "sans"} Face */
/** @typedef {"narrow" | "medium" | "wide"} Measure */
/** @typedef {{ paper: Paper, face: Face, size: number, measure: Measure }} Look */

export const PAPERS = /** @type {const} */ (["auto", "light", "sepia", "dark", "black"]);
export const FACES = /** @type {const} */ (["serif", "sans"]);
export const MEASURES = /** @type {const} */ (["narrow", "medium", "wide"]);
/** Sizes of text, px. */
export const SIZES = /** @type {const} */ ([15, 16, 17, 18, 20, 22, 24, 28, 32]);

const KEY = "reading-look";
/** @type {Look} */
const DEFAULT = { paper: "auto", face: "serif", size: 18, measure: "medium" };

/** What was remembered, with the default in place of everything that is not one of the choices. @param {string | null} text @returns {Look} */
export function parseLook(text) {
  /** @type {any} */
  let kept = null;
  try {
    kept = JSON.parse(text ?? "null");
  } catch {
    // Somebody wrote something else there.
  }
  return {
    paper: PAPERS.find((one) => one === kept?.paper) ?? DEFAULT.paper,
    face: FACES.find((one) => one === kept?.face) ?? DEFAULT.face,
    size: SIZES.find((one) => one === kept?.size) ?? DEFAULT.size,
    measure: MEASURES.find((one) => one === kept?.measure) ?? DEFAULT.measure,
  };
}

/** The next size up or down, the same at either end. @param {number} size @param {1 | -1} way */
export function sizeBeside(size, way) {
  const here = SIZES.findIndex((one) => one === size);
  return SIZES[Math.min(SIZES.length - 1, Math.max(0, here + way))] ?? DEFAULT.size;
}

export const look = signal(parseLook(remembered()));

/** @param {Partial<Look>} change */
export function changeLook(change) {
  look.value = { ...look.value, ...change };
  try {
    localStorage.setItem(KEY, JSON.stringify(look.value));
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
