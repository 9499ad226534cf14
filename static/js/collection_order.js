/** The arithmetic of putting a list into another order. */

/**
 * @template T
 * @param {T[]} list @param {number} from @param {number} to the place that the one shall have
 * @returns {T[]} another list
 */
export function moved(list, from, to) {
  const next = [...list];
  const [one] = next.splice(from, 1);
  if (one !== undefined) next.splice(Math.min(next.length, Math.max(0, to)), 0, one);
  return next;
}

/**
 * Where something that is dragged would land.
 * @param {{ top: number, height: number }[]} rows as they lay when the dragging began, px
 * @param {number} from which of them is dragged
 * @param {number} by how far, px; down is more
 */
export function landing(rows, from, by) {
  const own = rows[from];
  if (!own) return from;
  const middle = own.top + own.height / 2 + by;
  let to = from;
  while (to < rows.length - 1 && middle > centre(rows[to + 1])) to += 1;
  while (to > 0 && middle < centre(rows[to - 1])) to -= 1;
  return to;
}

/** @param {{ top: number, height: number } | undefined} row */
const centre = (row) => (row ? row.top + row.height / 2 : 0);

/**
 * How far a row gives way while another is dragged, px.
 * @param {number} index @param {number} from @param {number} to @param {number} height of the dragged one with its gap
 */
export function givesWay(index, from, to, height) {
  if (index > from && index <= to) return -height;
  return index < from && index >= to ? height : 0;
}
