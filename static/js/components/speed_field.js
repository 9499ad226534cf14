/** How fast it plays: slower, faster, or one of the usual speeds. */
import { html } from "htm/preact";
import { rate, setRate } from "../player.js";
import { nudged } from "../speech_rate.js";
import { t } from "../strings.js";
import { IconButton } from "./icon_button.js";

const USUAL = [0.8, 1, 1.2, 1.5, 1.8, 2, 2.5, 3];

export const speedText = () => `${rate.value}×`;

export function SpeedField() {
  return html`<div class="speed">
    <div class="speed__now">
      <${IconButton} icon="minus" label=${t("speech.slower")} onClick=${() => setRate(nudged(rate.value, -0.1))} />
      <output class="speed__value" aria-live="polite">${speedText()}</output>
      <${IconButton} icon="plus" label=${t("speech.faster")} onClick=${() => setRate(nudged(rate.value, 0.1))} />
    </div>
    <div class="chips">
      ${USUAL.map((value) => html`<button
        key=${value}
        type="button"
        class="chip"
        aria-pressed=${value === rate.value}
        onClick=${() => setRate(value)}
      >${value}×</button>`)}
    </div>
  </div>`;
}
