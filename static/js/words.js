/** How media, discs and jobs are put into words; no markup. */
import { duration, percent, timeLeft, timeOfDay } from "./format.js";
import { said } from "./said.js";
import { t } from "./strings.js";

/** @import { Card, Disc, Drive, Group, Job } from "./types.js" */

/** "S02E04", "S02E04–E05" for a file with two @param {Pick<Card, "season" | "episode" | "episode_end">} card */
export function episodeCode(card) {
  if (card.episode == null) return "";
  const two = (/** @type {number} */ value) => String(value).padStart(2, "0");
  const last = card.episode_end != null && card.episode_end > card.episode ? `–E${two(card.episode_end)}` : "";
  return `${card.season == null ? "" : `S${two(card.season)}`}E${two(card.episode)}${last}`;
}

/** Articles and books are read, not played: their progress counts thousandths of the text. @param {Pick<Card, "media_type">} card */
export const isText = (card) => card.media_type === "article" || card.media_type === "book";

/** Where a card leads. @param {Pick<Card, "id" | "media_type">} card */
export function cardHref(card) {
  if (card.media_type === "article") return `/articles/${card.id}`;
  if (card.media_type === "photo") return `/home-media/${card.id}`;
  return card.media_type === "book" ? `/books/${card.id}` : `/item/${card.id}`;
}

/** Where one goes on with what was begun. @param {Pick<Card, "id" | "media_type">} card */
export function resumeHref(card) {
  if (card.media_type === "article") return `/articles/${card.id}`;
  return card.media_type === "book" ? `/read/${card.id}` : `/play/${card.id}`;
}

/** "12 min left", "38 % read", null when it is not begun or is finished. @param {Card} card */
export function leftText(card) {
  const left = secondsLeft(card);
  if (left === null) return null;
  return isText(card) && !card.duration ? t("card.read", { percent: percent(watched(card) ?? 0) }) : timeLeft(left);
}

/** Seconds left of something begun, null when it is not begun or is finished. @param {Card} card */
export function secondsLeft(card) {
  if (!card.progress || card.progress.finished || card.progress.position < 1) return null;
  if (isText(card)) return card.duration * (1 - card.progress.position / (card.progress.duration || 1));
  return Math.max(0, (card.progress.duration || card.duration) - card.progress.position);
}

/** 0..100 of what was watched, null when it is not begun. @param {Card} card */
export function watched(card) {
  if (!card.progress) return null;
  if (card.progress.finished) return 100;
  const whole = card.progress.duration || card.duration;
  return whole && card.progress.position >= 1 ? Math.min(100, (card.progress.position / whole) * 100) : null;
}

/** The name under a card: a show's episode goes by the show's name. @param {Card} card */
export const cardTitle = (card) => (card.media_type === "episode" && card.show_title ? card.show_title : card.title);

/** The second line under a card. @param {Card} card */
export function cardSubtitle(card) {
  const rest = leftText(card);
  if (card.media_type === "article") return joinDots([card.show_title, rest ?? (card.duration ? duration(card.duration) : null)]);
  if (card.media_type === "video" || card.media_type === "podcast") return joinDots([card.show_title, rest ?? (card.duration ? duration(card.duration) : null)]);
  if (card.media_type === "book") return rest ?? card.artist ?? (card.year ? String(card.year) : "");
  if (card.media_type === "episode") return join([episodeCode(card), rest ?? (card.show_title ? card.title : null)]);
  if (card.media_type === "track") return join([card.artist, card.album]);
  return rest ?? (card.year ? String(card.year) : card.duration ? duration(card.duration) : "");
}

/** @param {Group} group */
export function groupSubtitle(group) {
  if (group.kind === "show") return t("count.episodes", { count: group.count });
  if (group.kind === "artist") return t("count.albums", { count: group.count });
  if (group.kind === "channel") return t("count.videos", { count: group.count });
  return group.subtitle ?? t("count.tracks", { count: group.count });
}

/** @param {(string | number | null | undefined | false)[]} parts */
export const join = (parts) => parts.filter(Boolean).join(", ");

/** @param {(string | number | null | undefined | false)[]} parts */
export const joinDots = (parts) => parts.filter(Boolean).join(" · ");

/** "Harbour Lights, season 2, disc 3" @param {Disc} disc */
export function discTitle(disc) {
  return join([
    disc.title || disc.label || t("disc.unnamed"),
    disc.season != null && t("season", { number: disc.season }),
    disc.disc_number != null && t("disc.number", { number: disc.disc_number }),
  ]);
}

/** What a drive with a disc or a job is called. @param {Drive} drive */
export function driveTitle(drive) {
  if (drive.disc) return discTitle(drive.disc);
  return drive.job?.title || drive.name;
}

/** What a job brings; its address, without what each has, until somebody knows its name. @param {Pick<Job, "title" | "kind">} job */
export const jobTitle = (job) => (OF_THE_HOUSE.has(job.kind) ? said(job.title) : job.title).replace(/^https?:\/\/(www\.)?/i, "").replace(/\/$/, "");

/** "2 of 4 · Checking the copy" @param {Job} job */
export function jobLine(job) {
  if (job.status === "queued" && job.retry_at) return [said(job.error), t("job.retry", { time: timeOfDay(job.retry_at) })].filter(Boolean).join(" ");
  if (job.status === "queued") return t("job.queued");
  if (job.status === "done") return t(BRINGS_NOTHING.has(job.kind) ? "job.finished" : "job.done");
  if (job.status === "cancelled") return t("job.cancelled");
  if (job.status === "failed") return said(job.error) ?? t("job.failed");
  const stage = {
    scan: t("stage.scan"), rip: t("stage.rip"), examine: t("stage.examine"), download: t("stage.download"),
    convert: t("stage.convert"), verify: t("stage.verify"), publish: t("stage.publish"), walk: t("stage.walk"), probe: t("stage.probe"),
    identify: t("stage.identify"), move: t("stage.move"), analyse: t("stage.analyse"), write: t("stage.write"), plan: t("stage.plan"),
  };
  const now = stage[/** @type {keyof typeof stage} */ (job.stage)] ?? t("stage.other");
  return job.step && job.step.total > 1 ? `${t("job.step", { ...job.step })} · ${now}` : now;
}

/** Work that the server gives itself, under titles of its own. */
const OF_THE_HOUSE = new Set(["scan", "identify", "rename", "tags", "loudness"]);

/** Work on what is here already. */
const BRINGS_NOTHING = new Set(["scan", "identify", "rename", "tags", "loudness"]);

/** True while a worker has the job in its hands. @param {Pick<Job, "status">} job */
export const isRunning = (job) => ["encoding", "downloading", "working"].includes(job.status);

/** Time left of a job as "11 min", null while nobody knows. @param {Job} job */
export function jobEta(job) {
  return isRunning(job) && job.eta_seconds != null ? duration(Math.max(1, job.eta_seconds)) : null;
}

/** "1080p", "4K" @param {{ width: number, height: number }} video */
export function resolution(video) {
  if (video.width >= 3800 || video.height >= 2100) return "4K";
  if (video.width >= 1900 || video.height >= 1060) return "1080p";
  if (video.width >= 1260 || video.height >= 710) return "720p";
  return t("resolution.sd", { height: video.height });
}

const CODECS = /** @type {Record<string, string>} */ ({
  h264: "H.264", avc: "H.264", avc1: "H.264", hevc: "H.265 (HEVC)", h265: "H.265 (HEVC)", hvc1: "H.265 (HEVC)",
  av1: "AV1", vp9: "VP9", vp8: "VP8", mpeg2video: "MPEG-2", mpeg4: "MPEG-4", vc1: "VC-1", aac: "AAC", ac3: "Dolby Digital",
  eac3: "Dolby Digital Plus", dts: "DTS", truehd: "Dolby TrueHD", flac: "FLAC", opus: "Opus", mp3: "MP3", alac: "ALAC",
});

/** "H.265 (HEVC)" for "hevc" @param {string} codec */
export const codecName = (codec) => CODECS[codec.toLowerCase().replace(/[^a-z0-9]/g, "")] ?? codec;

/** "Stereo", "5.1" @param {number} channels */
export function channelName(channels) {
  if (channels === 1) return t("channels.mono");
  if (channels === 2) return t("channels.stereo");
  return channels > 2 ? `${channels - 1}.1` : "";
}
