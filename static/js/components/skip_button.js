/** Back or on by some seconds, with the number in the arrow. */
import { html } from "htm/preact";
import { skip } from "../player.js";
import { t } from "../strings.js";
import { Icon } from "./icon.js";

/** @param {{ by: number, class?: string }} props seconds, negative goes back */
export function SkipButton({ by, class: extra = "" }) {
  const count = Math.abs(by);
  const label = by < 0 ? t("speech.back", { count }) : t("speech.on", { count });
  return html`<button
    type="button"
    class=${`icon skip-by ${extra}`}
    aria-label=${label}
    title=${label}
    onClick=${() => skip(by)}
  ><${Icon} name=${by < 0 ? "rotate-ccw" : "rotate-cw"} /><span class="skip-by__count" aria-hidden="true">${count}</span></button>`;
}
