/** The files in dropped folders, however deep. */
import { isJunk } from "./dropped_files.js";

/** @typedef {{ file: File, folder: string }} Found folder: "Holiday/Day 1", "" for a file by itself */

/** More than this in one drop is a mistake, such as a whole disk. */
export const MOST_FILES = 50_000;
/** Deeper than this nobody sorts anything; a link may lead in a circle. */
const DEEPEST = 40;

/**
 * @param {FileSystemEntry[]} entries as a drop gives them
 * @returns {AsyncGenerator<Found>} in the order of the folders; what cannot be read is left out
 */
export async function* filesIn(entries) {
  let count = 0;
  for await (const found of walk(entries, "", 0)) {
    yield found;
    count += 1;
    if (count >= MOST_FILES) return;
  }
}

/** @param {FileSystemEntry[]} entries @param {string} folder @param {number} depth @returns {AsyncGenerator<Found>} */
async function* walk(entries, folder, depth) {
  for (const entry of entries) {
    if (isJunk(entry.name, entry.isDirectory ? entry.name : "")) continue;
    if (entry.isFile) {
      const file = await fileOf(/** @type {FileSystemFileEntry} */ (entry));
      if (file) yield { file, folder };
    } else if (entry.isDirectory && depth < DEEPEST) {
      const children = await childrenOf(/** @type {FileSystemDirectoryEntry} */ (entry));
      yield* walk(children, folder ? `${folder}/${entry.name}` : entry.name, depth + 1);
    }
  }
}

/** @param {FileSystemFileEntry} entry @returns {Promise<File | null>} */
const fileOf = (entry) => new Promise((resolve) => entry.file(resolve, () => resolve(null)));

/** A reader gives a hundred at a time, until it gives none. @param {FileSystemDirectoryEntry} entry @returns {Promise<FileSystemEntry[]>} */
async function childrenOf(entry) {
  const reader = entry.createReader();
  /** @type {FileSystemEntry[]} */
  const all = [];
  for (;;) {
    /** @type {FileSystemEntry[]} */
    const some = await new Promise((resolve) => reader.readEntries(resolve, () => resolve([])));
    if (!some.length) return all.sort((a, b) => (a.name < b.name ? -1 : 1));
    all.push(...some);
  }
}
