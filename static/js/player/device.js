/** What this browser can play, in the words of the server. */

/**
 * @typedef {{ codec: string, max_height: number, ten_bit: boolean }} VideoAbility
 * @typedef {{ containers: string[], video: VideoAbility[], audio: string[], hls: "native" | "mse" | "none", hdr: boolean,
 *   channels: number }} Device
 * @typedef {{ plays(mime: string): boolean, buffers(mime: string): boolean, isApple: boolean, hdr: boolean, channels: number,
 *   smooth(mime: string, height: number): Promise<boolean> }} Browser `plays` asks the element, `buffers` Media Source
 */

const CONTAINERS = /** @type {const} */ ([
  ["mp4", "video/mp4"], ["webm", "video/webm"], ["matroska", "video/x-matroska"], ["mp3", "audio/mpeg"], ["flac", "audio/flac"],
  ["ogg", "audio/ogg"], ["wav", "audio/wav"], ["mpegts", "video/mp2t"],
]);

/** For each codec: what to ask for from tall to low, and what with ten bits. @type {[string, [number, string][], string | null][]} */
const VIDEO = [
  ["h264", [[2160, 'video/mp4; codecs="avc1.640033"'], [1080, 'video/mp4; codecs="avc1.640029"'], [720, 'video/mp4; codecs="avc1.64001F"']], 'video/mp4; codecs="avc1.6E0029"'],
  ["hevc", [[2160, 'video/mp4; codecs="hvc1.1.6.L153.B0"'], [1080, 'video/mp4; codecs="hvc1.1.6.L120.B0"']], 'video/mp4; codecs="hvc1.2.4.L153.B0"'],
  ["av1", [[2160, 'video/mp4; codecs="av01.0.13M.08"'], [1080, 'video/mp4; codecs="av01.0.08M.08"']], 'video/mp4; codecs="av01.0.13M.10"'],
  ["vp9", [[2160, 'video/mp4; codecs="vp09.00.51.08"'], [1080, 'video/webm; codecs="vp9"']], 'video/mp4; codecs="vp09.02.51.10"'],
  ["vp8", [[1080, 'video/webm; codecs="vp8"']], null],
  ["mpeg4", [[1080, 'video/mp4; codecs="mp4v.20.9"']], null],
  ["mpeg2video", [[1080, 'video/mp4; codecs="mp4v.61"']], null],
];

const AUDIO = /** @type {const} */ ([
  ["aac", 'audio/mp4; codecs="mp4a.40.2"'], ["mp3", "audio/mpeg"], ["opus", 'audio/webm; codecs="opus"'], ["vorbis", 'audio/webm; codecs="vorbis"'],
  ["flac", 'audio/mp4; codecs="flac"'], ["ac3", 'audio/mp4; codecs="ac-3"'], ["eac3", 'audio/mp4; codecs="ec-3"'],
  ["alac", 'audio/mp4; codecs="alac"'], ["pcm", 'audio/wav; codecs="1"'],
]);

const HLS = "application/vnd.apple.mpegurl";
const BASIC = 'video/mp4; codecs="avc1.64001F, mp4a.40.2"';

/** @param {Browser} browser @returns {Promise<Device>} */
export async function describeDevice(browser) {
  const video = await Promise.all(VIDEO.map(async ([codec, heights, tenBit]) => {
    for (const [height, mime] of heights) {
      if (browser.plays(mime) && (height <= 1080 || (await browser.smooth(mime, height))))
        return [{ codec, max_height: height, ten_bit: tenBit !== null && browser.plays(tenBit) }];
    }
    return [];
  }));
  return {
    containers: CONTAINERS.filter(([, mime]) => browser.plays(mime)).map(([name]) => name),
    video: video.flat(),
    audio: AUDIO.filter(([, mime]) => browser.plays(mime)).map(([name]) => name),
    hls: hlsOf(browser),
    hdr: browser.hdr,
    channels: browser.channels,
  };
}

/** Apple's own player gives AirPlay and a cool phone; elsewhere ours knows more of what goes on. @param {Browser} browser */
function hlsOf(browser) {
  const native = browser.plays(HLS);
  if (native && browser.isApple) return "native";
  if (browser.buffers(BASIC)) return "mse";
  return native ? "native" : "none";
}

/** The same device after it has failed at a codec that it said it knew. @param {Device} device @param {string} codec @returns {Device} */
export const without = (device, codec) => ({
  ...device,
  video: device.video.filter((one) => one.codec !== codec),
  audio: device.audio.filter((one) => one !== codec),
});
