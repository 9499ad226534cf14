/** What the server keeps running for this player: says that somebody is still there, and when nobody is. */
import { ApiError } from "../api.js";
import { playback } from "../api_playback.js";
import { isMade, mediaElement } from "./element.js";

const PING_MS = 20_000;
/** Whoever pauses for longer lets others use the encoder, ms. */
const REST_AFTER_MS = 5 * 60_000;

/** @type {{ id: string, onLost: () => void } | null} */
let session = null;
/** @type {ReturnType<typeof setInterval> | undefined} */
let pinging;
let pausedSince = 0;

/** @param {string | null} id null: the file plays as it is, nothing has to be kept @param {() => void} onLost */
export function keepSession(id, onLost) {
  clearInterval(pinging);
  session = id === null ? null : { id, onLost };
  pausedSince = 0;
  if (session) pinging = setInterval(ping, PING_MS);
}

async function ping() {
  const mine = session;
  if (!mine || !isMade()) return;
  const { currentTime, paused } = mediaElement();
  pausedSince = paused ? pausedSince || Date.now() : 0;
  if (pausedSince && Date.now() - pausedSince > REST_AFTER_MS) {
    void endSession();
    return mine.onLost();
  }
  try {
    await playback.alive(mine.id, { position: currentTime, playing: !paused });
  } catch (error) {
    // A network that is away for a moment is not the end of anything.
    if (error instanceof ApiError && error.status === 404 && mine === session) {
      keepSession(null, () => {});
      mine.onLost();
    }
  }
  return undefined;
}

/** @returns {Promise<void>} settled when the server knows; it finds out by itself otherwise */
export async function endSession() {
  const mine = session;
  keepSession(null, () => {});
  if (mine) await playback.end(mine.id).catch(() => undefined);
}
