/** Where an arrow key leads among things that stand in rows. */

/** @typedef {{ left: number, top: number, width: number, height: number }} Box */

/** Boxes that overlap by so much of their height stand in one row. */
const SAME_ROW = 0.5;

/**
 * @param {Box[]} boxes @param {number} from index of the one that has the focus @param {string} key name of an arrow key
 * @param {boolean} [leftwards] whether the page is read from right to left
 * @returns {number | null} index, -1 above the first row, null when there is nothing further
 */
export function nextPlace(boxes, from, key, leftwards = false) {
  if (key === "ArrowLeft" || key === "ArrowRight") {
    const next = from + ((key === "ArrowRight") === leftwards ? -1 : 1);
    return next >= 0 && next < boxes.length ? next : null;
  }
  const down = key === "ArrowDown";
  const own = boxes[from];
  if (!own) return null;
  const beyond = boxes
    .map((box, index) => ({ box, index }))
    .filter(({ box }) => (down ? box.top >= own.top + own.height * SAME_ROW : box.top + box.height <= own.top + own.height * SAME_ROW));
  if (!beyond.length) return down ? null : -1;
  const row = beyond.reduce((best, one) => (Math.abs(one.box.top - own.top) < Math.abs(best.box.top - own.top) ? one : best)).box;
  const inRow = beyond.filter(({ box }) => Math.abs(box.top - row.top) < row.height * SAME_ROW);
  const middle = own.left + own.width / 2;
  const away = (/** @type {Box} */ box) => Math.abs(box.left + box.width / 2 - middle);
  return inRow.reduce((best, one) => (away(one.box) < away(best.box) ? one : best)).index;
}
