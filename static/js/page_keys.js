/** What a key means outside of the players and the readers; pure. */

/** @typedef {{ go: string } | { press: string } | { do: "help" } | { wait: true }} Meaning */

/** Where the second key leads after g. @type {Record<string, string>} */
export const PLACES = {
  h: "/", f: "/films", s: "/shows", m: "/music", p: "/podcasts", v: "/videos", a: "/articles", b: "/books", o: "/home-media",
  c: "/collections", r: "/review", t: "/activity", x: "/bin", n: "/add", ",": "/settings/account",
};

/** Keys that press what says so on the page. */
const PRESSED = new Set(["e", "w"]);

/**
 * @param {{ key: string, ctrlKey: boolean, metaKey: boolean, altKey: boolean }} event
 * @param {{ matches(selector: string): boolean } | null} target what has the focus
 * @param {boolean} isGoing whether g was pressed just before
 * @returns {Meaning | null} null for a key that belongs to somebody else
 */
export function meaningOf(event, target, isGoing) {
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  if (target?.matches("input, textarea, select, [contenteditable], dialog *")) return null;
  const key = event.key.toLowerCase();
  if (isGoing) return PLACES[key] ? { go: /** @type {string} */ (PLACES[key]) } : null;
  if (key === "g") return { wait: true };
  if (event.key === "?") return { do: "help" };
  return PRESSED.has(key) ? { press: key } : null;
}
