/** How slices of the library and the outlook of volumes are put into words, and which few are shown. */
import { codecName } from "./words.js";
import { size } from "./format.js";
import { t } from "./strings_storage.js";

/** @import { Forecast, Slice } from "./api_storage.js" */
/** @typedef {"kind" | "codec" | "year" | "seen" | "person"} By */

export const BY = /** @type {const} */ (["kind", "codec", "year", "seen", "person"]);
/** A picture with more parts than these shows nothing. */
const MOST = 11;

const KINDS = new Set(["movie", "episode", "track", "video", "podcast", "article", "book", "photo", "home_video", "extra"]);

/** @param {By} by @param {Slice} slice */
export function sliceName(by, slice) {
  if (slice.key === "…") return t("storage.rest");
  if (by === "kind") return KINDS.has(slice.key) ? t(/** @type {"storage.kind.movie"} */ (`storage.kind.${slice.key}`)) : slice.key;
  if (by === "codec") return slice.key ? codecName(slice.key) : t("storage.unknown");
  if (by === "seen") return t(/** @type {"storage.seen.never"} */ (`storage.seen.${slice.key}`));
  if (by === "person") return slice.name ?? (slice.key ? t("storage.gone") : t("storage.byItself"));
  return slice.key || t("storage.unknown");
}

/** The largest ones, and all others as one. @param {Slice[]} slices @returns {Slice[]} */
export function fewOf(slices) {
  const sorted = slices.filter((one) => one.size_bytes > 0).sort((one, other) => other.size_bytes - one.size_bytes);
  if (sorted.length <= MOST + 1) return sorted;
  const rest = sorted.slice(MOST);
  const sum = (/** @type {"size_bytes" | "count"} */ name) => rest.reduce((whole, one) => whole + one[name], 0);
  return [...sorted.slice(0, MOST), { key: "…", name: null, size_bytes: sum("size_bytes"), count: sum("count") }];
}

/** "Full in about 5 weeks" @param {Forecast} forecast @returns {{ text: string, note: string | null, isSoon: boolean }} */
export function outlookWords(forecast) {
  if (forecast.outlook === "unknown") return { text: t("storage.tooEarly"), note: null, isSoon: false };
  if (forecast.outlook === "steady" || forecast.full_in_days == null) return { text: t("storage.steady"), note: null, isSoon: false };
  const pace = t("storage.pace", { size: size(forecast.bytes_per_day * 7) });
  const { earliest_days: earliest, latest_days: latest } = forecast;
  const span = earliest == null || earliest === latest ? null : latest == null
    ? t("storage.orNever", { time: inWords(earliest) })
    : t("storage.between", { from: inWords(earliest), to: inWords(latest) });
  return { text: t("storage.fullIn", { time: inWords(forecast.full_in_days) }), note: [pace, span].filter(Boolean).join(" "), isSoon: forecast.full_in_days < 42 };
}

/** Days, weeks, months or years, as precise as a guess is. @param {number} days */
function inWords(days) {
  if (days < 14) return t("storage.days", { count: Math.max(1, days) });
  if (days < 70) return t("storage.weeks", { count: Math.round(days / 7) });
  if (days < 640) return t("storage.months", { count: Math.round(days / 30.4) });
  return t("storage.years", { count: Math.round(days / 365) });
}
