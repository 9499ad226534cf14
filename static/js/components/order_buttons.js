/** In which order it goes on: shuffled or not, and what happens at the end. */
import { html } from "htm/preact";
import { repeat } from "../player/queue.js";
import { cycleRepeat, isShuffled, toggleShuffle } from "../queueing.js";
import { t } from "../strings_sound.js";
import { Icon } from "./icon.js";

export function ShuffleButton() {
  return html`<button
    type="button"
    class=${`icon ${isShuffled.value ? "icon--on" : ""}`}
    aria-label=${t("queue.shuffle")}
    title=${t("queue.shuffle")}
    aria-pressed=${isShuffled.value}
    onClick=${toggleShuffle}
  ><${Icon} name="shuffle" /></button>`;
}

export function RepeatButton() {
  const label = t(`queue.repeat.${repeat.value}`);
  return html`<button
    type="button"
    class=${`icon ${repeat.value === "off" ? "" : "icon--on"}`}
    aria-label=${label}
    title=${label}
    onClick=${cycleRepeat}
  ><${Icon} name=${repeat.value === "one" ? "repeat-1" : "repeat"} /></button>`;
}
