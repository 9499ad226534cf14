/** When the player stops by itself. */
import { html } from "htm/preact";
import { clock } from "../format.js";
import { stopsAtEnd } from "../player.js";
import { MINUTES, sleepArmed, sleepIn, sleepLeft } from "../sleep_timer.js";
import { t } from "../strings.js";

/** "4:12", nothing while no timer runs */
export const sleepText = () => (sleepLeft.value !== null ? clock(sleepLeft.value) : undefined);

/** @param {{ onChosen?: () => void }} props */
export function SleepField({ onChosen }) {
  /** @param {number | "end" | null} when */
  const choose = (when) => {
    sleepIn(when);
    onChosen?.();
  };
  return html`<div class="chips">
    ${MINUTES.map((count) => html`<button
      key=${count}
      type="button"
      class="chip"
      onClick=${() => choose(count)}
    >${t("speech.sleepMinutes", { count })}</button>`)}
    <button
      type="button"
      class="chip"
      aria-pressed=${stopsAtEnd.value}
      onClick=${() => choose("end")}
    >${t("speech.sleepEnd")}</button>
    ${sleepArmed.value && html`<button type="button" class="chip chip--off" onClick=${() => choose(null)}>
      ${t("speech.sleepOff")}${sleepLeft.value !== null ? ` (${t("speech.sleepLeft", { time: clock(sleepLeft.value) })})` : ""}
    </button>`}
  </div>`;
}
