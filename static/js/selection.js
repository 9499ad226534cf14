/** What is selected in a list; pure. */

/** @typedef {{ chosen: ReadonlyMap<string, number>, anchor: number | null }} Selection the place of each key in the list, and where a range begins */

/** @type {Selection} */
export const NOTHING = { chosen: new Map(), anchor: null };

/** @param {Selection} selection @param {string} key @param {number} index @returns {Selection} */
export function toggled(selection, key, index) {
  const chosen = new Map(selection.chosen);
  if (!chosen.delete(key)) chosen.set(key, index);
  return { chosen, anchor: chosen.size ? index : null };
}

/**
 * From where a range begins to a place, in addition to what is chosen already.
 * @param {Selection} selection @param {number} index @param {(index: number) => string | null} keyAt null for what is not loaded
 * @returns {Selection}
 */
export function extended(selection, index, keyAt) {
  const from = selection.anchor ?? index;
  const chosen = new Map(selection.chosen);
  for (let place = Math.min(from, index); place <= Math.max(from, index); place += 1) {
    const key = keyAt(place);
    if (key !== null) chosen.set(key, place);
  }
  return { chosen, anchor: from };
}

/** Whether all of a range is loaded. @param {Selection} selection @param {number} index @param {(index: number) => string | null} keyAt */
export function isKnown(selection, index, keyAt) {
  const from = selection.anchor ?? index;
  for (let place = Math.min(from, index); place <= Math.max(from, index); place += 1) if (keyAt(place) === null) return false;
  return true;
}

/** @param {readonly string[]} keys in the order of the list @returns {Selection} */
export const everything = (keys) => ({ chosen: new Map(keys.map((key, index) => [key, index])), anchor: keys.length ? 0 : null });

/** The keys in the order of the list. @param {Selection} selection @returns {string[]} */
export const inOrder = (selection) => [...selection.chosen].sort((a, b) => a[1] - b[1]).map(([key]) => key);

/** @template T @param {readonly T[]} list @param {number} size @returns {T[][]} */
export function parts(list, size) {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, number) => list.slice(number * size, (number + 1) * size));
}

/**
 * Where the focus goes in a grid.
 * @param {string} key of the keyboard @param {number} index @param {number} columns @param {number} count
 * @param {boolean} [backwards] in a page that runs from right to left
 * @returns {number | null} null when the key moves nothing
 */
export function moveFocus(key, index, columns, count, backwards = false) {
  const steps = /** @type {Record<string, number>} */ ({
    ArrowLeft: backwards ? 1 : -1, ArrowRight: backwards ? -1 : 1, ArrowUp: -columns, ArrowDown: columns,
    Home: -index, End: count - 1 - index, PageUp: -columns * 3, PageDown: columns * 3,
  });
  const step = steps[key];
  if (step === undefined) return null;
  const next = index + step;
  if (key.startsWith("Page")) return Math.max(0, Math.min(count - 1, next));
  return next < 0 || next >= count ? null : next;
}
