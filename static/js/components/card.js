/** One medium on a shelf or in a grid. */
import { html } from "htm/preact";
import { t } from "../strings.js";
import { cardHref, cardSubtitle, cardTitle, watched } from "../words.js";
import { Cover } from "./cover.js";
import { Icon } from "./icon.js";
import { ProgressBar } from "./progress_bar.js";

/** @import { Card as CardRecord } from "../types.js" */

/**
 * @param {{ card: CardRecord, shape?: "poster" | "wide" | "square", href?: string, title?: string, subtitle?: string,
 *   eager?: boolean }} props
 */
export function Card({ card, shape = "poster", href = cardHref(card), title, subtitle, eager }) {
  const done = watched(card);
  const name = title ?? cardTitle(card);
  const plays = href.startsWith("/play/");
  return html`<a class=${`card card--${shape}`} href=${href}>
    <span class="card__art">
      <${Cover} id=${card.id} title=${name} hue=${card.hue} artwork=${card.artwork} shape=${shape} eager=${eager}
        picture=${card.media_type === "photo" ? `/api/photos/${card.id}/picture?width=320` : null} />
      ${plays && html`<span class="card__play"><${Icon} name="play" filled /></span>`}
      ${done === 100 && html`<span class="card__mark" title=${t("card.seen")}><${Icon} name="check" /></span>`}
      ${card.offline && html`<span class="card__badge">${t("card.offline")}</span>`}
      ${!card.offline && card.needs_review && html`<span class="card__badge">${t("card.review")}</span>`}
      ${done !== null && done < 100 && html`<${ProgressBar} value=${done} />`}
    </span>
    <span class="card__title" dir="auto">${plays && html`<span class="unseen">${t("action.play")} </span>`}${name}</span>
    <span class="card__sub">${subtitle ?? cardSubtitle(card)}</span>
  </a>`;
}
