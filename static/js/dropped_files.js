/** What a file is for, by its name; pure. */

/** @typedef {"podcasts" | "playlist" | "media"} FileUse */

const LISTS = /** @type {Record<string, FileUse>} */ ({
  opml: "podcasts", m3u: "playlist", m3u8: "playlist", csv: "playlist", xspf: "playlist", jspf: "playlist",
});
/** What systems leave behind in folders and nobody means to send. */
const JUNK = /^(\._.*|\.ds_store|thumbs\.db|ehthumbs\.db|desktop\.ini|\.directory|\.nomedia|icon\r)$/i;
const JUNK_FOLDERS = new Set(["__macosx", ".trashes", ".spotlight-v100", ".fseventsd", "$recycle.bin", "system volume information", "@eadir"]);

/** A list larger than this is no list, bytes. */
export const LIST_BYTES = 5_000_000;

/** A list is read at once; everything else goes into the library, where its content says what it is. @param {string} name @returns {FileUse} */
export function useOf(name) {
  const ending = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? "";
  return Object.hasOwn(LISTS, ending) ? (LISTS[ending] ?? "media") : "media";
}

/** @param {string} name @param {string} [folder] "Holiday/Day 1" */
export function isJunk(name, folder = "") {
  return JUNK.test(name) || folder.split("/").some((part) => JUNK_FOLDERS.has(part.toLowerCase()));
}

/** "Holiday/Day 1" for the file of a chosen folder, "" for a file by itself. @param {{ webkitRelativePath?: string }} file */
export function folderOf({ webkitRelativePath }) {
  return (webkitRelativePath ?? "").split("/").slice(0, -1).join("/");
}
