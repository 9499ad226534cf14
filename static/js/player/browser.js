/** This browser, asked once what it can play. */
import { describeDevice } from "./device.js";
import { keep, kept } from "../kept.js";

/** @import { Browser, Device } from "./device.js" */

const CHANNELS = "sound-channels";

let isCounted = false;
/** @type {Promise<Device> | null} */
let asked = null;

/** @returns {Promise<Device>} */
export const thisDevice = () => (asked ??= describeDevice(thisBrowser()));

/** @returns {Browser} */
function thisBrowser() {
  const element = document.createElement("video");
  const source = /** @type {typeof MediaSource | undefined} */ (globalThis.MediaSource ?? /** @type {any} */ (globalThis).ManagedMediaSource);
  return {
    plays: (mime) => element.canPlayType(mime) !== "",
    buffers: (mime) => source?.isTypeSupported(mime) ?? false,
    isApple: "WebKitPlaybackTargetAvailabilityEvent" in globalThis,
    hdr: matchMedia("(dynamic-range: high)").matches,
    channels: knownChannels(),
    smooth: async (mime, height) => {
      const video = { contentType: mime, width: Math.round((height * 16) / 9), height, bitrate: 20_000_000, framerate: 24 };
      try {
        return (await navigator.mediaCapabilities.decodingInfo({ type: "file", video })).smooth;
      } catch {
        // A browser that does not say is taken at its word that it can.
        return true;
      }
    },
  };
}

function knownChannels() {
  const known = Number(kept(CHANNELS));
  return known >= 2 && known <= 32 ? known : 2;
}

/** Counts the loudspeakers for the next time: asking takes longer than beginning to play. Called while something plays. */
export function countChannels() {
  if (isCounted || !navigator.userActivation?.hasBeenActive) return;
  isCounted = true;
  const context = new AudioContext();
  keep(CHANNELS, String(context.destination.maxChannelCount));
  void context.close();
}
