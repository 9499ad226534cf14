/** Why nothing plays, and what one can do. */
import { html } from "htm/preact";
import { downloadUrl } from "../api.js";
import { current, failure } from "../player.js";
import { retry } from "../player/presenting.js";
import { t } from "../strings_player.js";
import { Icon } from "./icon.js";

/** @param {{ onLeave: () => void }} props */
export function PlayerFailure({ onLeave }) {
  const media = current.value;
  return html`<div class="player__failure" role="alert">
    <${Icon} name="circle-alert" />
    <p>${failure.value}</p>
    <div class="player__ways">
      ${media && html`<button
        type="button"
        class="button button--primary"
        onClick=${retry}
      ><${Icon} name="refresh-cw" />${t("player.retry")}</button>`}
      ${media && html`<a
        class="button button--plain"
        href=${downloadUrl(media.id)}
        download
      ><${Icon} name="download" />${t("action.download")}</a>`}
      <button type="button" class="button button--quiet" onClick=${onLeave}>${t("action.back")}</button>
    </div>
  </div>`;
}
