/** When the player stops by itself. */
import { html } from "htm/preact";
import { clock } from "../format.js";
import { current, stopsAtEnd } from "../player.js";
import { MINUTES, sleepArmed, sleepIn, sleepLeft, sleepsAfterChapter } from "../sleep_timer.js";
import { t } from "../strings_sound.js";

/** "4:12", nothing while no timer runs */
export const sleepText = () => (sleepLeft.value !== null ? clock(sleepLeft.value) : undefined);

/** @param {{ onChosen?: () => void }} props */
export function SleepField({ onChosen }) {
  /** @param {number | "end" | "chapter" | null} when */
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
    ${(current.value?.chapters.length ?? 0) > 1 && html`<button
      type="button"
      class="chip"
      aria-pressed=${sleepsAfterChapter.value}
      onClick=${() => choose("chapter")}
    >${t("sleep.chapter")}</button>`}
    ${sleepArmed.value && html`<button type="button" class="chip chip--off" onClick=${() => choose(null)}>
      ${t("speech.sleepOff")}${sleepLeft.value !== null ? ` (${t("speech.sleepLeft", { time: clock(sleepLeft.value) })})` : ""}
    </button>`}
  </div>`;
}
