/** Articles, books and collections: one function for each call of the HTTP contract. */
import { ApiError, call, refused, withQuery } from "./api.js";
import { t } from "./strings.js";

/** @import { Options } from "./api.js" */
/** @import { Added } from "./types.js" */
/** @import { Article, Book, Collection, Entry, NewBook, PlaylistTrack, Rules } from "./types_reading.js" */

const id = encodeURIComponent;

export const reading = {
  /** @param {string} media @param {Options} [o] @returns {Promise<Article>} */
  article: (media, o) => call("GET", `/api/articles/${id(media)}`, undefined, o),
  /** @param {string} media @returns {Promise<Added>} */
  refreshArticle: (media) => call("POST", `/api/articles/${id(media)}/refresh`, {}),

  /** @param {string} media @param {Options} [o] @returns {Promise<Book>} */
  book: (media, o) => call("GET", `/api/books/${id(media)}`, undefined, o),
  /** A book that stands on a shelf of wood, or one at an address. @param {NewBook} book @returns {Promise<Added>} */
  addBook: (book) => call("POST", "/api/books", book),
  /** @param {File} file @param {string | null} book the record that the file belongs to, null for a new one
   *  @param {(fraction: number) => void} onProgress @returns {Promise<Added>} */
  addBookFile: (file, book, onProgress) => send(withQuery("/api/books/file", { name: file.name, media_id: book }), file, onProgress),

  /** @param {Options} [o] @returns {Promise<{ collections: Collection[] }>} */
  collections: (o) => call("GET", "/api/collections", undefined, o),
  /** @param {{ title: string }} collection @returns {Promise<Collection>} */
  addCollection: (collection) => call("POST", "/api/collections", collection),
  /** @param {string} collection @param {Options} [o] @returns {Promise<Collection>} */
  collection: (collection, o) => call("GET", `/api/collections/${id(collection)}`, undefined, o),
  /** @param {string} collection @param {{ title?: string }} edit @returns {Promise<Collection>} */
  editCollection: (collection, edit) => call("PATCH", `/api/collections/${id(collection)}`, edit),
  /** @param {string} collection */
  removeCollection: (collection) => call("DELETE", `/api/collections/${id(collection)}`, undefined, { keepalive: true }),
  /** @param {string} collection */
  restoreCollection: (collection) => call("POST", `/api/collections/${id(collection)}/restore`, {}),
  /** @param {string} collection @param {Options} [o] @returns {Promise<{ items: Entry[] }>} */
  entries: (collection, o) => call("GET", `/api/collections/${id(collection)}/items`, undefined, o),
  /** @param {string} collection @param {string[]} order the entries, each once */
  orderEntries: (collection, order) => call("PUT", `/api/collections/${id(collection)}/items`, { order }),
  /** @param {string} collection @param {string} media @returns {Promise<Entry>} */
  addEntry: (collection, media) => call("POST", `/api/collections/${id(collection)}/items`, { media_id: media }),
  /** @param {string} collection @param {string} entry */
  removeEntry: (collection, entry) => call("DELETE", `/api/collections/${id(collection)}/items/${id(entry)}`),
  /** Puts an entry back where it was. @param {string} collection @param {string} entry @returns {Promise<Entry>} */
  restoreEntry: (collection, entry) => call("POST", `/api/collections/${id(collection)}/items`, { entry }),
  /** @param {string} collection @param {Rules} rules */
  follow: (collection, rules) => call("PUT", `/api/collections/${id(collection)}/subscription`, rules),
  /** @param {string} collection */
  unfollow: (collection) => call("DELETE", `/api/collections/${id(collection)}/subscription`),
  /** @param {string} collection @returns {Promise<Added>} */
  refreshCollection: (collection) => call("POST", `/api/collections/${id(collection)}/refresh`, {}),

  /** @param {string} collection @param {Options} [o] @returns {Promise<{ tracks: PlaylistTrack[] }>} */
  tracks: (collection, o) => call("GET", `/api/collections/${id(collection)}/tracks`, undefined, o),
  /** @param {string} collection @param {number} position @param {string | null} media null says that none of them is it
   *  @returns {Promise<PlaylistTrack>} */
  matchTrack: (collection, position, media) => call("PUT", `/api/collections/${id(collection)}/tracks/${position}`, { media_id: media }),
  /** As it was before somebody decided. @param {string} collection @param {PlaylistTrack} before @returns {Promise<PlaylistTrack>} */
  undecideTrack: (collection, { position, media_id, state, score }) =>
    call("PUT", `/api/collections/${id(collection)}/tracks/${position}`, { media_id, state, score }),
  /** @param {string} collection */
  matchAgain: (collection) => call("POST", `/api/collections/${id(collection)}/match`, {}),
};

/**
 * Where the files of a text lie: on the server, or on this device, if that is where the text comes from.
 * @param {{ id: string, media_type: string, kept?: boolean }} text
 */
export const filesOf = ({ id: media, media_type: type, kept }) =>
  kept ? `/offline-media/${id(media)}/` : `/api/${type === "article" ? "articles" : "books"}/${id(media)}/`;
/** @param {Article} article @param {string | null} [version] */
export const articlePageUrl = (article, version) => withQuery(`${filesOf(article)}page`, { version, frame: 1 });
/** A music playlist as a file. @param {string} collection @param {"m3u8" | "jspf" | "csv"} format */
export const playlistFileUrl = (collection, format) => `/api/collections/${id(collection)}/export?format=${format}`;
/** @param {string} media */
export const articleEpubUrl = (media) => `/api/articles/${id(media)}/epub`;
/** A chapter as it stands in a frame of ours. @param {Book} book @param {number} part from 0 */
export const bookPartUrl = (book, part) => `${bookPartsPath(book)}${part}?frame=1`;
/** What the addresses of all chapters begin with. @param {Book} book */
export const bookPartsPath = (book) => `${filesOf(book)}parts/`;
/** @param {Book} book @param {number} page from 0 @param {number | null} width px at most, null as it is in the file */
export const bookPageUrl = (book, page, width) => withQuery(`${filesOf(book)}pages/${page}`, { width: book.kept ? null : width });
/** @param {Book} book */
export const bookFileUrl = (book) => (book.kept ? `/offline-media/${id(book.id)}` : `${filesOf(book)}file`);

/**
 * Sends a file as it is. `fetch` does not tell how much of it is gone, the older way does.
 * @param {string} path @param {File} file @param {(fraction: number) => void} onProgress
 * @returns {Promise<any>}
 */
function send(path, file, onProgress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", path);
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => onProgress(event.total ? event.loaded / event.total : 0));
    request.addEventListener("load", () => {
      if (request.status < 300 && request.response) return resolve(request.response);
      reject(refused(request.status, request.response));
    });
    request.addEventListener("error", () => reject(new ApiError(0, "unreachable", t("error.unreachable"))));
    request.send(file);
  });
}
