/** An error in the place where the answer would be, with what to do. */
import { html } from "htm/preact";
import { t } from "../strings.js";
import { Icon } from "./icon.js";

/** @param {{ error: Error, onRetry?: () => void }} props */
export function ErrorState({ error, onRetry }) {
  return html`<div class="empty" role="alert">
    <span class="empty__mark empty__mark--bad"><${Icon} name="circle-alert" /></span>
    <p class="empty__text">${error.message}</p>
    ${onRetry && html`<button
      type="button"
      class="button"
      onClick=${onRetry}
    ><${Icon} name="refresh-cw" />${t("action.tryAgain")}</button>`}
  </div>`;
}
