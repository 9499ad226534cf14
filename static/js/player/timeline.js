/** What is known along the time of a film: previews, openings, credits; pure. */

/**
 * @typedef {"intro" | "credits" | "recap" | "preview" | "sponsor"} MarkerKind
 * @typedef {{ kind: MarkerKind, start: number, end: number, source: string }} Marker seconds
 * @typedef {{ interval: number, width: number, height: number, columns: number, rows: number, count: number, sheets: string[] }} Trickplay
 * @typedef {{ markers: Marker[], trickplay: Trickplay | null }} Timeline
 * @typedef {{ sheet: string, x: number, y: number, width: number, height: number, across: number, down: number }} Thumb a picture on a
 *   sheet that is `across` × `down` px; `x` and `y` are where it begins
 */

/** A skip that saves less than this is not worth a button, seconds. */
const WORTH = 3;

/** @param {Trickplay | null} previews @param {number} seconds @returns {Thumb | null} */
export function thumbAt(previews, seconds) {
  if (!previews || previews.count < 1 || previews.interval <= 0) return null;
  const { interval, width, height, columns, rows, count, sheets } = previews;
  const index = Math.min(count - 1, Math.max(0, Math.floor(seconds / interval)));
  const sheet = sheets[Math.floor(index / (columns * rows))];
  if (!sheet) return null;
  const place = index % (columns * rows);
  return {
    sheet, width, height, x: (place % columns) * width, y: Math.floor(place / columns) * height, across: columns * width, down: rows * height,
  };
}

/** The part that one may want to leave out at a moment. @param {Marker[]} markers @param {number} seconds @param {number} whole */
export function markerAt(markers, seconds, whole) {
  return markers.find((one) => seconds >= one.start && seconds < one.end - WORTH && one.end <= whole + 1) ?? null;
}

/** Where the credits begin after which nothing comes, null where it is not known. @param {Marker[]} markers @param {number} whole */
export function lastCredits(markers, whole) {
  const credits = markers.findLast((one) => one.kind === "credits");
  return credits && whole - credits.end < 60 && credits.start > whole / 2 ? credits.start : null;
}
