/** The episodes of a season that are not here: a line that says how many, and their names for those who ask. */
import { html } from "htm/preact";
import { t } from "../strings_works.js";
import { joinDots } from "../words.js";
import { dayText, isToCome, missingTitle } from "../work_words.js";

/** @import { MissingEpisode } from "../types_works.js" */

/** @param {{ missing: MissingEpisode[], open?: boolean }} props */
export function MissingEpisodes({ missing, open = false }) {
  const toCome = missing.filter((one) => isToCome(one.aired_on)).length;
  const gone = missing.length - toCome;
  const words = joinDots([gone > 0 && t("show.missing", { count: gone }), toCome > 0 && t("show.toCome", { count: toCome })]);
  return html`<details class="fold missing" open=${open}>
    <summary class="fold__head">${words}</summary>
    <ul class="missing__list">
      ${missing.map((one) => html`<li key=${one.episode} class="missing__one">
        <span class="missing__title">${missingTitle(one)}</span>
        ${one.aired_on && html`<span class="missing__day">${t(isToCome(one.aired_on) ? "show.airs" : "show.aired", { day: dayText(one.aired_on) })}</span>`}
      </li>`)}
    </ul>
  </details>`;
}
