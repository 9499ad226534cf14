/** Whether this browser plays a film's own file, so that nothing has to be made for it. */

/** @import { Media } from "../types.js" */

const CONTAINERS = /** @type {Record<string, string>} */ ({ mp4: "video/mp4", mov: "video/mp4", m4v: "video/mp4", webm: "video/webm" });
const VIDEO = /** @type {Record<string, string>} */ ({
  h264: "avc1.640029", hevc: "hvc1.1.6.L120.90", av1: "av01.0.08M.08", vp9: "vp09.00.40.08", vp8: "vp8",
});
const AUDIO = /** @type {Record<string, string>} */ ({ aac: "mp4a.40.2", mp3: "mp4a.6B", opus: "opus", vorbis: "vorbis", ac3: "ac-3", eac3: "ec-3", flac: "flac" });

/** The type as a browser is asked for it; null for what is not worth asking. @param {Pick<Media, "video" | "audio" | "container">} media */
export function typeOf(media) {
  const container = CONTAINERS[media.container.toLowerCase()];
  const video = media.video && VIDEO[media.video.codec];
  if (!container || !video || (media.video?.bit_depth ?? 8) > 8) return null;
  const codec = (media.audio.find((track) => track.default) ?? media.audio[0])?.codec;
  const audio = codec ? AUDIO[codec] : "";
  return audio === undefined ? null : `${container}; codecs="${[video, audio].filter(Boolean).join(", ")}"`;
}

/** @param {Pick<Media, "video" | "audio" | "container">} media @param {(type: string) => string} canPlay `canPlayType` of a media element */
export function fits(media, canPlay) {
  const type = typeOf(media);
  return type !== null && canPlay(type) === "probably";
}
