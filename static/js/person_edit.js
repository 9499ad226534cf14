/** What takes a change of a person back, except what nobody can read: passwords and PINs. */
import { replaced } from "./undoing.js";

/** @import { Person } from "./types.js" */

/**
 * @param {Person} person as they were
 * @param {Record<string, unknown>} edit what was changed of them
 * @returns {Record<string, unknown>}
 */
export function personBefore(person, edit) {
  const { password: _, pin: __, ...open } = edit;
  const back = replaced(/** @type {Record<string, any>} */ (person), open);
  if (!("role" in open)) return back;
  // The limits of a child end with being one, and come back with it.
  return person.role === "kid" ? { ...back, max_age: person.max_age, sees_unrated: person.sees_unrated } : back;
}
