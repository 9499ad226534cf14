/** Messages to this browser: asking for them, choosing of what, ending them. */
import { call } from "../api.js";
import { me } from "../store.js";
import { language } from "../strings.js";

/**
 * @typedef {"disc_done" | "disc_needs_you" | "new_episode" | "lane_died" | "disk_full" | "job_failed"} Topic
 * @typedef {{ id: string, device: string, topics: Topic[], created_at: number, failures: number }} ToldBrowser
 * @typedef {{ public_key: string, topics: Topic[], browsers: ToldBrowser[] }} PushState
 */

/** What this browser keeps of its own choice, so that it finds itself in the list. @typedef {{ id: string, user: string, topics: Topic[] }} Own */
const OWN = "told-browser";

/** @param {import("../api.js").Options} [options] @returns {Promise<PushState>} */
export const pushState = (options) => call("GET", "/api/me/push", undefined, options);

/** Whether this browser can be told at all. */
export const canBeTold = () => isSecureContext && "serviceWorker" in navigator && "PushManager" in globalThis && "Notification" in globalThis;

/** @returns {Own | null} */
function own() {
  try {
    const kept = JSON.parse(localStorage.getItem(OWN) ?? "null");
    return typeof kept?.id === "string" && Array.isArray(kept.topics) ? kept : null;
  } catch {
    return null;
  }
}

/** @param {ToldBrowser} told */
const keepOwn = ({ id, topics }) => localStorage.setItem(OWN, JSON.stringify({ id, topics, user: me.value?.id ?? "" }));

/** @param {PushState} state @returns {ToldBrowser | null} */
export const ownBrowser = (state) => state.browsers.find((browser) => browser.id === own()?.id) ?? null;

/** Tells the server again where this browser is: its address and the session may have changed since. */
export async function renew() {
  const kept = own();
  if (!kept || kept.user !== me.value?.id || !canBeTold() || Notification.permission !== "granted") return;
  const subscription = await (await navigator.serviceWorker.ready).pushManager.getSubscription();
  if (subscription) keepOwn(await tell(subscription, kept.topics));
}

/** Asks the browser and then the server; null when the person says no. @param {PushState} state @returns {Promise<ToldBrowser | null>} */
export async function beTold(state) {
  if ((await Notification.requestPermission()) !== "granted") return null;
  await navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" });
  const worker = await navigator.serviceWorker.ready;
  const wanted = bytesOf(state.public_key);
  let subscription = await worker.pushManager.getSubscription();
  if (subscription && !isSame(subscription.options.applicationServerKey, wanted)) {
    await subscription.unsubscribe();
    subscription = null;
  }
  subscription ??= await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: wanted });
  const told = await tell(subscription, state.topics);
  keepOwn(told);
  return told;
}

/** @param {PushSubscription} subscription @param {Topic[]} topics @returns {Promise<ToldBrowser>} */
function tell(subscription, topics) {
  const { endpoint, keys } = subscription.toJSON();
  const code = language.startsWith("de") ? "de" : "en";
  return call("POST", "/api/me/push", { endpoint, p256dh: keys?.p256dh, auth: keys?.auth, language: code, topics });
}

/** @param {string} id @param {Topic[]} topics */
export async function chooseTopics(id, topics) {
  keepOwn(await call("PUT", "/api/me/push", { id, topics }));
}
/** @param {string} id */
export const tryOut = (id) => call("POST", "/api/me/push/test", { id });
/** @param {string} id */
export const endBrowser = (id) => call("DELETE", `/api/me/push/${encodeURIComponent(id)}`, undefined, { keepalive: true });

/** Ends the messages to this browser, at the browser itself; the server forgets it with the session. */
export async function endHere() {
  localStorage.removeItem(OWN);
  const worker = await navigator.serviceWorker.getRegistration();
  await (await worker?.pushManager?.getSubscription())?.unsubscribe();
}

/** @param {string} text base64url */
function bytesOf(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (char) => char.charCodeAt(0));
}

/** @param {ArrayBuffer | null} one @param {Uint8Array} other */
function isSame(one, other) {
  const bytes = new Uint8Array(one ?? new ArrayBuffer(0));
  return bytes.length === other.length && bytes.every((value, index) => value === other[index]);
}
