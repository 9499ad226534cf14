/** What is known of a photo. The place is said in numbers: nothing of it leaves the house. */
import { html } from "htm/preact";
import { language } from "../strings.js";
import { date, number, size, timeOfDay } from "../format.js";
import { dayName } from "../photo_dates.js";
import { t } from "../strings_library.js";
import { Facts } from "./facts.js";
import { IconButton } from "./icon_button.js";

/** @import { Photo } from "../types_library.js" */

/** @param {{ photo: Photo, onClose: () => void }} props */
export function PhotoFacts({ photo, onClose }) {
  return html`<aside class="viewer__facts" aria-label=${t("photo.facts")}>
    <div class="viewer__facts-head"><h2>${t("photo.facts")}</h2><${IconButton} icon="x" label=${t("action.close")} onClick=${onClose} /></div>
    <${Facts} facts=${[
      [t("photo.taken"), taken(photo)], [t("photo.camera"), photo.camera], [t("photo.dimensions"), dimensions(photo)],
      [t("photo.place"), coordinates(photo)], [t("fact.size"), size(photo.size_bytes)], [t("fact.added"), date(photo.added_at)],
    ]} />
  </aside>`;
}

/** The day is that of the place where it was taken; the time is said when the clocks here go like those there.
 *  @param {Photo} photo */
function taken({ taken_at, taken_on }) {
  if (!taken_on) return null;
  const isHere = taken_at !== null && new Date(taken_at).toLocaleDateString("sv-SE") === taken_on;
  return isHere ? `${dayName(taken_on, 0)}, ${timeOfDay(taken_at)}` : dayName(taken_on, 0);
}

/** @param {Photo} photo */
function dimensions({ width, height }) {
  if (!width || !height) return null;
  const megapixels = ((width * height) / 1e6).toLocaleString(language, { maximumFractionDigits: 1 });
  return t("photo.pixels", { width: number(width), height: number(height), megapixels });
}

/** "48.8584° N, 2.2945° E" @param {Photo} photo */
function coordinates({ latitude, longitude }) {
  if (latitude === null || longitude === null || latitude === undefined || longitude === undefined) return null;
  const said = (/** @type {number} */ value) => Math.abs(value).toLocaleString(language, { maximumFractionDigits: 5 });
  return `${said(latitude)}° ${latitude < 0 ? "S" : "N"}, ${said(longitude)}° ${longitude < 0 ? "W" : "E"}`;
}
