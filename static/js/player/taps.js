/** What a tap on the picture means; pure. */

/** Two taps within this time are a double tap, ms. */
export const DOUBLE_TAP_MS = 300;
/** How far a double tap skips, seconds. */
const BY = 10;
/** The sides of the picture that skip; the middle does not. */
const SIDE = 0.35;

/** @typedef {{ at: number, side: number }} Tap */

/**
 * @param {{ x: number, at: number }} tap `x` 0..1 of the width, `at` in ms
 * @param {Tap} last the tap before
 * @returns {Tap & { by: number }} `by` seconds to skip, 0 where it is a tap for the controls
 */
export function tapMeans({ x, at }, last) {
  const side = x < SIDE ? -1 : x > 1 - SIDE ? 1 : 0;
  const isDouble = side !== 0 && side === last.side && at - last.at < DOUBLE_TAP_MS;
  return { at, side, by: isDouble ? side * BY : 0 };
}
