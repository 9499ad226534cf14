/** The arithmetic of a document of pages below each other: where each lies, which are near the window. */

/** @typedef {{ tops: number[], heights: number[], total: number }} Layout px */

/**
 * @param {number[]} shapes height of each page as a part of its width
 * @param {number} width px
 * @param {number} gap px between pages
 * @returns {Layout}
 */
export function layOut(shapes, width, gap) {
  let top = gap;
  const tops = [];
  const heights = [];
  for (const shape of shapes) {
    const height = Math.round(shape * width);
    tops.push(top);
    heights.push(height);
    top += height + gap;
  }
  return { tops, heights, total: top };
}

/** The page at a height, with how much of it is above. @param {Layout} layout @param {number} top px @returns {{ page: number, within: number }} */
export function pageAt({ tops, heights }, top) {
  let low = 0;
  let high = tops.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((tops[middle] ?? 0) <= top + 1) low = middle;
    else high = middle - 1;
  }
  const within = (top - (tops[low] ?? 0)) / (heights[low] || 1);
  return { page: Math.max(0, low), within: Math.min(1, Math.max(0, within)) };
}

/** Where a place lies, px. @param {Layout} layout @param {{ page: number, within: number }} place */
export const topOf = ({ tops, heights }, { page, within }) => Math.round((tops[page] ?? 0) + (heights[page] ?? 0) * within);

/** The pages that touch the window, with `ahead` more on either side. @param {Layout} layout @param {number} top px @param {number} windowHeight px @param {number} ahead */
export function pagesNear(layout, top, windowHeight, ahead) {
  const first = Math.max(0, pageAt(layout, top).page - ahead);
  const last = Math.min(layout.tops.length - 1, pageAt(layout, top + windowHeight).page + ahead);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
}
