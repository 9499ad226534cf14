/** The arithmetic of the windowed grid: how many columns, how tall a row, which rows are near the window. */

/** @typedef {"poster" | "square" | "wide" | "story"} Shape */

/** Narrowest card in rem, height of its picture as a part of its width, and what it says beyond two lines in rem. */
const SHAPES = /** @type {Record<Shape, { least: number, most: number, share: number, ratio: number, more?: number }>} */ ({
  poster: { least: 6.4, most: 10.5, share: 0.125, ratio: 3 / 2 },
  square: { least: 6.4, most: 10.5, share: 0.125, ratio: 1 },
  wide: { least: 11, most: 17, share: 0.2, ratio: 9 / 16 },
  story: { least: 15, most: 20, share: 0.24, ratio: 9 / 16, more: 1.2 },
});
/** Gap between columns, gap between rows and height of the two lines below the picture, rem. */
const GAP = 1;
const ROW_GAP = 1.5;
const WORDS = 3.25;

/**
 * @param {number} width of the grid, px
 * @param {Shape} shape
 * @param {number} rem px
 * @returns {{ columns: number, rowHeight: number }} rowHeight in px, with the gap below
 */
export function columnsFor(width, shape, rem) {
  const { least, most, share, ratio, more = 0 } = SHAPES[shape];
  const wanted = Math.min(most * rem, Math.max(least * rem, width * share));
  const gap = GAP * rem;
  const columns = Math.max(shape === "story" ? 1 : 2, Math.floor((width + gap) / (wanted + gap)));
  const card = Math.max(1, (width - gap * (columns - 1)) / columns);
  return { columns, rowHeight: Math.round(card * ratio + (WORDS + more + ROW_GAP) * rem) };
}

/**
 * @param {number} scrolled how far the top of the grid is above the window, px; negative while it is below
 * @param {number} windowHeight px
 * @param {number} rowHeight px
 * @param {number} total rows
 * @param {number} overscan rows kept beyond the window on either side
 */
export function visibleRows(scrolled, windowHeight, rowHeight, total, overscan) {
  const top = Math.floor(scrolled / rowHeight) - overscan;
  const bottom = Math.ceil((scrolled + windowHeight) / rowHeight) + overscan;
  const last = Math.max(0, Math.min(total - 1, bottom));
  return { first: Math.max(0, Math.min(top, last)), last };
}

/** Faster than anybody sees what passes, and slow enough that it is seen again, px a ms. */
const FLUNG = 10;
const SEEN = 6;

/** Whether a list is flung: so fast, for more than a moment, that what passes need not be drawn. A jump is not. */
export class Pace {
  #place = 0;
  #at = 0;
  #quick = 0;

  /** @param {number} place how far it is scrolled, px @param {number} at ms @returns {boolean} */
  isFlung(place, at) {
    const speed = Math.abs(place - this.#place) / Math.max(1, at - this.#at);
    this.#quick = speed > (this.#quick > 1 ? SEEN : FLUNG) ? this.#quick + 1 : 0;
    this.#place = place;
    this.#at = at;
    return this.#quick > 1;
  }
}
