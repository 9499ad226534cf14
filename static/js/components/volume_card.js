/** A disk: how much of it is the library, how much is free, and how long that will do. */
import { html } from "htm/preact";
import { size } from "../format.js";
import { outlookWords } from "../storage_words.js";
import { t } from "../strings_storage.js";
import { Icon } from "./icon.js";

/** @import { Volume } from "../api_storage.js" */

/** @param {{ volume: Volume }} props */
export function VolumeCard({ volume }) {
  const { total_bytes: total, free_bytes: free, library_bytes: library } = volume;
  if (!volume.is_online || total == null || free == null) return html`<li class="disk">
    <span class="disk__name"><${Icon} name="hard-drive" />${volume.places.join(", ")}</span>
    <p class="notice">${t("storage.offline")}</p>
  </li>`;
  const other = Math.max(0, total - free - library);
  const { text, note, isSoon } = outlookWords(volume.forecast);
  return html`<li class="disk">
    <span class="disk__name"><${Icon} name="hard-drive" /><span dir="ltr">${volume.places[0]}</span></span>
    <span class="disk__free">${t("storage.of", { free: size(free), whole: size(total) })}</span>
    <span class="disk__bar" aria-hidden="true">
      <span class="disk__part tile--0" style=${{ "--w": (Math.min(library, total) / total) * 100 }}></span>
      <span class="disk__part disk__part--other" style=${{ "--w": (other / total) * 100 }}></span>
    </span>
    <span class="disk__key">
      <span><span class="slice__mark tile--0" aria-hidden="true"></span>${t("storage.library")} ${size(library)}</span>
      <span><span class="slice__mark disk__part--other" aria-hidden="true"></span>${t("storage.other")} ${size(other)}</span>
      <span><span class="slice__mark disk__part--free" aria-hidden="true"></span>${t("storage.free")} ${size(free)}</span>
    </span>
    <p class=${isSoon ? "disk__outlook disk__outlook--soon" : "disk__outlook"}>
      ${isSoon && html`<${Icon} name="triangle-alert" />`}<span>${text}${note && html` <span class="disk__note">${note}</span>`}</span>
    </p>
  </li>`;
}
