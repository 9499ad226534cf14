/** Numbers and times as people read them. */
import { language, t } from "./strings.js";
import { figures } from "./wording.js";

const units = /** @type {const} */ (["B", "kB", "MB", "GB", "TB"]);

/** "1 h 52 min", "4 min", "38 s" @param {number} seconds */
export function duration(seconds) {
  const total = Math.max(0, Math.round(seconds));
  if (total < 60) return t("time.seconds", { count: total });
  const minutes = Math.round(total / 60);
  if (minutes < 60) return t("time.minutes", { count: minutes });
  const rest = minutes % 60;
  const hours = t("time.hours", { count: Math.floor(minutes / 60) });
  return rest ? `${hours} ${t("time.minutes", { count: rest })}` : hours;
}

/** "12 min left" @param {number} seconds */
export const timeLeft = (seconds) => t("time.left", { time: duration(Math.max(seconds, 1)) });

/** "1:52:03" or "4:07" @param {number} seconds */
export function clock(seconds) {
  const total = Number.isFinite(seconds) ? Math.max(0, Math.floor(seconds)) : 0;
  const hours = Math.floor(total / 3600);
  const minutes = Math.floor((total % 3600) / 60);
  const rest = String(total % 60).padStart(2, "0");
  return hours ? `${hours}:${String(minutes).padStart(2, "0")}:${rest}` : `${minutes}:${rest}`;
}

/** A clock time as it is spoken: "1 hour, 2 minutes, 3 seconds" @param {number} seconds */
export function spokenClock(seconds) {
  const total = Math.max(0, Math.floor(seconds));
  const parts = [
    [Math.floor(total / 3600), "hour"],
    [Math.floor((total % 3600) / 60), "minute"],
    [total % 60, "second"],
  ];
  const said = parts.filter(([value], index) => value || index === 2);
  return said.map(([value, unit]) => measure(Number(value), String(unit))).join(", ");
}

/** @param {number} value @param {string} unit */
function measure(value, unit) {
  return new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "long" }).format(value);
}

/** Numbers with what they count stay in their order among words that run from right to left. @param {string} text */
const inOrder = (text) => (globalThis.document?.dir === "rtl" ? `\u200e${text}\u200e` : text);

/** "4.2 GB" @param {number} bytes */
export function size(bytes) {
  let value = Math.max(0, bytes);
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit > 1 && value < 9.95 ? 1 : 0;
  return inOrder(`${value.toLocaleString(language, { maximumFractionDigits: digits })} ${units[unit]}`);
}

/** "9,310" @param {number} value */
export const number = figures(language).written;

/** "62 %" of a 0..100 progress, never 100 before it is done. @param {number} progress */
export const percent = (progress) => t("percent", { value: Math.floor(Math.min(100, Math.max(0, progress))) });

const DAY = 86_400_000;

/** "2 minutes ago", "yesterday", "21 Nov 2026" @param {number} at ms @param {number} [now] ms */
export function when(at, now = Date.now()) {
  const words = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  const past = at - now;
  const age = Math.abs(past);
  if (age < 45_000) return t("time.now");
  if (age < 3_600_000) return words.format(Math.round(past / 60_000), "minute");
  if (age < DAY) return words.format(Math.round(past / 3_600_000), "hour");
  if (age < 7 * DAY) return words.format(Math.round(past / DAY), "day");
  return date(at);
}

/** "21 Nov 2026" @param {number} at ms */
export const date = (at) => new Date(at).toLocaleDateString(language, { day: "numeric", month: "short", year: "numeric" });

/** "14:05" @param {number} at ms */
export const timeOfDay = (at) => new Date(at).toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit" });

/** "English" for "eng" or "en"; the code itself when nobody knows it. @param {string} code */
export function languageName(code) {
  try {
    return new Intl.DisplayNames([language], { type: "language" }).of(code) ?? code;
  } catch {
    return code;
  }
}

/** Codes for "not said", "many" and "none". */
const NO_LANGUAGE = new Set(["", "und", "mis", "mul", "zxx"]);

/** "English, French", without what is no language @param {string[]} codes */
export const languageNames = (codes) => [...new Set(codes.filter((code) => !NO_LANGUAGE.has(code)).map(languageName))].join(", ");
