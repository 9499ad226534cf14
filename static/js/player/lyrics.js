/** Which line is sung; pure. */

/** @typedef {{ at: number | null, text: string }} Line `at` in seconds, null where nobody knows */

/** A line is read before it is sung, seconds. */
const AHEAD = 0.2;

/** @param {Line[]} lines @param {number} seconds @returns {number} -1 before the first, and where none knows its time */
export const lineAt = (lines, seconds) => lines.findLastIndex((line) => line.at !== null && line.at <= seconds + AHEAD);
