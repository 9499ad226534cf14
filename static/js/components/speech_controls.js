/** Speed, sleep timer and chapters of what is spoken: beside the bar on a desk, in a sheet of their own on a phone. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { clock } from "../format.js";
import { current, isSpeech, length, playing, position, seek, skips, toggle } from "../player.js";
import { isHurrying } from "../player/silence.js";
import { choices } from "../choices.js";
import { sleepArmed } from "../sleep_timer.js";
import { t } from "../strings_sound.js";
import { Cover } from "./cover.js";
import { Dialog } from "./dialog.js";
import { IconButton } from "./icon_button.js";
import { Popover } from "./popover.js";
import { SeekBar } from "./seek_bar.js";
import { SkipButton } from "./skip_button.js";
import { SoundField } from "./sound_field.js";
import { SleepField, sleepText } from "./sleep_field.js";
import { SpeedField, speedText } from "./speed_field.js";

/** @import { Chapter } from "../types.js" */

export function SpeechControls() {
  const [open, setOpen] = useState(false);
  const media = current.value;
  if (!media || !isSpeech.value) return null;
  return html`
    <span class="speech speech--wide">
      <${Popover}
        icon="gauge"
        label=${t("speech.speed")}
        text=${speedText()}
        class="button button--plain"
      ><${SpeedField} /><//>
      <${Popover}
        icon="moon"
        label=${t("speech.sleep")}
        text=${sleepText()}
        class=${sleepText() ? "button button--plain button--on" : sleepArmed.value ? "icon icon--on" : "icon"}
      >${(/** @type {() => void} */ close) => html`<p class="popover__title">${t("speech.sleep")}</p><${SleepField} onChosen=${close} />`}<//>
      <${Popover}
        icon=${isHurrying.value ? "fast-forward" : "audio-lines"}
        label=${t("sound.title")}
        class=${choices.value.voice_boost || choices.value.skip_silence ? "icon icon--on" : "icon"}
      ><${SoundField} /><//>
      ${media.chapters.length > 1 && html`<${IconButton}
        icon="list-video"
        label=${t("item.chapters")}
        onClick=${() => setOpen(true)}
      />`}
    </span>
    <span class="speech speech--narrow">
      <${IconButton} icon="sliders-horizontal" label=${t("speech.more")} onClick=${() => setOpen(true)} />
    </span>
    ${open && html`<${Sheet} onClose=${() => setOpen(false)} />`}
  `;
}

/** @param {{ onClose: () => void }} props */
function Sheet({ onClose }) {
  const media = current.value;
  if (!media) return null;
  const { back, on } = skips(true);
  return html`<${Dialog} title=${t("speech.now")} kind="drawer" onClose=${onClose}>
    <div class="dialog__body listening">
      <span class="listening__cover"><${Cover}
        id=${media.id}
        title=${media.title}
        hue=${media.hue}
        artwork=${media.artwork}
        shape="square"
        eager
      /></span>
      <div><p class="listening__title">${media.title}</p><p class="listening__from">${media.show_title ?? media.artist}</p></div>
      <div>
        <${SeekBar} compact chapters=${media.chapters} />
        <p class="listening__time"><span>${clock(position.value)}</span><span>−${clock(Math.max(0, length.value - position.value))}</span></p>
      </div>
      <div class="listening__controls">
        <${SkipButton} by=${-back} class="skip-by--large" />
        <${IconButton}
          class="icon--accent icon--large"
          icon=${playing.value ? "pause" : "play"}
          filled
          label=${playing.value ? t("player.pause") : t("player.play")}
          onClick=${toggle}
        />
        <${SkipButton} by=${on} class="skip-by--large" />
      </div>
      <section><h3 class="listening__head">${t("speech.speed")}</h3><${SpeedField} /></section>
      <section><h3 class="listening__head">${t("speech.sleep")}</h3><${SleepField} /></section>
      <section><h3 class="listening__head">${t("sound.title")}</h3><${SoundField} /></section>
      ${media.chapters.length > 1 && html`<section><h3 class="listening__head">${t("item.chapters")}</h3><${Chapters} chapters=${media.chapters} /></section>`}
    </div>
  <//>`;
}

/** @param {{ chapters: Chapter[] }} props */
function Chapters({ chapters }) {
  const here = chapters.findLastIndex((chapter) => chapter.start <= position.value + 0.5);
  return html`<ol class="chapters chapters--one">
    ${chapters.map((chapter, index) => html`<li key=${index}>
      <button
        type="button"
        class="chapter"
        aria-current=${index === here ? "true" : undefined}
        onClick=${() => seek(chapter.start)}
      ><span class="chapter__title">${chapter.title || t("item.chapter", { number: index + 1 })}</span><span class="chapter__time">${clock(chapter.start)}</span></button>
    </li>`)}
  </ol>`;
}
