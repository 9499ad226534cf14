/** Thousands of files on their way, as a few rows and a sum; pure. */
import { isOnTheWay } from "./transfers.js";

/** @import { Transfer, TransferState } from "./transfers.js" */

/**
 * @typedef {{ count: number, there: number, bad: number, sent: number, size: number, speed: number | null,
 *   secondsLeft: number | null, active: boolean, paused: boolean, shown: Transfer[], hidden: number }} Overview
 *   `there` counts what has arrived; `paused` says that something waits for a person to go on
 */

/** What is shown after all that moves, pauses or failed. @type {TransferState[]} */
const REST = ["bad", "arriving", "waiting", "paused", "done"];

/** @param {Transfer[]} transfers @param {number} most rows @returns {Overview} */
export function overview(transfers, most) {
  const good = transfers.filter((one) => one.state !== "bad");
  const sent = sum(good.map((one) => one.sent));
  const size = sum(good.map((one) => one.size));
  const speeds = transfers.filter((one) => one.state === "sending").map((one) => one.speed).filter((one) => one !== null);
  const speed = speeds.length ? sum(speeds) : null;
  const left = size - sum(good.filter((one) => one.state === "paused").map((one) => one.size - one.sent)) - sent;
  const bad = first(transfers, "bad", Math.ceil(most / 2));
  // Thousands that wait for a person do not hide those that failed.
  const before = [...first(transfers, "sending", most), ...first(transfers, "away", most), ...first(transfers, "paused", most - bad.length)];
  const shown = [...new Set([...before, ...bad, ...REST.flatMap((state) => first(transfers, state, most))])].slice(0, most);
  return {
    count: transfers.length,
    there: transfers.filter((one) => one.state === "done" || one.state === "arriving").length,
    bad: transfers.length - good.length,
    sent,
    size,
    speed,
    secondsLeft: speed ? left / speed : null,
    active: transfers.some(isOnTheWay),
    paused: transfers.some((one) => one.state === "paused"),
    shown,
    hidden: transfers.length - shown.length,
  };
}

/** @param {number[]} values */
const sum = (values) => values.reduce((total, value) => total + value, 0);

/** @param {Transfer[]} transfers @param {TransferState} state @param {number} most */
function first(transfers, state, most) {
  const found = [];
  for (const one of transfers) {
    if (one.state === state) found.push(one);
    if (found.length === most) break;
  }
  return found;
}
