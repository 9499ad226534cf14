/** Days and months of pictures as people say them. The day is where the picture was taken, whatever the time here. */
import { language } from "./strings.js";

/** "Friday, 14 August 2026", without the year in the current one @param {string} day "2026-08-14" @param {number} [now] ms */
export function dayName(day, now = Date.now()) {
  const at = dateOf(day);
  if (!at) return day;
  const thisYear = at.getUTCFullYear() === new Date(now).getFullYear();
  return at.toLocaleDateString(language, {
    weekday: "short",
    day: "numeric",
    month: "short",
    timeZone: "UTC",
    ...(!thisYear && { year: "numeric" }),
  });
}

/** "August 2026" @param {string} month "2026-08" */
export function monthName(month) {
  const at = dateOf(`${month}-01`);
  return at ? at.toLocaleDateString(language, { month: "long", year: "numeric", timeZone: "UTC" }) : month;
}

/** @param {string} day */
function dateOf(day) {
  const at = new Date(`${day}T00:00:00Z`);
  return Number.isNaN(at.getTime()) ? null : at;
}
