/** The arithmetic of the queue; pure. */

/** @typedef {{ id: string }} One */

/**
 * Puts some behind one of the queue; what is there already goes there, too, and what is behind which they are put stays.
 * @template {One} T @param {T[]} queue @param {T[]} added @param {string | null} behind null for the end
 * @returns {T[]}
 */
export function putBehind(queue, added, behind) {
  const wanted = distinct(added).filter((one) => one.id !== behind);
  const coming = new Set(wanted.map((one) => one.id));
  const left = queue.filter((one) => !coming.has(one.id));
  const place = behind === null ? -1 : left.findIndex((one) => one.id === behind);
  return place < 0 ? [...left, ...wanted] : [...left.slice(0, place + 1), ...wanted, ...left.slice(place + 1)];
}

/** Each once. @template {One} T @param {T[]} list */
export function distinct(list) {
  const seen = new Set();
  return list.filter((one) => !seen.has(one.id) && seen.add(one.id));
}

/**
 * Another order, in which the one that plays is the first.
 * @template {One} T @param {T[]} list @param {string | null} first @param {() => number} [random] 0 to 1
 * @returns {T[]}
 */
export function shuffled(list, first, random = Math.random) {
  const rest = list.filter((one) => one.id !== first);
  for (let left = rest.length - 1; left > 0; left -= 1) {
    const place = Math.floor(random() * (left + 1));
    [rest[left], rest[place]] = [/** @type {T} */ (rest[place]), /** @type {T} */ (rest[left])];
  }
  return [...list.filter((one) => one.id === first), ...rest];
}

/** The order before it was shuffled, without what was taken out since, and with what came since behind it.
 *  @template {One} T @param {T[]} now @param {string[]} before @returns {T[]} */
export function unshuffled(now, before) {
  const places = new Map(before.map((id, index) => [id, index]));
  const known = now.filter((one) => places.has(one.id)).sort((a, b) => (places.get(a.id) ?? 0) - (places.get(b.id) ?? 0));
  return [...known, ...now.filter((one) => !places.has(one.id))];
}

/** @type {Record<string, "off" | "all" | "one">} */
const AFTER = { off: "all", all: "one", one: "off" };

/** @param {"off" | "all" | "one"} repeat @returns {"off" | "all" | "one"} */
export const nextRepeat = (repeat) => AFTER[repeat] ?? "off";
