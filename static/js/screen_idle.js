/** When a shared screen has been left alone: pure, so that it can be tested without waiting. */

/** A touch is told at most this often, ms. */
export const TELL_MS = 60_000;

/**
 * @param {number} minutes after how many without a touch it asks
 * @param {number} now ms
 */
export function idleClock(minutes, now) {
  let touched = now;
  let told = now;
  return {
    /** Somebody is there, or something plays. @param {number} at @returns {boolean} whether the server is to be told */
    touch(at) {
      // A page that slept is not woken by the touch that finds it: whoever was there may have left.
      if (this.isOver(at)) return false;
      touched = at;
      if (at - told < TELL_MS) return false;
      told = at;
      return true;
    },
    /** @param {number} at */
    isOver: (at) => at - touched > minutes * 60_000,
  };
}
