/** What is in doubt: its picture, how it is called, why nobody is sure, and the way to look into it. */
import { html } from "htm/preact";
import { clock } from "../format.js";
import { said } from "../said.js";
import { t } from "../strings_works.js";
import { episodeCode, joinDots } from "../words.js";
import { workHref } from "../work_words.js";
import { Cover } from "./cover.js";
import { Icon } from "./icon.js";

/** @import { Card } from "../types.js" */
/** @import { ReviewItem } from "../types_works.js" */

/** How many of its files are named. */
const NAMED = 4;

/** @param {{ item: ReviewItem }} props */
export function ReviewSubject({ item }) {
  const face = item.media[0];
  const files = item.media.slice(0, NAMED);
  return html`<section class="subject" aria-label=${t("review.yours")}>
    ${face && html`<span class=${`subject__art ${item.kind === "album" ? "subject__art--square" : ""}`}><${Cover}
      id=${face.id}
      title=${item.title}
      hue=${face.hue}
      artwork=${face.artwork}
      shape=${item.kind === "album" ? "square" : "wide"}
      eager
    /></span>`}
    <div class="subject__words">
      <p class="subject__kind">${joinDots([t(`work.${item.kind}`), item.count > 1 && t("count.files", { count: item.count })])}</p>
      <h2 class="subject__title">${item.title}</h2>
      ${(item.subtitle || item.year) && html`<p class="subject__sub">${joinDots([item.subtitle, item.year])}</p>`}
      ${item.reason && html`<p class="subject__reason"><${Icon} name="info" /><span>${said(item.reason)}</span></p>`}
      ${item.kind !== "movie" && html`<ul class="subject__files">
        ${files.map((card) => html`<li key=${card.id}>${fileWords(card)}</li>`)}
        ${item.count > files.length && html`<li>${t("review.moreOf", { count: item.count - files.length })}</li>`}
      </ul>`}
      ${face && html`<div class="subject__ways">
        ${item.kind !== "album" && face.has_file !== false && html`<a class="button button--plain" href=${`/play/${face.id}`}><${Icon} name="play" />${t("review.play")}</a>`}
        <a class="button button--plain" href=${workHref(item.key)}><${Icon} name="info" />${t("review.open")}</a>
      </div>`}
    </div>
  </section>`;
}

/** "S01E02 The Storm · 42:10" @param {Card} card */
const fileWords = (card) => joinDots([[episodeCode(card), card.title].filter(Boolean).join(" "), card.duration > 0 && clock(card.duration)]);
