/** What you would go on with, or the newest film. */
import { html } from "htm/preact";
import { duration } from "../format.js";
import { t } from "../strings.js";
import { cardHref, cardTitle, episodeCode, isText, leftText, resumeHref, secondsLeft, watched } from "../words.js";
import { Backdrop } from "./backdrop.js";
import { Icon } from "./icon.js";
import { ProgressBar } from "./progress_bar.js";

/** @import { Card } from "../types.js" */

/** @param {{ card: Card }} props */
export function Hero({ card }) {
  const left = secondsLeft(card);
  const done = watched(card);
  const facts = [
    card.media_type === "episode" ? [episodeCode(card), card.show_title ? card.title : ""].filter(Boolean).join(" ") : card.year,
    card.duration > 0 && duration(card.duration),
    leftText(card) ?? t("hero.new"),
  ];
  return html`<section class="hero" aria-label=${left === null ? t("hero.newest") : t("hero.continue")}>
    <${Backdrop} id=${card.id} hue=${card.hue} still=${card.artwork.still} backdrop=${card.artwork.backdrop} />
    <div class="hero__words">
      <h1 class="hero__title">${cardTitle(card)}</h1>
      <p class="hero__meta">${facts.filter(Boolean).map((fact) => html`<span>${fact}</span>`)}</p>
      ${left !== null && done !== null && html`<${ProgressBar} value=${done} />`}
      <div class="hero__actions">
        <a
          class="button button--primary"
          href=${resumeHref(card)}
        ><${Icon} name=${isText(card) ? "book-open" : "play"} filled=${!isText(card)} />${left !== null ? t("action.resume") : isText(card) ? t("action.read") : t("action.play")}</a>
        <a class="button button--quiet" href=${cardHref(card)}>${t("action.details")}</a>
      </div>
    </div>
  </section>`;
}
