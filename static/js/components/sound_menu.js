/** Which sound is heard and which subtitles are read. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { changeChoices } from "../choices.js";
import { captionLook, changeLook, GROUNDS, SIZES } from "../player/caption_look.js";
import { chooseSubtitles, subtitleOn, subtitles } from "../player/captions.js";
import { choose, plan } from "../player/presenting.js";
import { rememberedSound } from "../player/tracks.js";
import { toastError } from "../store.js";
import { t } from "../strings_player.js";
import { channelName, codecName, joinDots } from "../words.js";
import { MenuChoice, MenuChoices, MenuDoor } from "./menu_row.js";
import { PlayerPanel } from "./player_panel.js";

/** @import { PlanAudio, PlanSubtitle } from "../player/plan.js" */

/** @param {{ onClose: () => void }} props */
export function SoundMenu({ onClose }) {
  const [looking, setLooking] = useState(false);
  if (looking) return html`<${Look} onClose=${onClose} onBack=${() => setLooking(false)} />`;
  const tracks = plan.value?.audio_tracks ?? [];
  const all = subtitles.value;
  /** @param {PlanAudio} track */
  const hear = (track) => {
    changeChoices(rememberedSound(track)).catch(toastError);
    void choose({ audio: track.index });
  };
  return html`<${PlayerPanel} title=${t("player.sound")} wide onClose=${onClose}>
    <div class="menu__columns">
      <section>
        <h3 class="menu__head">${t("player.tracks")}</h3>
        <${MenuChoices} label=${t("player.tracks")}>
          ${tracks.map((track, index) => html`<${MenuChoice}
            key=${track.index}
            text=${languageOf(track)}
            note=${joinDots([track.title || (track.language_name ? null : t("player.unnamed", { number: index + 1 })), codecName(track.codec), channelName(track.channels)])}
            chosen=${track.selected}
            onChoose=${() => hear(track)}
          />`)}
        <//>
      </section>
      <section>
        <h3 class="menu__head">${t("player.subtitles")}</h3>
        ${all.length === 0 && html`<p class="menu__none">${t("player.noSubtitles")}</p>`}
        ${all.length > 0 && html`<${MenuChoices} label=${t("player.subtitles")}>
          <${MenuChoice} text=${t("player.off")} chosen=${subtitleOn.value === null} onChoose=${() => chooseSubtitles(null)} />
          ${all.map((one) => html`<${MenuChoice}
            key=${one.id}
            text=${languageOf(one)}
            note=${subtitleNote(one)}
            chosen=${subtitleOn.value === one.id}
            onChoose=${() => chooseSubtitles(one)}
          />`)}
        <//>
        <${MenuDoor} icon="a-large-small" text=${t("player.look")} onOpen=${() => setLooking(true)} />`}
      </section>
    </div>
  <//>`;
}

/** @param {{ language: string, language_name: string }} track */
const languageOf = (track) => (track.language === "und" ? t("player.unknownLanguage") : track.language_name);

/** @param {PlanSubtitle} one */
const subtitleNote = (one) => joinDots([
  one.title, one.forced && t("player.forced"), one.hearing_impaired && t("player.described"), !one.is_text && t("player.picture"),
]);

/** @param {{ onClose: () => void, onBack: () => void }} props */
function Look({ onClose, onBack }) {
  const look = captionLook.value;
  return html`<${PlayerPanel} title=${t("player.look")} wide onClose=${onClose} onBack=${onBack}>
    <p class=${`captions__sample captions--${look.size} captions--${look.ground}`}><span class="captions__text">${t("player.captionSample")}</span></p>
    <div class="menu__columns">
      <section>
        <h3 class="menu__head">${t("player.size")}</h3>
        <${MenuChoices} label=${t("player.size")}>${SIZES.map((size) => html`<${MenuChoice}
          key=${size}
          text=${t(`player.size.${size}`)}
          chosen=${look.size === size}
          onChoose=${() => changeLook({ size })}
        />`)}<//>
      </section>
      <section>
        <h3 class="menu__head">${t("player.ground")}</h3>
        <${MenuChoices} label=${t("player.ground")}>${GROUNDS.map((ground) => html`<${MenuChoice}
          key=${ground}
          text=${t(`player.ground.${ground}`)}
          chosen=${look.ground === ground}
          onChoose=${() => changeLook({ ground })}
        />`)}<//>
      </section>
    </div>
  <//>`;
}
