/** One article on its shelf: a wide picture, a title of two lines, where it is from and how long it takes. */
import { html } from "htm/preact";
import { t } from "../strings.js";
import { cardHref, cardSubtitle, watched } from "../words.js";
import { Cover } from "./cover.js";
import { Icon } from "./icon.js";
import { ProgressBar } from "./progress_bar.js";

/** @import { Card } from "../types.js" */

const Unread = () => html`<span class="card__new" aria-hidden="true"></span><span class="unseen">${t("articles.unread")}: </span>`;

/** @param {{ card: Card }} props */
export function StoryCard({ card }) {
  const done = watched(card);
  // A lead picture is wide; the poster of an article is the same picture, cut.
  const artwork = { poster: card.artwork.poster, still: card.artwork.still };
  return html`<a class=${`card card--story ${done === 100 ? "card--done" : ""}`} href=${cardHref(card)}>
    <span class="card__art">
      <${Cover}
        id=${card.id}
        title=${card.title}
        note=${card.show_title}
        hue=${card.hue}
        artwork=${artwork}
        shape=${artwork.still ? "wide" : "square"}
      />
      ${done === 100 && html`<span class="card__mark" title=${t("articles.read")}><${Icon} name="check" /></span>`}
      ${card.offline && html`<span class="card__badge">${t("card.offline")}</span>`}
      ${done !== null && done < 100 && html`<${ProgressBar} value=${done} />`}
    </span>
    <span class="card__title" dir="auto">${done === null && html`<${Unread} />`}${card.title}</span>
    <span class="card__sub">${cardSubtitle(card)}</span>
  </a>`;
}
