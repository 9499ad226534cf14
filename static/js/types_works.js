/**
 * The shapes of what is known of films, shows, albums and persons, for the type checker alone. Times are ms since the
 * epoch, durations seconds, days "YYYY-MM-DD".
 *
 * @import { Card, Group } from "./types.js"
 *
 * @typedef {"movie" | "show" | "album"} WorkKind
 * @typedef {"pending" | "applied" | "confirmed" | "review" | "unknown" | "postponed" | "dismissed"} WorkState
 * @typedef {{ source: "tmdb" | "musicbrainz", id: string, kind: WorkKind, title: string, original_title: string | null,
 *   artist: string | null, year: number | null, overview: string | null, runtime_minutes: number | null,
 *   tracks: number | null, country: string | null, picture: string | null, score: number, reasons: string[] }} Candidate score 0..1
 * @typedef {{ key: string, kind: WorkKind, title: string, subtitle: string | null, year: number | null, reason: string | null,
 *   score: number | null, count: number, media: Card[], candidates: Candidate[], created_at: number }} ReviewItem
 *
 * @typedef {string | number | boolean | null | string[]} FieldValue
 * @typedef {{ field: string, from: FieldValue, to: FieldValue, locked: boolean }} Change
 * @typedef {{ changes: Change[], episodes: { media_id: string, from: string | null, to: string | null }[],
 *   paths: { from: string, to: string }[] }} Preview
 *
 * @typedef {{ person_id: string, name: string, character?: string | null, job?: string | null, has_portrait: boolean, hue: number }} Credit
 * @typedef {{ collection_id: string, title: string, count: number }} Saga
 * @typedef {"main" | "version" | "part" | "extra" | "subtitle" | "artwork" | "nfo" | "lyrics" | "sample" | "other"} FileRole
 * @typedef {{ id: string, role: FileRole, label: string | null, position: number | null, path: string, size_bytes: number,
 *   duration: number, container: string }} WorkFile
 * @typedef {{ season: number, episode: number, title: string | null, aired_on: string | null }} MissingEpisode
 * @typedef {{ key: string, kind: WorkKind, state: WorkState, reason: string | null, title: string | null,
 *   original_title: string | null, year: number | null, overview: string | null, tagline: string | null, genres: string[],
 *   tags: string[], studios: string[], rating: number | null, votes: number | null, certification: string | null, min_age: number | null,
 *   released_on: string | null, runtime_minutes: number | null,
 *   ids: { tmdb?: number | null, imdb?: string | null, tvdb?: number | null, musicbrainz?: string | null },
 *   cast: Credit[], crew: Credit[], saga: Saga | null, extras: (Card & { extra_kind: string | null })[], files: WorkFile[],
 *   missing?: MissingEpisode[] }} Work
 *
 * @typedef {{ id: string, name: string, hue: number, has_portrait: boolean }} PersonRef
 * @typedef {{ role: string, character: string | null, card?: Card | null, group?: Group | null }} PersonWork
 * @typedef {PersonRef & { overview: string | null, born_on: string | null, died_on: string | null, works: PersonWork[] }} PersonPage
 *
 * @typedef {{ name: string, count: number }} Counted
 * @typedef {"poster" | "still" | "backdrop"} PictureKind
 * @typedef {{ kind: PictureKind, width: number, height: number, source: "own" | "service" | "file" | "frame",
 *   placeholder: string | null }} Picture
 *
 * @typedef {{ pictures: Picture[], before: PictureKind[] }} PictureList
 *
 * @typedef {{ key: string, name: string, albums: Group[], appears_on: Group[] }} Artist
 * @typedef {{ media_id: string, path: string, changes: { tag: string, from: string | null, to: string | null }[], writable: boolean,
 *   problem: string | null }} TrackTags
 * @typedef {{ album_gain_db: number | null, album_peak: number | null,
 *   tracks: { media_id: string, gain_db: number | null, peak: number | null }[] }} Loudness
 * @typedef {{ title?: string, artist?: string, year?: number }} AlbumEdit
 * @typedef {{ now: string, key: string, tags: string[], tracks: object[] }} AlbumUndo what the server wants to have back
 */
export {};
