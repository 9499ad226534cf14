/** How an item comes into this browser: what is plain without asking, and what the server's plan means; pure. */

/** @import { Media } from "../types.js" */
/** @import { Device } from "./device.js" */

/**
 * @typedef {{ codec: string, width: number, height: number, bit_rate: number | null, hdr?: string | null }} VideoSide
 * @typedef {{ codec: string, channels: number, bit_rate?: number | null }} AudioSide
 * @typedef {{ index: number, language: string, language_name: string, title: string | null, codec: string, channels: number,
 *   default: boolean, selected: boolean }} PlanAudio
 * @typedef {{ id: string, language: string, language_name: string, title: string | null, forced: boolean,
 *   hearing_impaired: boolean, default: boolean, format: string, is_text: boolean, url: string | null, selected?: boolean,
 *   burned?: boolean }} PlanSubtitle
 * @typedef {"direct" | "remux" | "transcode"} Method
 * @typedef {{ session: string | null, method: Method, url: string, reasons: { code: string, message: string }[],
 *   video: { from: VideoSide, to: VideoSide | null } | null, audio: { from: AudioSide, to: AudioSide | null } | null,
 *   container: { from: string, to: string | null } | null, encoder: string | null,
 *   qualities: { id: string, height: number | null, bit_rate: number | null }[], quality: string, audio_tracks: PlanAudio[],
 *   subtitles: PlanSubtitle[], duration: number }} Plan
 * @typedef {{ quality?: string, audio?: number, subtitle?: string | null, burn?: boolean }} Wish
 */

/** The suffixes under which the containers of a device go. */
const SUFFIXES = /** @type {Record<string, string[]>} */ ({
  mp4: ["mp4", "m4v", "m4a", "m4b"], webm: ["webm"], matroska: ["mkv", "mka", "webm"], mp3: ["mp3"], flac: ["flac"],
  ogg: ["ogg", "oga", "opus", "ogv"], wav: ["wav"], mpegts: ["ts"],
});

/** Names of networks that are one's own: whoever is in one is at home. */
const HOME = /^(localhost|127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|\[::1\]|\[f[cd]|[^.]+$|.+\.(local|lan|home|home\.arpa)$)/i;

/** @param {string} hostname of the page */
export const isAtHome = (hostname) => HOME.test(hostname);

/** @param {string} codec */
const sound = (codec) => (codec.startsWith("pcm") ? "pcm" : codec);

/**
 * True where nobody needs to be asked: the file as it is, for which the first request can go at once.
 * @param {Pick<Media, "container" | "video" | "audio">} media
 * @param {Device} device
 * @param {Wish} wish
 */
export function playsPlainly(media, device, wish) {
  if (wish.burn || wish.audio !== undefined || !["auto", "original", undefined].includes(wish.quality)) return false;
  if (!device.containers.some((name) => SUFFIXES[name]?.includes(media.container))) return false;
  const { video, audio } = media;
  if (audio.some((track) => !device.audio.includes(sound(track.codec)))) return false;
  if (!video) return audio.length > 0;
  const able = device.video.find((one) => one.codec === video.codec);
  if (!able || video.hdr || (video.bit_depth ?? 8) > 8) return false;
  return Math.min(video.width, video.height) <= able.max_height;
}

/** Which way a plan's address goes into the element. @param {Plan} plan @param {Device} device @returns {"file" | "native" | "mse"} */
export function wayOf(plan, device) {
  if (plan.method === "direct") return "file";
  return device.hls === "mse" ? "mse" : "native";
}

/** What is asked again when something is chosen: what was chosen before stays. @param {Wish} before @param {Wish} chosen @returns {Wish} */
export function wishAfter(before, chosen) {
  const wish = { ...before, ...chosen };
  if (!wish.burn) {
    delete wish.burn;
    delete wish.subtitle;
  }
  return wish;
}

/** "4.2" million bits a second for 4200000 @param {number} bits */
export const megabits = (bits) => (bits >= 10_000_000 ? Math.round(bits / 1_000_000) : Math.round(bits / 100_000) / 10);

/** How the film comes here, for its viewer: it matters whether the picture or only the sound is made anew.
 *  @param {Plan} plan @returns {"direct" | "remux" | "sound" | "transcode"} */
export const kindOf = ({ method, video, audio }) => (method === "transcode" && audio?.to && !video?.to ? "sound" : method);
