/** When the next episode is offered, and when it begins by itself; pure. */
import { lastCredits } from "./timeline.js";

/** @import { Marker } from "./timeline.js" */

/** How long one may change one's mind, seconds. */
export const COUNT_FROM = 10;
/** Without known credits it is offered this long before the end, seconds. */
const OFFER = 25;

/**
 * @param {{ position: number, length: number, markers: Marker[], counts: boolean, since?: number | null }} at `counts` where it shall go on
 *   by itself; `since` is where the offer came up: whoever seeks into the credits gets the whole time too
 * @returns {{ left: number | null } | null} null: nothing is offered yet; `left` are seconds until it begins, null: it waits for a word
 */
export function offerAt({ position, length, markers, counts, since = null }) {
  if (length <= 2 * OFFER) return null;
  const credits = lastCredits(markers, length);
  const begins = credits ?? length - OFFER;
  if (position < begins || length <= 0) return null;
  if (!counts) return { left: null };
  // Over the credits there is no reason to wait; before an end that nobody knows, the end itself is waited for.
  const end = credits === null ? length : Math.min(length, Math.max(credits, since ?? 0) + COUNT_FROM);
  const left = Math.max(0, end - position);
  return { left: left <= COUNT_FROM ? left : null };
}
