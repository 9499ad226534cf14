/** Which sound and which subtitles a person wants without saying so each time; pure. */

/** @import { Choices } from "../choices.js" */

/** ISO 639-1 to 639-2/T, for what browsers say of their reader. */
const LONG = /** @type {Record<string, string>} */ ({
  ar: "ara", bg: "bul", ca: "cat", cs: "ces", da: "dan", de: "deu", el: "ell", en: "eng", es: "spa", et: "est", fa: "fas", fi: "fin",
  fr: "fra", he: "heb", hi: "hin", hr: "hrv", hu: "hun", id: "ind", is: "isl", it: "ita", ja: "jpn", ko: "kor", lt: "lit", lv: "lav",
  nb: "nor", nl: "nld", nn: "nor", no: "nor", pl: "pol", pt: "por", ro: "ron", ru: "rus", sk: "slk", sl: "slv", sr: "srp", sv: "swe",
  th: "tha", tr: "tur", uk: "ukr", vi: "vie", zh: "zho",
});

/** What can be chosen to be heard and read in. */
export const LANGUAGES = [...new Set(Object.values(LONG))];

/** @param {string} tag "de-CH" @returns {string} "deu", what is not known stays */
export function longCode(tag) {
  const short = tag.toLowerCase().split("-")[0] ?? "";
  return LONG[short] ?? short;
}

/**
 * @template {{ language: string, default: boolean }} T
 * @param {T[]} tracks
 * @param {string} language "" for that of the film
 * @returns {T | null} null where the film's own choice is right
 */
export function soundFor(tracks, language) {
  if (!language) return null;
  const own = tracks.find((track) => track.default) ?? tracks[0];
  if (!own || own.language === language) return null;
  return tracks.find((track) => track.language === language) ?? null;
}

/**
 * @template {{ language: string, forced: boolean, hearing_impaired: boolean, is_text: boolean }} T
 * @param {T[]} all
 * @param {{ mode: Choices["subtitles"], language: string, heard: string }} wish `language` is that of the reader, `heard` that of the
 *   sound that plays
 * @returns {T | null}
 */
export function subtitlesFor(all, { mode, language, heard }) {
  if (mode === "never") return null;
  const isForeign = heard !== "und" && heard !== "" && heard !== language;
  if (mode === "always" || isForeign) {
    const whole = all.filter((one) => one.language === language && !one.forced);
    const best = whole.find((one) => one.is_text && !one.hearing_impaired) ?? whole.find((one) => one.is_text);
    // Pictures have to be burned in, which is worth the work only for those who asked for subtitles.
    if (best || mode === "always") return best ?? whole[0] ?? null;
  }
  return isForeign ? null : (all.find((one) => one.forced && one.is_text && one.language === heard) ?? null);
}

/** What is remembered of a choice of subtitles. @param {{ language: string, forced: boolean } | null} chosen @param {Choices["subtitles"]} mode
 *  @returns {Partial<Choices>} */
export function rememberedSubtitles(chosen, mode) {
  if (chosen) return chosen.forced ? { subtitles: "auto" } : { subtitles: "always", subtitle_language: known(chosen.language) };
  return { subtitles: mode === "always" ? "auto" : "never" };
}

/** @param {string} language */
const known = (language) => (language === "und" ? "" : language);

/** @param {{ language: string }} track @returns {Partial<Choices>} */
export const rememberedSound = (track) => (known(track.language) ? { audio_language: track.language } : {});
