/** The few facts of a work that stand below its title: tagline, rating, certification, genres. */
import { html } from "htm/preact";
import { t } from "../strings_works.js";
import { ratingText } from "../work_words.js";
import { Icon } from "./icon.js";

/** @import { Work } from "../types_works.js" */

/** @param {{ work: Pick<Work, "rating" | "votes" | "certification"> }} props */
export function WorkMarks({ work }) {
  const rating = ratingText(work.rating, work.votes);
  return html`
    ${rating && html`<span class="rating" title=${work.votes ? t("work.votes", { count: work.votes }) : undefined}
    ><${Icon} name="star" filled /><span class="unseen">${t("work.rating", { rating })}</span><span aria-hidden="true">${rating}</span></span>`}
    ${work.certification && html`<span class="certificate"><span class="unseen">${t("work.certification", { name: "" })}</span>${work.certification}</span>`}`;
}

/** @param {{ genres: string[], shelf: string }} props `shelf` is the address of the page that can be narrowed to one */
export function Genres({ genres, shelf }) {
  if (!genres.length) return null;
  return html`<ul class="tags__list" aria-label=${t("work.genres")}>
    ${genres.map((genre) => html`<li key=${genre} class="chip"><a class="chip__word" href=${`${shelf}?genre=${encodeURIComponent(genre)}`}>${genre}</a></li>`)}
  </ul>`;
}
