/** Where one was while the server could not be told: kept here, and sent when it can. Of two places the newer counts. */
import { marking } from "../api_highlights.js";
import { call } from "../api.js";
import { db } from "./database.js";
import { sendMarks, waits } from "./marks.js";
import { newerPlace } from "./records.js";
import { change, drop, items } from "./shelf.js";

/** @import { Item } from "./records.js" */

/** Notes a place and tries to tell it. @param {Pick<Item, "key" | "user" | "media">} item @param {number} position seconds @param {number} duration seconds */
export async function notePlace(item, position, duration) {
  const at = Date.now();
  await change(item.key, { position, position_at: at });
  await db.putPlace({ key: item.key, user: item.user, media: item.media, position, duration, at });
  if (navigator.onLine) await deliver();
}

/** Tells the server all that waits, in one window only. */
export async function deliver() {
  const user = await db.owner();
  if (!user) return;
  await navigator.locks.request("telling", async () => {
    await sendPlaces(user);
    await sendMarks(user);
  });
}

/** @param {string} user */
async function sendPlaces(user) {
  for (const place of await db.places()) {
    if (place.user !== user) continue;
    try {
      const { position, duration, at } = place;
      await call("PUT", `/api/media/${place.media}/progress`, { position, duration, at }, { quiet: true });
    } catch (error) {
      if (waits(error)) return;
      // It is gone, or nothing that one may see: there is nobody to tell.
    }
    const now = (await db.places()).find((one) => one.key === place.key);
    if (now?.at === place.at) await db.dropPlace(place.key);
  }
}

/** Learns where one went on elsewhere, and lets go of what one may not see any more. */
export async function catchUp() {
  for (const item of items.value ?? []) {
    if (item.state !== "ready") continue;
    try {
      const media = await call("GET", `/api/media/${item.media}`, undefined, { quiet: true });
      const fresh = newerPlace(item, media.progress);
      if (fresh !== item) await change(item.key, { position: fresh.position, position_at: fresh.position_at });
      if (item.text) await change(item.key, { marks: (await marking.list(item.media, { quiet: true })).highlights });
    } catch (error) {
      if (/** @type {any} */ (error)?.status !== 404) return;
      await drop(item.key);
    }
  }
}
