/** What takes a correction of a medium back: the values from before, with the locks from before. */

/** @import { Media, MediaEdit } from "./types.js" */

/**
 * @param {Pick<Media, "locked">} media as it was
 * @param {MediaEdit} edit what was changed of it, and which names were let go of
 * @returns {MediaEdit}
 */
export function takenBack(media, edit) {
  const { unlock = [], ...values } = edit;
  const known = /** @type {Record<string, any>} */ (media);
  const names = [...new Set([...Object.keys(values), ...unlock])];
  // A value that is said locks its name: those that were free are let go of again.
  const free = names.filter((name) => !media.locked.includes(name));
  return { ...Object.fromEntries(names.map((name) => [name, known[name] ?? null])), ...(free.length > 0 && { unlock: free }) };
}
