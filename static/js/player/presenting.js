/** Brings the picture: as the file is where that is plain, else as the server plans it; and again when something is chosen or lost. */
import { effect, signal } from "@preact/signals";
import { ApiError, streamUrl } from "../api.js";
import { playback } from "../api_playback.js";
import { choices } from "../choices.js";
import { connected } from "../live.js";
import { cannotPlay } from "../playable.js";
import { announce } from "../store.js";
import { t } from "../strings_player.js";
import { countChannels, thisDevice } from "./browser.js";
import { play } from "./commands.js";
import { without } from "./device.js";
import { mediaElement, whenMade } from "./element.js";
import { holdFrame, releaseFrame } from "./held_frame.js";
import { attachHls, letHlsGo, prepareHls, restHls } from "./hls_source.js";
import { isAtHome, playsPlainly, wayOf, wishAfter } from "./plan.js";
import { endSession, keepSession } from "./session.js";
import { current, failure, file, isSound, position, startsAt, waiting } from "./state.js";
import { soundFor } from "./tracks.js";

/** @import { Media } from "../types.js" */
/** @import { Device } from "./device.js" */
/** @import { Plan, Wish } from "./plan.js" */

/** A film that the server ends more often than this within this time, ms, is watched somewhere else too. */
const MOST_LOSSES = 3;
const LOSSES_WITHIN_MS = 60_000;

/** How the server brings what plays, null while it has not said so. */
export const plan = signal(/** @type {Plan | null} */ (null));
/** A picture of what plays has been shown. */
export const pictured = signal(false);

/** @type {Wish} */
let wish = {};
/** What this browser can do, less what it has just failed at. @type {Device | null} */
let device = null;
/** How often this item failed in this browser. */
let failures = 0;
let turn = 0;
/** What is to be done when the network is back, where it failed because nobody answered. @type {(() => void) | null} */
let goesOn = null;
/** The session is over; the next picture that is wanted asks for another. */
let isStale = false;

/** @param {Media} item it is what plays now, and `startsAt` where it begins @param {{ waits?: boolean }} [how] */
export async function present(item, { waits = false } = {}) {
  const mine = begin();
  runs = !waits;
  failures = 0;
  wish = firstWish(item);
  pictured.value = false;
  device = await thisDevice();
  if (mine !== turn) return;
  // The server chooses another sound than the first by itself, for those who want to hear their language.
  const isPlain = playsPlainly(item, device, wish) && (isSound(item) || (isAtHome(location.hostname) && !soundFor(item.audio, choices.value.audio_language)));
  if (isPlain) attachFile(streamUrl(item.id, file.value));
  else empty();
  // What only sounds has no menus that would want to know more.
  if (!isPlain || !isSound(item)) await ask(item, mine, { isPlaying: isPlain });
}

/** What played before is no picture of what is being prepared. */
function empty() {
  const media = mediaElement();
  if (!media.getAttribute("src")) return;
  media.removeAttribute("src");
  media.load();
}

/** What plays already as its file is, in an element that was made ready for it. @param {Media} item */
export async function adopt(item) {
  begin();
  runs = true;
  failures = 0;
  wish = firstWish(item);
  device = await thisDevice();
}

/** Whether a file sounds here as it is, so that it can be made ready before it is wanted. @param {Media} item */
export const soundsPlainly = async (item) => isSound(item) && playsPlainly(item, await thisDevice(), {});

function begin() {
  turn += 1;
  isStale = false;
  plan.value = null;
  letHlsGo();
  void endSession();
  return turn;
}

/** @param {Media} item @returns {Wish} */
function firstWish(item) {
  const { quality } = choices.value;
  return isSound(item) || quality === "auto" ? {} : { quality };
}

/** @param {Media} item @param {number} mine @param {{ isPlaying?: boolean }} [how] `isPlaying`: the file as it is plays already */
async function ask(item, mine, { isPlaying = false } = {}) {
  if (!device) return;
  if (!isPlaying && device.hls === "mse") prepareHls();
  /** @type {Plan} */
  let found;
  const asked = { ...wish, ...(file.value && { file: file.value }), position: startsAt.value, device };
  try {
    found = await playback.plan(item.id, asked);
  } catch (error) {
    if (mine === turn && !isPlaying) failBy(error);
    return;
  }
  if (mine !== turn) {
    if (found.session) void playback.end(found.session).catch(() => undefined);
    return;
  }
  plan.value = found;
  keepSession(found.session, lose);
  if (isPlaying && found.method === "direct") return;
  await attach(found, mine);
}

/** @param {Plan} found @param {number} mine */
async function attach(found, mine) {
  if (!device) return;
  if (pictured.value) keepPlace();
  if (wayOf(found, device) !== "mse") return attachFile(found.url);
  const isMine = (/** @type {() => unknown} */ act) => () => mine === turn && void act();
  await attachHls(found.url, startsAt.value, {
    onLost: isMine(lose), onBroken: isMine(() => recover("decode").then((can) => can || refuse())), onFailed: (error) => void (mine === turn && failBy(error)),
  });
  if (mine === turn) start();
  else letHlsGo();
}

/** Until this moment the film has played on; from here the next source goes on, behind the last picture of the one before. */
function keepPlace() {
  const media = mediaElement();
  startsAt.value = media.readyState >= 1 && !media.error ? media.currentTime : position.value;
  waiting.value = true;
  holdFrame();
}

/** @param {string} url */
function attachFile(url) {
  letHlsGo();
  mediaElement().src = url;
  start();
}

/** Whether it shall run when it is there: a film that was paused stays so through a choice. */
let runs = true;

function start() {
  if (runs) play();
}

/** Something else is wanted of the same film: another quality, another sound, subtitles in the picture. @param {Wish} chosen */
export async function choose(chosen) {
  const item = current.value;
  if (!item) return;
  wish = wishAfter(wish, chosen);
  await again(item);
}

/** The same film from here, with what is wanted and possible now. @param {Media} item */
async function again(item) {
  const media = mediaElement();
  startsAt.value = position.value;
  runs = !media.paused || isStale;
  restHls();
  if (failure.value !== null || media.error) waiting.value = true;
  failure.value = null;
  const before = plan.value;
  turn += 1;
  const mine = turn;
  isStale = false;
  // First the old one ends: an encoder that is free is what the next one may need.
  await endSession();
  if (mine !== turn) return;
  plan.value = before;
  await ask(item, mine);
  runs = true;
}

/** Tries again what has failed, from where it was. */
export async function retry() {
  const item = current.value;
  if (!item) return;
  failures = 0;
  device = await thisDevice();
  isStale = true;
  await again(item);
}

/** When the server ended what played, as often as it happened of late, ms. @type {number[]} */
let losses = [];

/** What plays is gone at its source: the same is asked for again from here. */
export function lose() {
  const item = current.value;
  if (!item) return;
  const now = Date.now();
  losses = [...losses.filter((at) => now - at < LOSSES_WITHIN_MS), now];
  if (losses.length > MOST_LOSSES) {
    losses = [];
    restHls();
    return fail(t("player.lostAgain"));
  }
  isStale = true;
  restHls();
  if (!mediaElement().paused) void again(item);
}

/** Asks for another way after the browser could not play what it said it could.
 *  @param {"source" | "decode"} what the source was refused, or playing it failed @returns {Promise<boolean>} whether there is one */
export async function recover(what) {
  const item = current.value;
  if (!item || !device || device.hls === "none" || failures >= 3 || plan.value?.video?.to) return false;
  failures += 1;
  const { containers } = device;
  if (what === "source" && failures === 1) device = { ...device, containers: containers.filter((name) => name === "mp4" && item.container !== "mp4") };
  else {
    for (const codec of [item.video?.codec, ...item.audio.map((track) => track.codec)]) if (codec) device = without(device, codec);
    device = { ...device, containers: [] };
  }
  isStale = true;
  await again(item);
  return true;
}

/** What went wrong on the way to the server: its own sentence, or that there was no way, which is tried again when it is back.
 *  @param {unknown} error @param {() => void} [again] */
export function failBy(error, again = () => void retry()) {
  const hasSaid = error instanceof ApiError && error.status !== 0;
  fail(hasSaid ? error.message : t("player.interrupted"));
  goesOn = hasSaid ? null : again;
}

function goOn() {
  const act = failure.peek() === null ? null : goesOn;
  goesOn = null;
  act?.();
}

addEventListener("online", goOn);
effect(() => void (connected.value && goOn()));

/** @param {string} message */
export function fail(message) {
  goesOn = null;
  waiting.value = false;
  releaseFrame();
  failure.value = message;
  announce(message);
}

/** The last that can be said where nothing plays. */
export const refuse = () => current.value && fail(cannotPlay(current.value));

/** Ends what the server does for this player. */
export function dismiss() {
  turn += 1;
  plan.value = null;
  pictured.value = false;
  isStale = false;
  letHlsGo();
  releaseFrame();
  void endSession();
}

whenMade((media) => {
  media.addEventListener("playing", releaseFrame);
  media.addEventListener("seeked", () => media.paused && releaseFrame());
  media.addEventListener("loadeddata", () => (pictured.value = true));
  media.addEventListener("playing", countChannels, { once: true });
  media.addEventListener("play", () => {
    const item = current.value;
    if (isStale && item && media.readyState >= 1) void again(item);
  });
  addEventListener("pagehide", () => {
    if (plan.value?.session) isStale = true;
    void endSession();
  });
});
