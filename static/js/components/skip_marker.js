/** "Skip intro", while there is one. */
import { html } from "htm/preact";
import { skippable, skipPart } from "../player/along.js";
import { offer } from "../player/next_up.js";
import { t } from "../strings_player.js";
import { Icon } from "./icon.js";

export function SkipMarker() {
  const part = skippable.value;
  // The offer of the next episode leads on from the credits already.
  if (!part || (part.kind === "credits" && offer.value)) return null;
  return html`<button type="button" class="player__skip" onClick=${skipPart}>
    ${t(`player.skip.${part.kind}`)}<${Icon} name="skip-forward" filled />
  </button>`;
}
