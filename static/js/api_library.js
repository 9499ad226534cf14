/** Libraries, uploads, names and home media: one function for each call of the HTTP contract. */
import { call, withQuery } from "./api.js";

/** @import { Options } from "./api.js" */
/** @import { Job } from "./types.js" */
/**
 * @import { Arrival, FolderChoices, HomePage, IdStyle, Library, LibraryFolder, MissingPage, NameExample, Naming, NamingEdit,
 *   Photo, ProblemPage, RenameBatch, ScanOrder, Templates, UploadLimits } from "./types_library.js"
 */

const id = encodeURIComponent;

/** A job stands in its answer alone or below its name. @param {any} answer @returns {Job} */
const jobOf = (answer) => answer.job ?? answer;

/** @typedef {{ cursor?: string | null, limit?: number }} Part */

/** @typedef {{ type: "photo" | "home_video" | null, direction: "asc" | "desc" }} HomeWish which photos and home videos, in which order */

export const shelves = {
  /** @param {Options} [o] @returns {Promise<{ libraries: Library[] }>} */
  libraries: (o) => call("GET", "/api/libraries", undefined, o),
  /** @param {{ name: string, kind: string, path: string, read_only: boolean }} library @returns {Promise<Library>} */
  addLibrary: (library) => call("POST", "/api/libraries", library),
  /** @param {string} library @param {{ name: string }} edit @returns {Promise<Library>} */
  editLibrary: (library, edit) => call("PATCH", `/api/libraries/${id(library)}`, edit),
  /** @param {string} library @param {{ path: string, read_only: boolean }} folder @returns {Promise<LibraryFolder>} */
  addFolder: (library, folder) => call("POST", `/api/libraries/${id(library)}/folders`, folder),
  /** @param {string} folder @param {{ read_only: boolean }} edit @returns {Promise<LibraryFolder>} */
  editFolder: (folder, edit) => call("PATCH", `/api/folders/${id(folder)}`, edit),
  /** @param {string} folder */
  removeFolder: (folder) => call("DELETE", `/api/folders/${id(folder)}`),
  /** @param {string} folder */
  restoreFolder: (folder) => call("POST", `/api/folders/${id(folder)}/restore`, {}),
  /** @param {string | null} path null begins at the top @param {Options} [o] @returns {Promise<FolderChoices>} */
  choices: (path, o) => call("GET", withQuery("/api/folders/choices", { path }), undefined, o),
  /** @param {ScanOrder} order @returns {Promise<Job>} */
  scan: async (order) => jobOf(await call("POST", "/api/scan", order)),
  /** @param {string} library @param {Part} query @param {Options} [o] @returns {Promise<ProblemPage>} */
  problems: (library, query, o) => call("GET", withQuery(`/api/libraries/${id(library)}/problems`, query), undefined, o),
  /** @param {Part} query @param {Options} [o] @returns {Promise<MissingPage>} */
  missing: (query, o) => call("GET", withQuery("/api/missing", query), undefined, o),
  /** @param {string} media */
  forgetMissing: (media) => call("DELETE", `/api/missing/${id(media)}`, undefined, { keepalive: true }),

  /** @param {Options} [o] @returns {Promise<{ uploads: Arrival[], limits: UploadLimits, libraries: import("./upload_into.js").OpenLibrary[] }>} */
  uploads: (o) => call("GET", "/api/uploads", undefined, o),
  clearUploads: () => call("DELETE", "/api/uploads/done"),

  /** @param {Options} [o] @returns {Promise<Naming>} */
  naming: (o) => call("GET", "/api/naming", undefined, o),
  /** @param {NamingEdit} edit @returns {Promise<Naming>} */
  editNaming: (edit) => call("PATCH", "/api/naming", edit),
  /** @param {{ templates: Templates, id_style: IdStyle }} wish @param {Options} [o] @returns {Promise<{ examples: NameExample[] }>} */
  previewNames: (wish, o) => call("POST", "/api/naming/preview", wish, o),
  /** @param {{ library_id?: string, media_ids?: string[], keys?: string[] }} what @returns {Promise<{ rename: RenameBatch, job: Job }>} */
  planRename: (what) => call("POST", "/api/renames", what),
  /** @param {Options} [o] @returns {Promise<{ renames: RenameBatch[] }>} */
  renames: (o) => call("GET", "/api/renames", undefined, o),
  /** @param {string} batch @param {Part & { problems?: string }} query @param {Options} [o] @returns {Promise<RenameBatch>} */
  rename: (batch, query, o) => call("GET", withQuery(`/api/renames/${id(batch)}`, query), undefined, o),
  /** @param {string} batch @returns {Promise<Job>} */
  applyRename: async (batch) => jobOf(await call("POST", `/api/renames/${id(batch)}/apply`, {})),
  /** @param {string} batch @returns {Promise<Job>} */
  undoRename: async (batch) => jobOf(await call("POST", `/api/renames/${id(batch)}/undo`, {})),
  /** @param {string} batch */
  dropRename: (batch) => call("DELETE", `/api/renames/${id(batch)}`),

  /** @param {Part & HomeWish & { month?: string | null }} query from which month on @param {Options} [o] @returns {Promise<HomePage>} */
  homeMedia: (query, o) => call("GET", withQuery("/api/home", query), undefined, o),
  /** @param {HomeWish} wish @param {Options} [o] @returns {Promise<{ months: { month: string, index: number }[] }>} */
  homeMonths: (wish, o) => call("GET", withQuery("/api/home/months", wish), undefined, o),
  /** @param {HomeWish} wish @returns {Promise<{ ids: string[] }>} */
  homeIds: (wish) => call("GET", withQuery("/api/home/ids", wish)),
  /** @param {string} media @param {Options} [o] @returns {Promise<Photo>} */
  photo: (media, o) => call("GET", `/api/photos/${id(media)}`, undefined, o),
};

/** @param {string} media @param {320 | 960 | 1920 | 3840} width at most, px */
export const photoUrl = (media, width) => `/api/photos/${id(media)}/picture?width=${width}`;
