/** Into which library files go: by the shelf on which they were dropped, and by what was chosen before. */

/** @import { LibraryKind } from "./types_library.js" */
/** @typedef {{ id: string, name: string, kind: LibraryKind, is_primary: boolean }} OpenLibrary that takes files now */

const NAME = "upload-into";

/** The shelves that stand for a kind of library, by the beginning of their address. @type {Record<string, LibraryKind>} */
const SHELVES = {
  films: "movies", shows: "shows", music: "music", artists: "music", videos: "videos", books: "books", "home-media": "home",
};

/** @param {string} path @returns {LibraryKind | null} what stands on the shelf at an address */
export const kindOfShelf = (path) => SHELVES[path.split("/")[1] ?? ""] ?? null;

/** @param {Storage} storage @returns {Record<string, string>} */
function read(storage) {
  try {
    return Object(JSON.parse(storage.getItem(NAME) ?? "{}"));
  } catch {
    return {};
  }
}

/** What was chosen before, if it still takes files. @param {Storage} storage @param {LibraryKind | "any"} kind @param {OpenLibrary[]} open */
export function recallInto(storage, kind, open) {
  const known = read(storage)[kind];
  return open.find(({ id }) => id === known)?.id ?? null;
}

/** @param {Storage} storage @param {LibraryKind | "any"} kind @param {string} library */
export function rememberInto(storage, kind, library) {
  try {
    storage.setItem(NAME, JSON.stringify({ ...read(storage), [kind]: library }));
  } catch {
    // A browser without room or leave to remember asks again.
  }
}

/**
 * The libraries that may be meant by a drop on a shelf: one is clear, of several somebody chooses.
 * @param {string} path of the shelf @param {OpenLibrary[]} open
 */
export function meantBy(path, open) {
  const kind = kindOfShelf(path);
  return { kind, libraries: kind ? open.filter((one) => one.kind === kind) : [] };
}
