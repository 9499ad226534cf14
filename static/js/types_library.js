/**
 * The shapes that the HTTP contract promises about libraries, uploads, names and home media, for the type checker alone.
 * Times are ms since the epoch, durations seconds, sizes bytes.
 *
 * @import { Card, Job } from "./types.js"
 *
 * @typedef {"movies" | "shows" | "music" | "videos" | "podcasts" | "articles" | "books" | "home" | "mixed"} LibraryKind
 * @typedef {{ id: string, path: string, read_only: boolean, online: boolean, problem: string | null,
 *   scanned_at: number | null, files: number, failed: number }} LibraryFolder
 * @typedef {{ id: string, kind: string, name: string, is_primary: boolean, count: number, folders: LibraryFolder[] }} Library
 * @typedef {{ path: string, parent: string | null, folders: { name: string, path: string }[] }} FolderChoices
 * @typedef {{ path: string, reason: string, size_bytes: number, seen_at: number }} Problem
 * @typedef {Card & { missing_since: number, path: string }} MissingMedia
 * @typedef {{ library_id?: string, folder_id?: string, full?: boolean }} ScanOrder
 * @typedef {{ count: number, items: Problem[], next: string | null }} ProblemPage
 * @typedef {{ count: number, items: MissingMedia[], next: string | null }} MissingPage
 *
 * @typedef {"receiving" | "checking" | "queued" | "done" | "failed"} ArrivalState
 * @typedef {{ id: string, name: string, folder: string | null, size_bytes: number, offset: number, state: ArrivalState,
 *   reason: string | null, media_id: string | null, job_id: string | null, created_at: number }} Arrival a file on its way,
 *   as the server sees it
 * @typedef {{ max_bytes: number, chunk_bytes: number, free_bytes: number | null, quota_left_bytes: number | null }} UploadLimits
 * @typedef {import("./upload_into.js").OpenLibrary} OpenLibrary
 *
 * @typedef {"movie" | "episode" | "daily_episode" | "track" | "podcast" | "video" | "book" | "photo"} NamedKind
 * @typedef {Partial<Record<NamedKind, string>>} Templates
 * @typedef {"plex" | "jellyfin" | "none"} IdStyle
 * @typedef {{ templates: Templates, defaults: Templates, fields: Partial<Record<NamedKind, { name: string, example: string }[]>>,
 *   id_style: IdStyle, write_nfo: boolean, write_artwork: boolean, rename_new: boolean }} Naming
 * @typedef {{ templates?: Templates, id_style?: IdStyle, write_nfo?: boolean, write_artwork?: boolean, rename_new?: boolean }} NamingEdit
 * @typedef {{ kind: NamedKind, media_id: string | null, from: string | null, to: string | null, error: string | null }} NameExample
 * @typedef {{ media_id: string | null, title: string, from: string, to: string, state: string, problem: string | null }} RenameStep
 * @typedef {{ id: string, state: "planning" | "planned" | "running" | "done" | "undone" | "failed", title: string, count: number, unchanged: number,
 *   problems: number, created_at: number, steps?: RenameStep[], next?: string | null }} RenameBatch
 *
 * @typedef {Card & { taken_on: string | null, width: number | null, height: number | null, has_place: boolean,
 *   placeholder?: string | null }} HomeCard
 * @typedef {{ count: number, items: HomeCard[], next: string | null }} HomePage
 * @typedef {HomeCard & { taken_at: number | null, camera: string | null, latitude: number | null, longitude: number | null,
 *   size_bytes: number, neighbours: { previous: string | null, next: string | null } }} Photo
 * @typedef {{ job: Job }} Queued
 */
export {};
