/** Where each picture of a wall stands: grouped by day or month, in rows that fill the width; pure. */

/** @typedef {{ taken_on: string | null, width: number | null, height: number | null, media_type: string }} Shaped */
/** @typedef {{ key: string, index: number, count: number, left: number, top: number, width: number }} Heading index: of its first picture */
/** @typedef {{ index: number, left: number, top: number, width: number, height: number }} Tile all px */
/** @typedef {{ headings: Heading[], tiles: Tile[], height: number }} Wall both in the order of their tops */
/** @typedef {{ width: number, row: number, gap: number, head: number, least: number, by: "day" | "month" }} Measure
 *    px: of the wall, of a row as it should be, between pictures, of a heading, of the narrowest group */

/** Strips and towers are cut, or one picture would take a whole row to be a line. */
const FLATTEST = 3;
const TALLEST = 0.5;

/** @param {Shaped} item @returns {number} width divided by height */
export function ratioOf({ width, height, media_type }) {
  const ratio = width && height ? width / height : media_type === "home_video" ? 16 / 9 : 4 / 3;
  return Math.min(FLATTEST, Math.max(TALLEST, ratio));
}

/** "2026-08-14", "2026-08", "" without a date @param {Shaped} item @param {"day" | "month"} by */
export const groupOf = ({ taken_on }, by) => (taken_on ?? "").slice(0, by === "day" ? 10 : 7);

/**
 * Short groups stand beside each other, so that a day with one picture does not take a row for itself.
 * @param {Shaped[]} items in the order in which they are shown
 * @param {Measure} measure
 * @returns {Wall}
 */
export function layOut(items, { width, row, gap, head, least, by }) {
  /** @type {Wall} */
  const wall = { headings: [], tiles: [], height: 0 };
  if (width <= 0) return wall;
  let left = 0;
  let top = 0;
  let lineHeight = 0;
  for (let first = 0; first < items.length; ) {
    const key = groupOf(/** @type {Shaped} */ (items[first]), by);
    let end = first + 1;
    while (end < items.length && groupOf(/** @type {Shaped} */ (items[end]), by) === key) end += 1;
    const rows = fill(items, first, end, { width, row, gap });
    const only = rows.length === 1 ? rows[0] : undefined;
    const wide = only ? Math.max(least, only.width) : width;
    if (left > 0 && left + wide > width + 0.5) {
      top += lineHeight;
      left = 0;
      lineHeight = 0;
    }
    wall.headings.push({ key, index: first, count: end - first, left, top, width: wide });
    let below = top + head;
    for (const one of rows) {
      place(items, one, left, below, gap, wall.tiles);
      below += one.height + gap;
    }
    lineHeight = Math.max(lineHeight, below - top + gap);
    // Room between groups is wider than between pictures, or nobody sees where one ends.
    left += wide + gap * 4;
    first = end;
  }
  wall.height = top + lineHeight;
  return wall;
}

/** @typedef {{ first: number, end: number, height: number, width: number }} Row */

/** @param {Shaped[]} items @param {number} first @param {number} end @param {{ width: number, row: number, gap: number }} measure @returns {Row[]} */
function fill(items, first, end, { width, row, gap }) {
  const rows = [];
  let from = first;
  let ratios = 0;
  for (let index = first; index < end; index += 1) {
    const ratio = ratioOf(/** @type {Shaped} */ (items[index]));
    const [before, after] = [heightFor(ratios, index - from, width, gap), heightFor(ratios + ratio, index - from + 1, width, gap)];
    if (after > row) {
      ratios += ratio;
      continue;
    }
    // The row is full with this one, or was without it: whichever is nearer to what it should be.
    if (index > from && before - row < row - after) {
      rows.push({ first: from, end: index, height: before, width });
      from = index;
      ratios = ratio;
    } else {
      rows.push({ first: from, end: index + 1, height: after, width });
      from = index + 1;
      ratios = 0;
    }
  }
  if (from < end) {
    const height = Math.min(row, heightFor(ratios, end - from, width, gap));
    rows.push({ first: from, end, height, width: ratios * height + (end - from - 1) * gap });
  }
  return rows;
}

/** @param {number} ratios the sum of them @param {number} count @param {number} width @param {number} gap */
const heightFor = (ratios, count, width, gap) => (ratios ? (width - (count - 1) * gap) / ratios : Infinity);

/** @param {Shaped[]} items @param {Row} row @param {number} left @param {number} top @param {number} gap @param {Tile[]} tiles */
function place(items, { first, end, height }, left, top, gap, tiles) {
  for (let index = first; index < end; index += 1) {
    const width = ratioOf(/** @type {Shaped} */ (items[index])) * height;
    tiles.push({ index, left, top, width, height });
    left += width + gap;
  }
}

/**
 * Those that may be seen between two heights.
 * @template {{ top: number }} T
 * @param {T[]} all in the order of their tops
 * @param {number} from px, with room above for the tallest of them
 * @param {number} to px
 * @returns {T[]}
 */
export function between(all, from, to) {
  return all.slice(firstAt(all, from), firstAt(all, to));
}

/** @param {{ top: number }[]} all @param {number} top @returns {number} the place of the first that is not above */
function firstAt(all, top) {
  let low = 0;
  let high = all.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((all[middle]?.top ?? 0) < top) low = middle + 1;
    else high = middle;
  }
  return low;
}
