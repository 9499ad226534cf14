/** What is done to the sound: voices nearer and silence shorter for what is spoken, even loudness and no gaps for music. */
import { html } from "htm/preact";
import { changeChoices, choices } from "../choices.js";
import { saved } from "../player/silence.js";
import { isSpeech } from "../player.js";
import { toastError } from "../store.js";
import { t } from "../strings_sound.js";
import { Switch } from "./switch.js";

/** @import { Choices } from "../choices.js" */

/** @param {Partial<Choices>} patch */
const choose = (patch) => void changeChoices(patch).catch(toastError);
const WAYS = /** @type {const} */ (["album", "track", "off"]);

export function SoundField() {
  const now = choices.value;
  if (isSpeech.value) {
    const seconds = Math.floor(saved.value);
    return html`<div class="sound">
      <${Switch} label=${t("sound.voice")} hint=${t("sound.voiceHint")} checked=${now.voice_boost} onChange=${(/** @type {boolean} */ is) => choose({ voice_boost: is })} />
      <${Switch}
        label=${t("sound.silence")}
        hint=${now.skip_silence && seconds > 0 ? t("sound.saved", { count: seconds }) : t("sound.silenceHint")}
        checked=${now.skip_silence}
        onChange=${(/** @type {boolean} */ is) => choose({ skip_silence: is })}
      />
    </div>`;
  }
  return html`<div class="sound">
    <${Switch} label=${t("sound.gapless")} checked=${now.gapless} onChange=${(/** @type {boolean} */ is) => choose({ gapless: is })} />
    <div role="group" aria-label=${t("sound.gain")}>
      <p class="sound__label">${t("sound.gain")}</p>
      <div class="chips">
        ${WAYS.map((way) => html`<button key=${way} type="button" class="chip" aria-pressed=${now.replay_gain === way} onClick=${() => choose({ replay_gain: way })}>${t(`sound.gain.${way}`)}</button>`)}
      </div>
      <p class="sound__hint">${t("sound.gainHint")}</p>
    </div>
  </div>`;
}
