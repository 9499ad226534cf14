/** Films that lie in several files. */
import { works } from "./api_works.js";

/** @import { WorkFile } from "./types_works.js" */

/** The part that comes after a file, null behind the last one. @param {WorkFile[]} files @param {string | null} file null is the main one */
export function partAfter(files, file) {
  const parts = files.filter((one) => one.role === "part").sort((a, b) => (a.position ?? 0) - (b.position ?? 0));
  if (file === null) return parts[0]?.id ?? null;
  const index = parts.findIndex((one) => one.id === file);
  return (index >= 0 && parts[index + 1]?.id) || null;
}

/** @param {string} media @param {string | null} file @returns {Promise<string | null>} */
export async function nextPart(media, file) {
  try {
    return partAfter((await works.ofMedia(media)).files, file);
  } catch {
    return null;
  }
}
