/** Where a file is, for people: a folder of theirs goes before as its id, which says nothing to anybody. */

/** "Films/The Salt Road.mkv" of "@4f0c…/Films/The Salt Road.mkv" @param {string} path */
export const shownPath = (path) => path.replace(/^@[0-9a-f]+\//, "");
