/** The head of the player: the way back, and what plays. */
import { html } from "htm/preact";
import { current } from "../player.js";
import { t } from "../strings_player.js";
import { episodeCode } from "../words.js";
import { IconButton } from "./icon_button.js";

/** @param {{ onLeave: () => void }} props */
export function PlayerTop({ onLeave }) {
  const media = current.value;
  const isEpisode = media?.media_type === "episode";
  return html`<div class="player__top">
    <${IconButton} icon="arrow-left" label=${t("action.back")} onClick=${onLeave} />
    <div class="player__name">
      <h1 class="player__title">${isEpisode && media.show_title ? media.show_title : media?.title}</h1>
      ${isEpisode && html`<p class="player__episode">${[episodeCode(media), media.title].join(" · ")}</p>`}
    </div>
  </div>`;
}
