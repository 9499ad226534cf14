/** What makes the app work without a network, begun when the page has nothing better to do. */
import { effect } from "@preact/signals";
import { jobs, me, reviewCount } from "../store.js";
import { db } from "./database.js";
import { work } from "./fetching.js";
import { catchUp, sendPlaces } from "./outbox.js";
import { renew } from "./push.js";
import { canKeep, loadShelf } from "./shelf.js";

export async function start() {
  const user = me.value;
  if (!user || !canKeep()) return;
  await navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" });
  await db.setOwner(user.id);
  await loadShelf();
  addEventListener("online", () => void sendPlaces());
  void work();
  effect(showBadge);
  await renew().catch(() => undefined);
  await sendPlaces();
  await catchUp();
  await keepShell();
}

/** How much waits for a person, on the icon of the app: what is to be settled, and what failed. */
function showBadge() {
  const failed = (jobs.value ?? []).filter((job) => job.status === "failed").length;
  const waiting = reviewCount.value + failed;
  const shown = waiting ? navigator.setAppBadge?.(waiting) : navigator.clearAppBadge?.();
  shown?.catch(() => undefined);
}

/** Hands the worker the files of this version of the app, which the browser has fetched already. */
async function keepShell() {
  // What opens without a network must be here before there is none.
  await Promise.all([import("./app.js"), import("../strings_pages.js")]);
  const version = /\/static\/v\/([0-9a-f]{12})\//.exec(import.meta.url)?.[1];
  const sheet = new URL("../../css/components/offline.css", import.meta.url).href;
  const fetched = performance.getEntriesByType("resource").map((entry) => entry.name);
  const urls = [...new Set([...fetched, sheet])].filter((url) => url.startsWith(location.origin) && url.includes(`/static/v/${version}/`));
  const { active } = await navigator.serviceWorker.ready;
  if (version) active?.postMessage({ type: "keep-shell", version, urls: urls.map((url) => url.split("#")[0]) });
}
