/** Plays what the server prepares piece by piece, by hls.js where the browser has no such player. */
import { refused } from "../api.js";
import { toast } from "../store.js";
import { t } from "../strings_player.js";
import { mediaElement } from "./element.js";
import { lowerLevel, paceKeeper } from "./pace.js";
import { pieceLoader, waitOfRequest } from "./piece_loader.js";

/** @import { ApiError } from "../api.js" */
/** @import Hls from "hls.js" */
/** @import { ErrorData, FragLoadedData } from "hls.js" */

/** @typedef {{ onLost: () => void, onBroken: () => void, onFailed: (error: ApiError | null) => void }} Trouble the server no longer knows the
 *  session; the pieces cannot be decoded; the server says why there are none, or nobody answers */

const WORKER = new URL("../../vendor/hls.worker.js", import.meta.url).href;
/** How often a network that does not answer is tried again, each time after twice the wait. */
const RETRIES = 6;
const FIRST_WAIT_MS = 500;
/** A decoder that fails again within this time does not get over it, ms. */
const RECOVERY_MS = 15_000;
/** The server says by itself after 20 s that a piece is not ready, ms. */
const PATIENCE_MS = 25_000;
/** The status of what cannot be made, however often it is asked for. */
const CANNOT = 409;
/** What a line at home is taken for before it is measured, so that it does not begin blurred, bits a second. */
const FIRST_GUESS = 20_000_000;

/** @type {Hls | null} */
let hls = null;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let retry;

/** Fetches the player while the server still thinks. */
export const prepareHls = () => void import("hls.js").catch(() => undefined);

/** @param {string} url of the master playlist @param {number} from seconds @param {Trouble} trouble */
export async function attachHls(url, from, trouble) {
  const { default: Player } = await import("hls.js");
  letHlsGo();
  const mine = (hls = new Player({
    workerPath: WORKER, startPosition: from, abrEwmaDefaultEstimate: FIRST_GUESS, capLevelToPlayerSize: true,
    // A first piece in the lowest quality, to measure the line, would have the server start another encoder.
    testBandwidth: false, startFragPrefetch: true, fLoader: pieceLoader(Player.DefaultConfig.loader),
    fragLoadPolicy: { default: { ...Player.DefaultConfig.fragLoadPolicy.default, maxTimeToFirstByteMs: PATIENCE_MS } },
    maxBufferLength: 30, maxMaxBufferLength: 90, backBufferLength: 60,
    // The subtitles of a film come by a way of their own, for files that play as they are as well.
    enableWebVTT: false, enableIMSC1: false, enableCEA708Captions: false, renderTextTracksNatively: false,
  }));
  let failed = 0;
  let recoveredAt = 0;
  mine.on(Player.Events.FRAG_BUFFERED, () => (failed = 0));
  mine.on(Player.Events.FRAG_LOADED, followPace(mine));
  mine.on(Player.Events.ERROR, (_, data) => {
    if (mine !== hls) return;
    if (isGone(data)) return trouble.onLost();
    if (data.response?.code === CANNOT) return void sentenceOf(data).then(trouble.onFailed);
    if (!data.fatal) return;
    if (data.type === Player.ErrorTypes.NETWORK_ERROR) {
      if (failed >= RETRIES) return void sentenceOf(data).then(trouble.onFailed);
      retry = setTimeout(() => (data.details.startsWith("manifest") ? mine.loadSource(url) : mine.startLoad()), FIRST_WAIT_MS * 2 ** failed);
      failed += 1;
    } else if (data.type === Player.ErrorTypes.MEDIA_ERROR && Date.now() - recoveredAt > RECOVERY_MS) {
      recoveredAt = Date.now();
      mine.recoverMediaError();
    } else trouble.onBroken();
    return undefined;
  });
  mine.loadSource(url);
  mine.attachMedia(mediaElement());
}

/** A server that does not keep up makes the film smaller, once; whoever chose the quality is told. @param {Hls} mine */
function followPace(mine) {
  const pace = paceKeeper();
  let isLowered = false;
  let isTold = false;
  return (/** @type {unknown} */ _, /** @type {FragLoadedData} */ { frag, networkDetails }) => {
    if (isTold || typeof frag.sn !== "number") return;
    const { paused, playbackRate } = mediaElement();
    const piece = { level: frag.level, number: frag.sn, seconds: frag.duration, waited: waitOfRequest(networkDetails) / 1000 };
    const speed = pace(piece, playbackRate);
    if (speed === null || paused) return;
    const level = isLowered ? null : lowerLevel(mine.levels, frag.level, speed, playbackRate);
    if (level === null) {
      isTold = true;
      return toast(t("player.tooSlow"), { tone: "bad" });
    }
    isLowered = true;
    // Else the size of the window would choose again.
    mine.capLevelToPlayerSize = false;
    mine.autoLevelCapping = level;
    return toast(t("player.tooSlowLower", { height: String(mine.levels[level]?.height) }));
  };
}

/** @param {ErrorData} data */
const isGone = (data) => data.response?.code === 404 || data.response?.code === 410;

/** What the server said of a piece that it has not, null where it said nothing. @param {ErrorData} data @returns {Promise<ApiError | null>} */
async function sentenceOf({ networkDetails, response }) {
  const content = networkDetails instanceof XMLHttpRequest ? networkDetails.response : null;
  if (!response?.code || !content) return null;
  return refused(response.code, await new Response(content).json().catch(() => undefined));
}

/** Nothing more is fetched; what is there stays to be looked at. */
export const restHls = () => hls?.stopLoad();

export function letHlsGo() {
  clearTimeout(retry);
  hls?.destroy();
  hls = null;
}

/** The quality that plays just now, in lines, null where nobody chooses. */
export const playingHeight = () => (hls && hls.currentLevel >= 0 ? (hls.levels[hls.currentLevel]?.height ?? null) : null);
