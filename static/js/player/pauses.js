/** Finds the pauses in what is spoken, and how much time they save; pure. */

/** A level below this part of what is usual, or below any noise, is a pause. */
const QUIET = 0.12;
const NOISE = 0.0022;
/** A breath is no pause, seconds. */
const BREATH = 0.25;
/** How fast "usual" follows what is heard, a second. */
const FOLLOWS = 0.35;
/** How much faster pauses pass, and how fast a browser plays at most with its sound on. */
const FASTER = 3;
const FASTEST = 6;

/** @typedef {{ usual: number, quiet: number, hurries: boolean, saved: number }} Hearing */

/** @type {Readonly<Hearing>} */
export const FRESH = Object.freeze({ usual: 0, quiet: 0, hurries: false, saved: 0 });

/** @param {number} rate what the listener chose */
export const hurriedRate = (rate) => Math.max(rate, Math.min(FASTEST, rate * FASTER));

/**
 * What is known after another moment of listening.
 * @param {Readonly<Hearing>} before @param {number} level 0 to 1 @param {number} seconds that have passed @param {number} rate
 * @returns {Hearing}
 */
export function hear(before, level, seconds, rate) {
  const isQuiet = level < Math.max(NOISE, before.usual * QUIET);
  const quiet = isQuiet ? before.quiet + seconds : 0;
  const usual = isQuiet ? before.usual : before.usual === 0 ? level : before.usual + (level - before.usual) * Math.min(1, FOLLOWS * seconds);
  // In a second of hurry more of it passes than usual; the difference is what need not be waited for.
  const gained = before.hurries ? seconds * (hurriedRate(rate) / rate - 1) : 0;
  const hurries = quiet > 0 && (before.hurries || quiet * rate >= BREATH);
  return { usual, quiet, hurries, saved: before.saved + gained };
}
