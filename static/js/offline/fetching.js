/** Brings things onto this device, one after the other and piece by piece: a lost line costs one piece at most. */
import { call } from "../api.js";
import { marking } from "../api_highlights.js";
import { reading } from "../api_reading.js";
import { isText } from "../words.js";
import { t } from "../strings_offline.js";
import { db, pieces } from "./database.js";
import { fits } from "./fits.js";
import { hasPicture, newItem, newText, nextRange, wholeSize } from "./records.js";
import { change, drop, isLeaving, items, keep, measure, owner, show } from "./shelf.js";
import { keepReader, readThrough } from "./shell.js";
import { bringPart } from "./text_parts.js";

/** @import { Media } from "../types.js" */
/** @import { Item, Quality } from "./records.js" */

/** How long to wait after a line that broke, ms: at first, and at most. */
const PAUSE = 2_000;
const LONGEST_PAUSE = 60_000;
/** How often to ask how far a version is that is being made, ms. */
const ASK_EVERY = 2_000;
/** A picture is small and never worth waiting for, ms. */
const PICTURE_MS = 15_000;

/** What is fetched now. @type {{ key: string, stop: AbortController } | null} */
let current = null;
let isRunning = false;

/** @param {Media} media */
export const playsAsItIs = (media) => !hasPicture(media) || fits(media, (type) => document.createElement("video").canPlayType(type));

/** @typedef {Pick<Item, "batch" | "rule">} Why what it is taken along with, or because of */

/** Takes something along. @param {Media} media @param {Quality} quality @param {Why} [why] */
export async function take(media, quality, why) {
  if (isText(media)) return takeText(media, why);
  return begin((user, now) => newItem(user, media, quality, now), why);
}

/** @param {{ id: string, media_type: string }} media an article or a book @param {Why} [why] */
export async function takeText({ id, media_type }, why) {
  const [text, { highlights }] = await Promise.all([media_type === "article" ? reading.article(id) : reading.book(id), marking.list(id)]);
  return begin((user, now) => newText(user, text, highlights, now), why);
}

/** When something was taken last: what is taken together keeps its order, ms. */
let latest = 0;

/** @param {(user: string, now: number) => Item} make @param {Why} [why] */
async function begin(make, why) {
  const user = owner.value;
  if (!user) return;
  // Asked for once there is something to lose: browsers say yes to what is used, or ask the person.
  void navigator.storage?.persist?.().catch(() => false);
  latest = Math.max(Date.now(), latest + 1);
  await keep({ ...make(user, latest), ...why });
  void work();
}

/** @param {Item} item */
export async function pause(item) {
  await change(item.key, { state: "paused" });
  if (current?.key === item.key) current.stop.abort();
}

/** Goes on where it stopped. @param {Item} item */
export async function goOn(item) {
  await change(item.key, { state: item.quality === "original" || item.size ? "loading" : "preparing", error: null });
  void work();
}

/** @param {Item} item */
export async function cancel(item) {
  if (current?.key === item.key) current.stop.abort();
  await drop(item.key);
}

/** Does what there is to do, in one window only. */
export async function work() {
  if (isRunning) return;
  isRunning = true;
  try {
    await navigator.locks.request("on-this-device", async () => {
      for (let item = nextItem(); item; item = nextItem()) await bring(item);
    });
  } finally {
    isRunning = false;
  }
}

/** What was begun first; what can be fetched before what must be made first. */
function nextItem() {
  const open = (items.value ?? []).filter((item) => item.state === "loading" || item.state === "preparing");
  open.sort((a, b) => Number(a.state === "preparing") - Number(b.state === "preparing") || a.added_at - b.added_at);
  return open[0] ?? null;
}

/** @param {Item} item */
async function bring(item) {
  const stop = new AbortController();
  current = { key: item.key, stop };
  let failures = 0;
  try {
    while (!stop.signal.aborted) {
      try {
        const now = await db.item(item.key);
        if (!now || isLeaving(item.key) || now.state === "paused") return;
        if (now.state === "preparing") await prepare(now, stop.signal);
        else if (now.todo ? await part(now, stop.signal) : await piece(now, stop.signal)) return;
        failures = 0;
      } catch (error) {
        if (stop.signal.aborted) return;
        if (!isPassing(error)) return void (await change(item.key, { state: "failed", error: sentence(error) }));
        failures += 1;
        await wait(Math.min(PAUSE * 2 ** (failures - 1), LONGEST_PAUSE), stop.signal);
      }
    }
  } finally {
    current = null;
    await measure();
  }
}

/** Asks how far the version is, and waits. @param {Item} item @param {AbortSignal} signal */
async function prepare(item, signal) {
  const version = await call("POST", `/api/media/${item.media}/prepare`, { quality: item.quality }, { signal });
  if (version.state === "failed") throw new Refused(version.reason ?? t("offline.cannotPrepare"));
  if (version.state === "ready") return void (await change(item.key, { state: "loading", size: version.size_bytes, percent: 100 }));
  show({ ...item, percent: version.percent });
  await wait(ASK_EVERY, signal);
}

/** Fetches the next file of a text; true once all are here. @param {Item} item @param {AbortSignal} signal */
async function part(item, signal) {
  if (item.got?.length && !item.todo?.length) return finish(item);
  const news = await bringPart(item, signal);
  if ("status" in news) throw refused(news.status);
  if (news.todo?.length) return void (await change(item.key, news));
  return finish({ ...item, ...news, size: news.have ?? item.have });
}

/** Fetches the next piece; true once all are here. @param {Item} item @param {AbortSignal} signal */
async function piece(item, signal) {
  if (item.size > 0 && item.have >= item.size) return finish(item);
  const number = Math.floor(item.have / item.piece);
  /** @type {Record<string, string>} */
  const headers = { Range: nextRange(item) };
  if (item.tag && item.have) headers["If-Range"] = item.tag;
  const answer = await fetch(item.url, { headers, credentials: "same-origin", cache: "no-store", signal });
  if (answer.status === 200 && item.have) {
    // The file is another one now: what is here of the old one is of no use.
    await answer.body?.cancel();
    await pieces.drop(item.key);
    await change(item.key, { have: 0, tag: "", state: item.quality === "original" ? "loading" : "preparing" });
    return false;
  }
  if (answer.status === 404 && item.quality !== "original") {
    await change(item.key, { state: "preparing", have: 0, tag: "" });
    return false;
  }
  if (answer.status !== 206) throw refused(answer.status);
  const size = wholeSize(answer.headers.get("Content-Range")) ?? item.size;
  const bytes = await answer.blob();
  if (bytes.size !== Math.min(item.piece, size - item.have)) throw new TypeError("The line broke.");
  await pieces.put(item.key, number, bytes);
  const have = item.have + bytes.size;
  const news = { have, size, type: answer.headers.get("Content-Type") ?? "", tag: answer.headers.get("ETag") ?? "" };
  if (have < size) return !(await change(item.key, news));
  return finish({ ...item, ...news });
}

/** All of it is here: what shows it comes along, then it counts. @param {Item} item as it is now @returns {Promise<true>} */
async function finish(item) {
  const { have, size, type, tag, todo, got } = item;
  const has_picture = await keepPicture(item);
  await change(item.key, { have, size, type, tag, ...(todo && got && { todo, got }), has_picture });
  if (item.text) await keepReader(item.text);
  if (type === "application/pdf") await readThrough(item.media).catch(() => undefined);
  await change(item.key, { state: "ready" });
  return true;
}

/** @param {Item} item @returns {Promise<boolean>} */
async function keepPicture(item) {
  try {
    if (!item.picture) return false;
    const answer = await fetch(item.picture, { signal: AbortSignal.timeout(PICTURE_MS) });
    if (!answer.ok) return false;
    await pieces.put(item.key, "picture", await answer.blob());
    return true;
  } catch {
    return false;
  }
}

/** @param {number} status */
const refused = (status) => new Refused(status === 401 ? t("offline.signIn") : t("offline.gone"), status >= 500 || status === 429);

/** What a person is told. */
class Refused extends Error {
  /** @param {string} message @param {boolean} [passing] whether it may work later */
  constructor(message, passing = false) {
    super(message);
    this.passing = passing;
  }
}

/** Whether the same may work later. @param {any} error */
function isPassing(error) {
  if (error instanceof Refused) return error.passing;
  if (error?.name === "QuotaExceededError") return false;
  return error?.status === undefined || error.status === 0 || error.status === 429 || error.status >= 500;
}

/** @param {any} error */
const sentence = (error) => (error?.name === "QuotaExceededError" ? t("offline.noRoom") : (error?.message ?? t("error.unexpected")));

/** Waits, at most until the line is back. @param {number} ms @param {AbortSignal} signal */
function wait(ms, signal) {
  return new Promise((/** @type {(value: void) => void} */ done) => {
    const end = () => {
      clearTimeout(timer);
      removeEventListener("online", end);
      signal.removeEventListener("abort", end);
      done();
    };
    const timer = setTimeout(end, ms);
    addEventListener("online", end);
    signal.addEventListener("abort", end);
  });
}
