/** An error where a text would be, with the way back that the room of a reader otherwise has. */
import { html } from "htm/preact";
import { back } from "../router.js";
import { t } from "../strings.js";
import { ErrorState } from "./error_state.js";
import { IconButton } from "./icon_button.js";

/** @param {{ error: Error, home: string, onRetry?: () => void }} props `home` is where "back" leads without a history */
export function ReaderError({ error, home, onRetry }) {
  return html`<div class="reader">
    <header class="reader__bar"><${IconButton} icon="arrow-left" label=${t("action.back")} onClick=${() => back(home)} /></header>
    <div class="reader__failed"><${ErrorState} error=${error} onRetry=${onRetry} /></div>
  </div>`;
}
