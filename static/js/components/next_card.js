/** The next episode with its picture, and the seconds until it begins. */
import { html } from "htm/preact";
import { COUNT_FROM } from "../player/countdown.js";
import { nextCard, offer, refuse } from "../player/next_up.js";
import { next } from "../player.js";
import { t } from "../strings_player.js";
import { episodeCode, joinDots } from "../words.js";
import { Cover } from "./cover.js";
import { Icon } from "./icon.js";
import { IconButton } from "./icon_button.js";

export function NextCard() {
  const card = nextCard.value;
  if (!offer.value || !card) return null;
  const { left } = offer.value;
  return html`<aside class="next-up" aria-label=${t("player.nextCard")}>
    <span class="next-up__picture">
      <${Cover} id=${card.id} title="" hue=${card.hue} artwork=${card.artwork} shape="wide" eager />
      ${left !== null && html`<${Ring} left=${left} />`}
    </span>
    <div class="next-up__words">
      <p class="next-up__head">${t("player.nextCard")}</p>
      <p class="next-up__title">${joinDots([episodeCode(card), card.title])}</p>
      <p class="next-up__left" role="status">${left !== null && t("player.nextIn", { count: Math.ceil(left) })}</p>
      <button type="button" class="button button--primary" onClick=${next}><${Icon} name="play" filled />${t("player.playNow")}</button>
    </div>
    <${IconButton} class="next-up__close" icon="x" label=${t("player.stay")} onClick=${refuse} />
  </aside>`;
}

/** @param {{ left: number }} props seconds */
function Ring({ left }) {
  return html`<svg class="next-up__ring" viewBox="0 0 36 36" aria-hidden="true" style=${{ "--left": left / COUNT_FROM }}>
    <circle class="next-up__rail" cx="18" cy="18" r="16" />
    <circle class="next-up__run" cx="18" cy="18" r="16" pathLength="1" />
    <text x="18" y="22.5" text-anchor="middle">${Math.ceil(left)}</text>
  </svg>`;
}
