/** What is on this device of the person who uses it: shown, removed with the way back, forgotten at the sign-out. */
import { computed, signal } from "@preact/signals";
import { keep as remember, kept } from "../kept.js";
import { me, toast } from "../store.js";
import { t } from "../strings_offline.js";
import { db, pieces } from "./database.js";
import { shown } from "./records.js";

/** @import { Item } from "./records.js" */

/** Where the keys stand of what is being taken off: it goes although the page may go first. */
const GOING = "offline-going";

/** Everything that this browser holds; null until it was looked at. */
const all = signal(/** @type {Item[] | null} */ (null));
export const owner = signal(/** @type {string | null} */ (null));
/** Taken away a moment ago, and gone once nobody takes that back. */
const leaving = signal(/** @type {ReadonlySet<string>} */ (new Set()));
export const items = computed(() => all.value && shown(all.value.filter((item) => !leaving.value.has(item.key)), owner.value));
/** How much room there is, bytes; null where the browser does not tell. */
export const room = signal(/** @type {{ used: number, left: number, kept: boolean } | null} */ (null));

/** True where a browser can hold things at all: over https, or on the machine itself. */
export const canKeep = () => isSecureContext && "serviceWorker" in navigator && "caches" in globalThis && "indexedDB" in globalThis;

export async function loadShelf() {
  if (!canKeep()) return void (all.value = []);
  await dropGoing();
  owner.value = await db.owner();
  all.value = await db.items();
  await measure();
}

/** Knows whose device this is before anything is taken along. */
export async function knowShelf() {
  if (me.value && canKeep()) await db.setOwner(me.value.id);
  if (items.value === null) await loadShelf();
}

export async function measure() {
  const told = await navigator.storage?.estimate?.().catch(() => null);
  if (!told?.quota) return;
  const used = (all.value ?? []).reduce((sum, item) => sum + item.have, 0);
  room.value = { used, left: Math.max(0, told.quota - (told.usage ?? 0)), kept: Boolean(await navigator.storage.persisted?.()) };
}

/** @param {string} media @returns {Item | null} */
export const itemOf = (media) => items.value?.find((item) => item.media === media) ?? null;

/** Notes what is known of an item now. @param {Item} item */
export async function keep(item) {
  await db.putItem(item);
  show(item);
}

/** Shows a change that need not be remembered. @param {Item} item */
export function show(item) {
  if (all.value === null) return;
  const rest = (all.value ?? []).filter((one) => one.key !== item.key);
  all.value = [...rest, item];
}

/** Changes what is there, if it still is. @param {string} key @param {Partial<Item>} change @returns {Promise<Item | null>} */
export async function change(key, change) {
  const item = await db.item(key);
  if (!item) return null;
  const fresh = { ...item, ...change };
  await keep(fresh);
  return fresh;
}

/**
 * Takes things off this device, unless that is taken back while the message stands.
 * @param {Item[]} some @param {{ title: string, back?: () => unknown }} how `back` is called when it was taken back
 */
export function takeOff(some, { title, back }) {
  const keys = new Set(some.map((item) => item.key));
  leaving.value = new Set([...leaving.value, ...keys]);
  const stay = () => void (leaving.value = new Set([...leaving.value].filter((key) => !keys.has(key))));
  const leave = async () => {
    setGoing([...going(), ...keys]);
    await dropGoing([...keys]);
    stay();
  };
  toast(t("offline.removed", { title }), {
    action: t("action.undo"),
    run: () => {
      stay();
      back?.();
    },
    gone: () => void leave(),
  });
}

/** @returns {string[]} */
const going = () => (kept(GOING) ?? "").split(" ").filter(Boolean);

/** @param {string[]} keys */
const setGoing = (keys) => remember(GOING, keys.join(" "));

async function dropGoing(keys = going()) {
  for (const key of keys) {
    await drop(key);
    setGoing(going().filter((one) => one !== key));
  }
}

/** True while something is being taken off. @param {string} key */
export const isLeaving = (key) => leaving.value.has(key);

/** @param {string} key */
export async function drop(key) {
  await db.dropItem(key);
  await pieces.drop(key);
  all.value = all.value?.filter((item) => item.key !== key) ?? null;
  await measure();
}

/** Removes all that a person has here. @param {string} user */
export async function forget(user) {
  for (const item of await db.items()) if (item.user === user) await drop(item.key);
  for (const place of await db.places()) if (place.user === user) await db.dropPlace(place.key);
  for (const mark of await db.marks()) if (mark.user === user) await db.dropMark(mark.key);
  for (const rule of await db.rules()) if (rule.user === user) await db.dropRule(rule.key);
  if ((await db.owner()) === user) await db.setOwner(null);
  owner.value = await db.owner();
}
