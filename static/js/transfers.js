/** Files on their way from this device: what the pages know that do not send them. */
import { computed, signal } from "@preact/signals";

/**
 * @typedef {"waiting" | "sending" | "away" | "paused" | "arriving" | "done" | "bad"} TransferState away: the connection is
 *   gone, it is tried again by itself; arriving: all of it is there, the server looks at it
 * @typedef {{ id: number, name: string, folder: string, size: number, sent: number, speed: number | null,
 *   state: TransferState, message: string | null, href: string | null, again: boolean }} Transfer sizes in bytes, speed in
 *   bytes a second; `again` says that trying again may help
 */

export const transfers = signal(/** @type {Transfer[]} */ ([]));
/** Grows whenever the server has news of a file that arrived. */
export const arrivalRevision = signal(0);

/** @param {Transfer} one */
export const isOnTheWay = (one) => one.state === "waiting" || one.state === "sending" || one.state === "away";

/** 0..100 over all that is under way, null when nothing is. */
export const transferProgress = computed(() => {
  if (!transfers.value.some(isOnTheWay)) return null;
  const [sent, size] = transfers.value.filter((one) => one.state !== "bad").reduce(([sent, size], one) => [sent + one.sent, size + one.size], [0, 1]);
  return (sent / size) * 100;
});
