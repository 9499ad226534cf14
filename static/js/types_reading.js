/**
 * The shapes of what is read and of what is collected, for the type checker alone. Times are ms since the epoch,
 * durations seconds.
 *
 * @import { Card } from "./types.js"
 *
 * A text that is `kept` comes from this device, because the server cannot be reached.
 *
 * @typedef {{ id: string, fetched_at: number, words: number }} ArticleVersion
 * @typedef {Card & { url: string, site: string | null, author: string | null, published_at: number | null,
 *   language: string | null, words: number, minutes: number, versions: ArticleVersion[], kept?: boolean }} Article
 *
 * @typedef {"epub" | "pdf" | "cbz"} BookFormat
 * @typedef {{ title: string, part: number, depth: number, anchor: string | null }} Heading
 * @typedef {Card & { format: BookFormat | null, contents: Heading[], parts: number, pages: number, authors: string[],
 *   publisher: string | null, published: string | null, isbn: string | null, series: string | null,
 *   series_number: number | null, overview: string | null, size_bytes: number, url: string | null,
 *   right_to_left: boolean, kept?: boolean }} Book
 * @typedef {{ title: string, author?: string, year?: number, isbn?: string, series?: string, url?: string }} NewBook
 *
 * @typedef {"manual" | "playlist" | "channel" | "music" | "saga" | "smart"} CollectionKind
 * @typedef {{ title_include?: string | null, title_exclude?: string | null, min_seconds?: number | null,
 *   max_seconds?: number | null, since?: number | string | null, keep_last?: number | null,
 *   audio_only?: boolean }} Rules
 * @typedef {Rules & { checked_at?: number | null, next_check_at?: number | null, error?: string | null }} Subscription
 * @typedef {{ id: string, kind: CollectionKind, title: string, overview: string | null, url: string | null,
 *   count: number, here_count: number, duration: number, covers: Card[], hue: number, is_followed: boolean, created_at: number,
 *   updated_at?: number, subscription: Subscription | null, rule?: import("./smart_rule.js").Rule | null }} Collection
 * @typedef {"here" | "wanted" | "queued" | "downloading" | "failed" | "skipped" | "removed" | "remote"} EntryState
 * @typedef {{ id: string, position: number, entry_key: string | null, title: string, url: string | null,
 *   duration: number | null, state: EntryState, is_gone: boolean, media: Card | null }} Entry is_gone: its list names it no longer
 *
 * @typedef {"certain" | "likely" | "ambiguous" | "none" | "confirmed" | "rejected"} MatchState
 * @typedef {{ media_id: string, title: string, artist: string | null, album: string | null, score: number }} Candidate score 0..100
 * @typedef {{ position: number, title: string, artist: string | null, album: string | null, duration?: number | null,
 *   state: MatchState, score: number | null, media_id: string | null, candidates: Candidate[] }} PlaylistTrack
 */
export {};
