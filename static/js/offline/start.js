/** What makes the app work without a network, begun when the page has nothing better to do. */
import { effect } from "@preact/signals";
import { jobs, me, reviewCount } from "../store.js";
import { db } from "./database.js";
import { work } from "./fetching.js";
import { keepNewest } from "./newest.js";
import { catchUp, deliver } from "./outbox.js";
import { renew } from "./push.js";
import { keepShell } from "./shell.js";
import { canKeep, loadShelf } from "./shelf.js";

export async function start() {
  const user = me.value;
  if (!user || !canKeep()) return;
  await navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" });
  await db.setOwner(user.id);
  await loadShelf();
  addEventListener("online", () => void deliver());
  void work();
  effect(showBadge);
  await renew().catch(() => undefined);
  await deliver();
  await keepShell();
  await keepNewest().catch(() => undefined);
  await catchUp();
}

/** How much waits for a person, on the icon of the app: what is to be settled, and what failed. */
function showBadge() {
  const failed = (jobs.value ?? []).filter((job) => job.status === "failed").length;
  const waiting = reviewCount.value + failed;
  const shown = waiting ? navigator.setAppBadge?.(waiting) : navigator.clearAppBadge?.();
  shown?.catch(() => undefined);
}
