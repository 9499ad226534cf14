/** What this device remembers of itself; a browser that forbids it forgets. */

/** @param {string} key @returns {string | null} */
export function kept(key) {
  try {
    return globalThis.localStorage?.getItem(key) ?? null;
  } catch {
    return null;
  }
}

/** @param {string} key @param {string} value */
export function keep(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Then it is what it is until the page is left.
  }
}
