/** What a file is for, by its name; pure. */

/** @typedef {"podcasts" | "playlist" | "book"} FileUse */

const USES = /** @type {Record<string, FileUse>} */ ({
  opml: "podcasts", m3u: "playlist", m3u8: "playlist", csv: "playlist", xspf: "playlist", jspf: "playlist",
  epub: "book", pdf: "book", cbz: "book",
});

/** For the file picker. */
export const ACCEPTED = Object.keys(USES).map((ending) => `.${ending}`).join(",");
/** A list larger than this is no list, bytes. */
export const LIST_BYTES = 5_000_000;

/** @param {string} name @returns {FileUse | null} null for a file that nothing can be done with */
export function useOf(name) {
  const ending = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? "";
  return Object.hasOwn(USES, ending) ? (USES[ending] ?? null) : null;
}
