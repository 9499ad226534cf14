/** What things are: identification, review, persons, pictures, artists; one function for each call of the HTTP contract. */
import { ApiError, call, refused, withQuery } from "./api.js";
import { t } from "./strings.js";

/** @import { Options } from "./api.js" */
/** @import { GroupPage, Job } from "./types.js" */
/** @import { AlbumEdit, AlbumUndo, Artist, Candidate, Counted, Loudness, PersonPage, PictureKind, PictureList, Preview, ReviewItem, TrackTags, Work } from "./types_works.js" */

/** @typedef {{ source: string, id: string }} Chosen */
/** @typedef {{ kind: string, title: string, year?: number | null, artist?: string | null }} Question */

const id = encodeURIComponent;
/** @param {Chosen} candidate */
const chosen = ({ source, id: reference }) => ({ source, id: reference });

export const works = {
  /** @param {{ cursor?: string | null, limit?: number }} query @param {Options} [o]
   *  @returns {Promise<{ count: number, items: ReviewItem[], next: string | null }>} */
  review: (query, o) => call("GET", withQuery("/api/review", query), undefined, o),
  /** Keeps a work as it is. @param {string} key */
  dismiss: (key) => call("POST", `/api/review/${id(key)}/dismiss`, {}, { keepalive: true }),
  /** @param {string} key */
  restore: (key) => call("POST", `/api/review/${id(key)}/restore`, {}),

  /** @param {Question} question @param {Options} [o] @returns {Promise<{ candidates: Candidate[] }>} */
  candidates: (question, o) => call("GET", withQuery("/api/candidates", question), undefined, o),
  /** @param {string} key @param {Chosen} candidate @param {Options} [o] @returns {Promise<Preview>} */
  preview: (key, candidate, o) => call("POST", `/api/works/${id(key)}/preview`, chosen(candidate), o),
  /** @param {string} key @param {Chosen} candidate @returns {Promise<{ work: Work }>} */
  apply: (key, candidate) => call("POST", `/api/works/${id(key)}/apply`, chosen(candidate), { keepalive: true }),
  /** Takes the last identification back. @param {string} key */
  undo: (key) => call("POST", `/api/works/${id(key)}/undo`, {}),
  /** @param {{ keys?: string[], media_ids?: string[], everything?: boolean }} what @param {Options} [o] @returns {Promise<Job>} */
  identify: (what, o) => call("POST", "/api/identify", what, o),

  /** @param {string} media @param {Options} [o] @returns {Promise<Work>} */
  ofMedia: (media, o) => call("GET", `/api/media/${id(media)}/work`, undefined, o),
  /** @param {string} show @param {Options} [o] @returns {Promise<Work>} */
  ofShow: (show, o) => call("GET", `/api/shows/${id(show)}/work`, undefined, o),
  /** @param {string} album @param {Options} [o] @returns {Promise<Work>} */
  ofAlbum: (album, o) => call("GET", `/api/albums/${id(album)}/work`, undefined, o),
  /** @param {string} key @param {string[]} tags */
  setTags: (key, tags) => call("PUT", `/api/works/${id(key)}/tags`, { tags }),
  /** @param {string} key @param {number | null} age null believes the certification */
  rate: (key, age) => call("PUT", `/api/works/${id(key)}/age`, { min_age: age }),
  /** Who sees only what is for their age. @param {Options} [o] @returns {Promise<{ people: import("./ages.js").AgeLimit[] }>} */
  ageLimits: (o) => call("GET", "/api/age-limits", undefined, o),
  /** @param {string | null} type @param {Options} [o] @returns {Promise<{ genres: Counted[], tags: Counted[] }>} */
  genres: (type, o) => call("GET", withQuery("/api/genres", { type }), undefined, o),
  /** @param {string} person @param {Options} [o] @returns {Promise<PersonPage>} */
  person: (person, o) => call("GET", `/api/persons/${id(person)}`, undefined, o),

  /** `before`: of which kinds the one before can be brought back. @param {string} media @param {Options} [o] @returns {Promise<PictureList>} */
  pictures: (media, o) => call("GET", `/api/media/${id(media)}/artwork`, undefined, o),
  /** @param {string} media @param {PictureKind} kind @param {File} file */
  addPicture: (media, kind, file) => sendPicture(withQuery(`/api/media/${id(media)}/artwork`, { kind }), file),
  /** @param {string} media @param {PictureKind} kind */
  removePicture: (media, kind) => call("DELETE", withQuery(`/api/media/${id(media)}/artwork`, { kind })),
  /** @param {string} media @param {PictureKind} kind @returns {Promise<PictureList>} */
  bringPictureBack: (media, kind) => call("POST", withQuery(`/api/media/${id(media)}/artwork/undo`, { kind }), {}),

  /** @param {string} show @param {number} season @param {File} file */
  addSeasonPoster: (show, season, file) => sendPicture(seasonImage(show, season), file),
  /** @param {string} show @param {number} season */
  removeSeasonPoster: (show, season) => call("DELETE", seasonImage(show, season)),
  /** @param {string} show @param {number} season */
  bringSeasonPosterBack: (show, season) => call("POST", `${seasonImage(show, season)}/undo`, {}),

  /** @param {{ cursor?: string | null, limit?: number, sort?: string, direction?: string }} query @param {Options} [o] @returns {Promise<GroupPage>} */
  artists: (query, o) => call("GET", withQuery("/api/artists", query), undefined, o),
  /** @param {string} artist @param {Options} [o] @returns {Promise<Artist>} */
  artist: (artist, o) => call("GET", `/api/artists/${id(artist)}`, undefined, o),
  /** @param {string} album @param {AlbumEdit} edit @returns {Promise<{ key: string, undo: AlbumUndo }>} */
  editAlbum: (album, edit) => call("PATCH", `/api/albums/${id(album)}`, edit),
  /** @param {AlbumUndo} undo @returns {Promise<{ key: string }>} */
  takeAlbumBack: (undo) => call("POST", "/api/albums/undo", undo),
  /** What would be written into the files. @param {string} album @param {Options} [o] @returns {Promise<{ tracks: TrackTags[] }>} */
  albumTags: (album, o) => call("GET", `/api/albums/${id(album)}/tags`, undefined, o),
  /** @param {string} album @returns {Promise<Job>} */
  writeAlbumTags: (album) => call("POST", `/api/albums/${id(album)}/tags`, {}),
  /** @param {string} album @param {Options} [o] @returns {Promise<Loudness>} */
  loudness: (album, o) => call("GET", `/api/albums/${id(album)}/loudness`, undefined, o),
  /** @param {string} album @returns {Promise<Job>} */
  measureLoudness: (album) => call("POST", "/api/loudness", { album_key: album }),
};

/** @param {string} person @param {number} [width] */
export const portraitUrl = (person, width = 342) => `/api/persons/${id(person)}/image?width=${width}`;
/** Where the poster of a season is. @param {string} show @param {number} season */
export const seasonImage = (show, season) => `/api/shows/${id(show)}/seasons/${season}/image`;

/** Sends a picture as it is. @param {string} path @param {File} file @returns {Promise<any>} */
async function sendPicture(path, file) {
  let answer;
  try {
    answer = await fetch(path, {
      method: "POST",
      credentials: "same-origin",
      headers: { Accept: "application/json", "Content-Type": "application/octet-stream" },
      body: file,
    });
  } catch {
    throw new ApiError(0, "unreachable", t("error.unreachable"));
  }
  const value = await answer.json().catch(() => null);
  if (answer.ok) return value;
  throw await refused(answer.status, value);
}
