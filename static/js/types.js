/**
 * The shapes that the HTTP contract promises, for the type checker alone. Times are ms since the epoch,
 * durations and positions seconds, sizes bytes.
 *
 * @typedef {"admin" | "member" | "kid"} Role
 * @typedef {{ id: string, username: string, display_name: string, role: Role, hue: number, has_picture: boolean,
 *   has_pin: boolean, has_password: boolean }} User
 * @typedef {{ library_name: string, version: string }} Server
 *
 * @typedef {"movie" | "episode" | "track" | "video" | "podcast" | "article" | "book" | "photo" | "home_video" | "extra"} MediaType
 * @typedef {{ position: number, duration: number, finished: boolean, updated_at: number }} Progress
 * @typedef {{ poster: boolean, still: boolean, backdrop?: boolean, placeholder?: string | null }} Artwork
 * @typedef {{
 *   id: string, media_type: MediaType, title: string, year: number | null, show_title: string | null,
 *   season: number | null, episode: number | null, episode_end?: number | null, edition?: string | null,
 *   artist: string | null, album: string | null, show_key: string | null,
 *   album_key: string | null, disc_number: number | null, track_number: number | null, duration: number, added_at: number,
 *   published_at?: number | null, language?: string | null, artwork: Artwork, hue: number, has_file?: boolean,
 *   offline: boolean, needs_review: boolean, progress: Progress | null,
 * }} Card
 * @typedef {{
 *   kind: "show" | "album" | "channel" | "artist", key: string, title: string, subtitle: string | null, year: number | null,
 *   count: number, artwork: Artwork, hue: number, added_at: number, cover_media_id: string | null,
 *   has_poster?: boolean, has_backdrop?: boolean, watched?: number,
 * }} Group
 * @typedef {{ count: number, items: Card[], next: string | null }} CardPage
 * @typedef {{ count: number, items: Group[], next: string | null }} GroupPage
 * @typedef {{ key: "movie" | "show" | "album" | "video" | "podcast" | "article" | "book", title: string, items: (Card | Group)[], total: number }} Shelf
 * @typedef {{ title: string, start: number, end: number }} Chapter
 * @typedef {{ index: number, language: string, language_name: string, codec: string, channels: number,
 *   default: boolean, title?: string | null }} AudioStream
 * @typedef {{ index: number, language: string, language_name: string, codec: string, forced: boolean,
 *   title?: string | null }} SubtitleStream
 * @typedef {Card & {
 *   path: string, size_bytes: number, container: string, mime: string, overview: string | null,
 *   library: { id: string, name: string },
 *   video: { codec: string, width: number, height: number, frame_rate: number | null, hdr?: string | null, bit_depth?: number | null } | null,
 *   audio: AudioStream[], subtitles: SubtitleStream[], chapters: Chapter[],
 *   source: { kind: "disc", label: string, disc_id: string } | null, source_url?: string | null,
 *   neighbours: { previous: string | null, next: string | null }, locked: string[], review_reason: string | null,
 *   min_age: number | null,
 * }} Media
 * @typedef {{ season: number | null, title: string | null, overview: string | null, aired_on: string | null,
 *   poster: { source: string, placeholder: string | null, version: number } | null, episodes: Card[] }} SeasonHere
 * @typedef {{ title: string, key: string, year: number | null, hue: number, artwork: Artwork,
 *   has_poster?: boolean, has_backdrop?: boolean, cover_media_id: string | null, seasons: SeasonHere[] }} Show
 * @typedef {{ title: string, key: string, artist: string | null, year: number | null, hue: number,
 *   artwork: Artwork, cover_media_id: string | null, tracks: Card[] }} Album
 * @typedef {{ title?: string, year?: number | null, show_title?: string | null, season?: number | null,
 *   episode?: number | null, artist?: string | null, album?: string | null, track_number?: number | null,
 *   episode_end?: number | null, edition?: string | null, min_age?: number | null, unlock?: string[] }} MediaEdit
 * @typedef {{ counts: { movie: number, episode: number, show: number, track: number, album: number } &
 *     { [kind in "video" | "channel" | "podcast" | "article" | "book" | "photo" | "home_video"]?: number },
 *   total_bytes: number, total_duration: number, free_bytes: number, capacity_bytes: number, offline: boolean }} Stats
 *
 * @typedef {"feature" | "episode" | "play_all" | "extra" | "decoy" | "track"} TitleRole
 * @typedef {{ index: number, duration: number, chapters: number, audio: string[], subtitles: string[],
 *   role: TitleRole, chosen: boolean, name: string | null }} DiscTitle
 * @typedef {"film" | "show" | "music"} DiscContent
 * @typedef {{
 *   id: string, kind: "dvd" | "bluray" | "audio_cd" | "data" | "blank" | "unknown", label: string, title: string,
 *   season: number | null, disc_number: number | null, content: DiscContent | null, ripped_at: number | null,
 *   review_reason: string | null, plan: string, titles: DiscTitle[],
 * }} Disc
 * @typedef {{ title?: string, season?: number | null, disc_number?: number | null, content?: DiscContent }} DiscEdit
 * @typedef {"queued" | "encoding" | "downloading" | "working" | "done" | "failed" | "cancelled"} JobStatus
 * @typedef {"rip" | "download" | "article" | "book" | "playlist" | "podcast" | LibraryJobKind} JobKind
 * @typedef {"scan" | "import" | "identify" | "rename" | "tags" | "loudness"} LibraryJobKind
 * @typedef {{ current: number, total: number }} Step
 * @typedef {{
 *   id: string, kind: JobKind, status: JobStatus, stage: string | null, title: string, progress: number,
 *   eta_seconds: number | null, speed: string | null, step: Step | null, drive_id: string | null,
 *   disc_id: string | null, error: string | null, tool_output?: string[] | null, created_at: number,
 *   started_at: number | null, finished_at: number | null, attempts: number, media_ids: string[], retry_at?: number | null, url?: string | null,
 * }} Job
 * @typedef {{ id: string, name: string, kind: "macos" | "linux" | "image",
 *   state: "empty" | "reading" | "ready" | "unreadable", message: string | null, disc: Disc | null,
 *   job: Job | null }} Drive
 *
 * @typedef {{ id: string, created_at: number, last_seen_at: number, device: string, address: string,
 *   current: boolean, is_shared: boolean }} Session
 * @typedef {{ id: string, name: string, scopes: string[], created_at: number, last_used_at: number | null,
 *   expires_at: number | null, prefix: string }} ApiKey
 * @typedef {{ scope: string, description: string }} Scope
 * @typedef {User & { disabled: boolean, all_libraries: boolean, library_ids: string[],
 *   last_seen_at: number | null, max_age: number | null, sees_unrated: boolean, on_shared_screens: boolean,
 *   has_pin: boolean, has_picture: boolean, has_password: boolean, hue: number }} Person
 * @typedef {{ id: string, name: string, kind: string }} LibraryRef
 * @typedef {{ auto_rip: boolean, auto_eject: boolean, notify: boolean, audio_languages: string[],
 *   subtitle_languages: string[], keep_extras: boolean, stall_minutes: number,
 *   simultaneous_rips: number }} DiscSettings
 * @typedef {"refuse" | "record"} LiveChoice
 * @typedef {{ format: string, max_height: number | null, audio_only: boolean, subtitle_languages: string[],
 *   automatic_subtitles: boolean, sponsorblock: boolean, live: LiveChoice, simultaneous: number, per_host: number,
 *   allowed_hosts: string[] }} DownloadSettings
 * @typedef {{ check_interval_hours: number, auto_download: AutoDownload, latest_count: number, keep_count: number | null,
 *   delete_heard_days: number | null }} PodcastSettings
 * @typedef {{ version: string, age_days: number, updated_at: number | null,
 *   update: { state: string, message: string } }} DownloaderState
 * @typedef {{ host: string, added_at: number, used_at: number | null }} SiteCookies
 * @typedef {{ discs: DiscSettings, downloads: DownloadSettings, podcasts: PodcastSettings, playback: import("./api_playback.js").PlaybackSettings, screens: { ask_after_minutes: number }, handbrake: { presets: string[], encoders: string[] },
 *   output: { format: string, video_encoder: string, quality: number | string, audio_encoder: string,
 *   preset: string | null } }} Settings
 * @typedef {{ name: string, state: string, last_beat_at: number | null, restarts: number,
 *   error: string | null }} Loop
 * @typedef {{ name: string, version: string | null, needed_for: string, hint: string }} Tool
 * @typedef {{ status: "ok" | "degraded", loops?: Loop[], tools?: Tool[], storage?: Record<string, unknown>,
 *   version?: string }} Health
 *
 * @typedef {"video" | "playlist" | "podcast" | "article" | "file" | "book" | "music_playlist"} ReadingKind
 * @typedef {{ kind: ReadingKind, title: string, detail: string | null, picture: string | null, duration: number | null,
 *   count: number | null, is_live: boolean, sure: boolean, url: string }} Reading
 * @typedef {{ url: string, readings: Reading[], existing: string | null }} Examination
 * @typedef {{ job: Job | null, media_id: string | null, collection_id?: string | null, podcast_id?: string | null,
 *   existing: boolean }} Added
 * @typedef {{ title_include?: string, title_exclude?: string, min_seconds?: number, max_seconds?: number, since?: number,
 *   keep_last?: number, audio_only?: boolean }} FollowRules
 *
 * @typedef {"all" | "latest" | "none"} AutoDownload
 * @typedef {{
 *   id: string, title: string, author: string | null, overview: string | null, site_url: string | null,
 *   language: string | null, has_image: boolean, hue: number, group?: string | null, episode_count: number, unheard_count: number,
 *   newest_at: number | null, auto_download: AutoDownload, latest_count: number, keep_count: number | null,
 *   delete_heard_days: number | null, checked_at: number | null, next_check_at: number | null, error: string | null,
 *   is_dead: boolean, moved_to: string | null, is_private: boolean, min_age: number | null,
 * }} Podcast
 * @typedef {{ auto_download?: AutoDownload, latest_count?: number, keep_count?: number | null,
 *   delete_heard_days?: number | null, min_age?: number | null, username?: string, password?: string }} PodcastEdit
 * @typedef {"remote" | "queued" | "downloading" | "here" | "removed"} EpisodeState
 * @typedef {{
 *   id: string, podcast_id: string, title: string, overview: string | null, published_at: number | null,
 *   duration: number | null, season: number | null, episode: number | null, media_id: string | null,
 *   state: EpisodeState, job_id: string | null, error: string | null, heard: boolean, starred: boolean,
 *   progress: Progress | null, has_chapters: boolean, has_transcript: boolean, image: string | null,
 * }} Episode
 * @typedef {Episode & { notes: string | null, chapters: Chapter[], transcript: string | null }} EpisodePage
 * @typedef {{ start: number | null, text: string, speaker: string | null }} Line start is null in a transcript without times
 *
 * @typedef {import("preact").ComponentChildren} Children
 */
export {};
