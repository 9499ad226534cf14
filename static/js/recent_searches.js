/** What somebody searched for in this tab of the browser; it goes when the tab is closed, and is told to nobody. */
import { signal } from "@preact/signals";

const MOST = 8;
const LONGEST = 120;

/** The newest first. */
export const recentSearches = signal(/** @type {string[]} */ ([]));

let name = "";

/** Take up what this person searched for; on a shared screen each has their own. @param {string} userId */
export function openRecent(userId) {
  name = `searches:${userId}`;
  recentSearches.value = read(name);
}

/** @param {string} q */
export function rememberSearch(q) {
  const text = q.trim().slice(0, LONGEST);
  if (text.length > 1) keep(withSearch(recentSearches.value, text));
}

/** @param {string} [q] all of them without one */
export const forgetSearch = (q) => keep(q === undefined ? [] : recentSearches.value.filter((one) => one !== q));

/** @param {string[]} list */
export const bringBackSearches = (list) => keep(list);

/** A search goes to the front; those that it only completes go. @param {string[]} before @param {string} text */
export function withSearch(before, text) {
  const plain = text.toLowerCase();
  return [text, ...before.filter((one) => !plain.startsWith(one.toLowerCase()))].slice(0, MOST);
}

/** @param {string[]} list */
function keep(list) {
  recentSearches.value = list;
  try {
    sessionStorage.setItem(name, JSON.stringify(list));
  } catch {
    // A browser that keeps nothing still searches.
  }
}

/** @param {string} key @returns {string[]} */
function read(key) {
  try {
    const list = JSON.parse(sessionStorage.getItem(key) ?? "[]");
    return Array.isArray(list) ? list.filter((one) => typeof one === "string").slice(0, MOST) : [];
  } catch {
    return [];
  }
}
