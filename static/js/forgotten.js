/** What was just moved to the bin and must not be shown any more, even by a list that was loaded before. */
import { signal } from "@preact/signals";

export const forgotten = signal(/** @type {ReadonlySet<string>} */ (new Set()));

/** @param {string} id @param {boolean} gone */
export function forgetMedia(id, gone) {
  const next = new Set(forgotten.value);
  if (gone) next.add(id);
  else next.delete(id);
  forgotten.value = next;
}
