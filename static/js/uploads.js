/** Sends files from this device into the library: a few at a time, and on again after every break. */
import { effect, signal } from "@preact/signals";
import { inOurWords } from "./api.js";
import { content } from "./api_content.js";
import { shelves } from "./api_library.js";
import { isJunk, LIST_BYTES, useOf } from "./dropped_files.js";
import { size } from "./format.js";
import { announce, putJob } from "./store.js";
import { t } from "./strings_library.js";
import { t as said } from "./strings_undo.js";
import { TransferRate } from "./transfer_rate.js";
import { arrivalRevision, isOnTheWay, transfers } from "./transfers.js";
import { ask } from "./transport.js";
import { base64, pauseSeconds, sendFile, TusError } from "./tus.js";
import { parked } from "./undoing.js";
import { forgetUpload, keyOf, recallUpload, rememberUpload } from "./upload_memory.js";

/** @import { Added } from "./types.js" */
/** @import { Arrival, UploadLimits } from "./types_library.js" */
/** @import { Found } from "./dropped_folders.js" */
/** @import { Transfer } from "./transfers.js" */

const ADDRESS = "/api/upload";
/** Two fill a line; more would only get into each other's way. */
const AT_ONCE = 2;
/** How often one asks for the end of what is still being received. */
const PATIENCE = 8;
/** How often the page is drawn while bytes flow, ms. */
const DRAW_MS = 150;

/**
 * What is behind a row. @typedef {{ file: File, library: string, address: string | null, rate: TransferRate,
 *   control: AbortController | null, arrival: string | null }} Sending
 */

/** What the rows say, as it is at this moment; what is drawn may be a little older. @type {Map<number, Transfer>} */
const known = new Map();
/** @type {Map<number, Sending>} */
const behind = new Map();
/** Who is next; some may have been paused or dropped meanwhile. @type {number[]} */
let queue = [];
/** Those that leave the list when the way back is no longer offered. @type {Set<number>} */
const dropping = new Set();
let last = 0;
let running = 0;
/** @type {Promise<UploadLimits> | null} */
let limits = null;

/**
 * Lists are read at once; everything else is sent.
 * @param {Found[]} found
 * @param {{ library?: string, address?: string | null }} [where] the library that they go to, "" lets their content decide;
 *   `address` of the upload that the one file goes on with
 */
export function takeFiles(found, { library = "", address = null } = {}) {
  const wanted = found.filter(({ file, folder }) => !isJunk(file.name, folder));
  if (!wanted.length) return;
  limits = null;
  watchArrivals();
  for (const { file, folder } of wanted) {
    last += 1;
    behind.set(last, { file, library, address, rate: new TransferRate(), control: null, arrival: null });
    known.set(last, {
      id: last,
      name: file.name,
      folder,
      size: file.size,
      sent: 0,
      speed: null,
      state: "waiting",
      message: null,
      href: null,
      again: false,
    });
    queue.push(last);
  }
  draw();
  announce(t("upload.taken", { count: wanted.length }));
  pump();
}

/** Keeps what is there and waits for a person. @param {number} id */
export function pauseTransfer(id) {
  change(id, { state: "paused", speed: null, message: null });
  behind.get(id)?.control?.abort();
}

/** @param {number} id */
export function resumeTransfer(id) {
  change(id, { state: "waiting", message: null, again: false });
  queue.push(id);
  pump();
}

export function pauseAll() {
  for (const one of known.values()) if (isOnTheWay(one)) pauseTransfer(one.id);
}

export function resumeAll() {
  for (const one of known.values()) if (one.state === "paused") resumeTransfer(one.id);
}

/** Takes a file off the list, with the way back: until that is gone it only waits out of sight. @param {number} id */
export function dropTransfer(id) {
  const one = known.get(id);
  if (!one) return;
  if (one.state === "done") return giveUpTransfer(id);
  if (isOnTheWay(one)) pauseTransfer(id);
  dropping.add(id);
  drawSoon();
  const back = () => {
    dropping.delete(id);
    if (isOnTheWay(one)) resumeTransfer(id);
    drawSoon();
  };
  parked(said("parked.upload", { name: one.name }), { act: async () => giveUpTransfer(id), back });
}

/** What was sent of a file is given up. @param {number} id */
function giveUpTransfer(id) {
  dropping.delete(id);
  const sending = behind.get(id);
  const one = known.get(id);
  sending?.control?.abort();
  behind.delete(id);
  known.delete(id);
  drawSoon();
  if (!sending || !one) return;
  forgetUpload(localStorage, keyOf(sending.file, one.folder));
  if (sending.address && one.state !== "done" && one.state !== "arriving") void giveUp(sending.address);
}

/** Takes everything off the list that has ended. */
export function dropEnded() {
  for (const { id, state } of known.values()) {
    if (state !== "done" && state !== "bad") continue;
    behind.delete(id);
    known.delete(id);
  }
  draw();
}

/** Gives up what the server has of an upload; the last bytes may still be on their way. @param {string} address */
export async function giveUp(address) {
  for (let attempt = 1; attempt <= PATIENCE; attempt += 1) {
    const { status } = await ask("DELETE", address, { headers: { "Tus-Resumable": "1.0.0" } });
    if (![0, 409, 423].includes(status)) return;
    await new Promise((resolve) => setTimeout(resolve, attempt * 500));
  }
}

/** @param {string} upload its id */
export const addressOf = (upload) => `${ADDRESS}/${encodeURIComponent(upload)}`;

/** Uploads of the server that this page is sending just now. */
export const arrivalsHere = () => new Set([...behind.values()].map((one) => one.arrival ?? idOf(one.address)));

/** @param {string | null} address */
const idOf = (address) => address && decodeURIComponent(address.slice(address.lastIndexOf("/") + 1));

function pump() {
  let at = 0;
  for (; at < queue.length && running < AT_ONCE; at += 1) {
    const one = known.get(queue[at] ?? 0);
    if (one?.state !== "waiting") continue;
    running += 1;
    void run(one).finally(() => {
      running -= 1;
      pump();
    });
  }
  queue = queue.slice(at);
}

/** @param {Transfer} one */
async function run({ id, name, folder }) {
  const sending = behind.get(id);
  if (!sending) return;
  // A pause that was taken back at once: the attempt before has not quite ended.
  sending.control?.abort();
  const control = new AbortController();
  sending.control = control;
  change(id, { state: "sending" });
  try {
    const use = folder ? "media" : useOf(name);
    if (use === "media") await send(id, sending, folder, control.signal);
    else change(id, { sent: sending.file.size, state: "done", ...(await readList(sending.file, use)) });
  } catch (error) {
    if (!control.signal.aborted) change(id, { state: "bad", speed: null, again: mayTryAgain(error), message: wordsFor(error) });
  } finally {
    if (sending.control === control) sending.control = null;
  }
}

/** @param {number} id @param {Sending} sending @param {string} folder @param {AbortSignal} signal */
async function send(id, sending, folder, signal) {
  const { file } = sending;
  limits ??= shelves.uploads().then((answer) => answer.limits);
  const most = await limits.catch((error) => {
    limits = null;
    throw error;
  });
  signal.throwIfAborted();
  refuse(file, most);
  const key = keyOf(file, folder);
  const address = await sendFile(ask, file, {
    url: ADDRESS,
    address: sending.address ?? recallUpload(localStorage, key),
    metadata: { name: file.name, folder, library: sending.library },
    chunkBytes: most.chunk_bytes,
    checksum: isSecureContext ? sha256 : null,
    signal,
    pause: (failures, seconds, stop) => wait(Math.max(seconds ?? 0, pauseSeconds(failures)), file, stop),
    onAddress: (address) => {
      sending.address = address;
      rememberUpload(localStorage, key, address);
    },
    onProgress: (sent) => {
      sending.rate.add(performance.now(), sent);
      change(id, { state: "sending", sent, speed: sending.rate.perSecond, message: null });
    },
    onTrouble: (error) => {
      sending.rate.clear();
      change(id, { state: "away", speed: null, message: error.status ? wordsFor(error) : null });
    },
  });
  sending.address = address;
  sending.arrival = idOf(address);
  forgetUpload(localStorage, key);
  change(id, { sent: file.size, state: "arriving", speed: null, message: null });
  arrivalRevision.value += 1;
}

/** What the server would refuse after all. @param {File} file @param {UploadLimits} limits */
function refuse(file, { max_bytes, free_bytes, quota_left_bytes }) {
  if (!file.size) throw new Error(t("upload.empty"));
  if (file.size > max_bytes) throw new Error(t("upload.tooBig", { most: size(max_bytes) }));
  if (free_bytes !== null && file.size > free_bytes) throw new Error(t("upload.noRoom", { free: size(free_bytes) }));
  if (quota_left_bytes !== null && file.size > quota_left_bytes) throw new Error(t("upload.noQuota", { left: size(quota_left_bytes) }));
}

/** @param {Blob} chunk */
async function sha256(chunk) {
  return base64(new Uint8Array(await crypto.subtle.digest("SHA-256", await chunk.arrayBuffer())));
}

/** Waits, but not when the network is back before; fails when the file has gone meanwhile.
 *  @param {number} seconds @param {File} file @param {AbortSignal} [stop] */
async function wait(seconds, file, stop) {
  await file.slice(0, 1).arrayBuffer();
  await new Promise((resolve) => {
    const timer = setTimeout(resolve, seconds * 1000);
    for (const event of [() => clearTimeout(timer), resolve]) {
      addEventListener("online", event, { once: true, ...(stop && { signal: stop }) });
      stop?.addEventListener("abort", event, { once: true });
    }
  });
}

/** @param {unknown} error */
function wordsFor(error) {
  if (error instanceof DOMException && error.name === "NotReadableError") return t("upload.gone");
  if (error instanceof TusError) return error.message || t(error.status === 413 ? "upload.cut" : "upload.refusedBy", { status: String(error.status) });
  return error instanceof Error ? error.message : t("error.unexpected");
}

/** @param {unknown} error */
const mayTryAgain = (error) => error instanceof TusError || (error instanceof Error && error.name === "ApiError");

/** @param {File} file @param {"podcasts" | "playlist"} use @returns {Promise<Partial<Transfer>>} */
async function readList(file, use) {
  if (file.size > LIST_BYTES) throw new Error(t("upload.tooLarge"));
  const text = await file.text();
  if (use === "podcasts") {
    const { added, existing, refused } = await content.importOpml(text);
    const told = await Promise.all(refused.map(async ({ title, reason }) => t("upload.refused", { title, reason: await inOurWords(reason) })));
    return { message: [t("upload.podcasts", { count: added, known: existing }), ...told].join(" "), href: "/podcasts" };
  }
  return words(await content.importPlaylist({ name: file.name, content: text }));
}

/** @param {Added} added @returns {Partial<Transfer>} */
function words(added) {
  if (added.job) putJob(added.job);
  const href = added.media_id ? `/item/${added.media_id}` : added.collection_id ? `/collections/${added.collection_id}` : null;
  return { message: added.existing ? t("add.existing") : t("upload.playlist"), href };
}

/** What the server has of one's files, and what may be sent; null until it is known. */
export const arrivals = signal(/** @type {{ uploads: Arrival[], limits: UploadLimits, libraries: import("./upload_into.js").OpenLibrary[] } | null} */ (null));
let watching = false;

/** Follows what the server does with the files that have arrived. Begins once. */
export function watchArrivals() {
  if (watching) return;
  watching = true;
  let asking = false;
  effect(() => {
    arrivalRevision.value;
    if (asking) return;
    asking = true;
    const told = shelves.uploads().then((answer) => {
      arrivals.value = answer;
      settle(answer.uploads);
    });
    told.catch(() => undefined).finally(() => (asking = false));
  });
  // Hints may be lost; and a page that is left while bytes flow asks first.
  setInterval(() => transfers.value.some((one) => one.state === "arriving") && (arrivalRevision.value += 1), 4000);
  addEventListener("beforeunload", (event) => transfers.value.some(isOnTheWay) && event.preventDefault());
}

/** @param {Arrival[]} arrivals */
function settle(arrivals) {
  const told = new Map(arrivals.map((one) => [one.id, one]));
  for (const one of [...known.values()]) {
    if (one.state !== "arriving") continue;
    const arrival = told.get(behind.get(one.id)?.arrival ?? "");
    if (arrival?.state === "failed") change(one.id, { state: "bad", message: arrival.reason ?? t("error.unexpected") });
    // What the list no longer has was taken off it after it had arrived.
    else if (!arrival || arrival.state === "done")
      change(one.id, { state: "done", message: arrival?.reason ?? null, href: arrival?.media_id ? `/item/${arrival.media_id}` : null });
  }
}

/** Whether a drawing is due, and when the last one was, ms. */
let drawing = false;
let drawnAt = 0;

/** News of one of many files, drawn with all others that come within a moment. @param {number} id @param {Partial<Transfer>} news */
function change(id, news) {
  const one = known.get(id);
  if (!one) return;
  known.set(id, { ...one, ...news });
  drawSoon();
}

function drawSoon() {
  if (drawing) return;
  drawing = true;
  setTimeout(draw, Math.max(0, drawnAt + DRAW_MS - performance.now()));
}

function draw() {
  drawing = false;
  drawnAt = performance.now();
  transfers.value = [...known.values()].filter((one) => !dropping.has(one.id));
}
