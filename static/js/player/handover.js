/** When what comes next has to begin, so that nothing is heard between; pure. */

/** What comes next is fetched so long before the end, seconds. */
export const READY_BEFORE = 20;
/** From here on it is watched closely, seconds. */
const CLOSE = 0.35;
/** How long an element needs until it is heard, seconds: the first guess, and what is believed at most. */
const FIRST_LEAD = 0.08;
const MOST_LEAD = 0.12;

/**
 * @param {number} left seconds until the end, as they are heard
 * @param {number} lead
 * @returns {number} seconds to wait before looking again, 0 for now
 */
export function waitFor(left, lead) {
  if (left <= lead) return 0;
  return left - lead > CLOSE ? left - lead - CLOSE / 2 : Math.min(0.004, left - lead);
}

/** Learns how long the element needs. @param {number | null} lead so far @param {number} took seconds */
export const learned = (lead, took) => Math.min(MOST_LEAD, Math.max(0, lead === null ? took : lead * 0.6 + took * 0.4));
export const firstLead = FIRST_LEAD;
