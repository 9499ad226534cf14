/** Music in its full size: the artwork, where it stands, what can be done, and the words that are sung. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { clock } from "../format.js";
import { current, hasNext, length, next, playing, position, previous, toggle } from "../player.js";
import { t } from "../strings_sound.js";
import { artistKey } from "../work_words.js";
import { Cover } from "./cover.js";
import { Dialog } from "./dialog.js";
import { Icon } from "./icon.js";
import { IconButton } from "./icon_button.js";
import { LyricsField } from "./lyrics_field.js";
import { RepeatButton, ShuffleButton } from "./order_buttons.js";
import { SeekBar } from "./seek_bar.js";
import { SleepField } from "./sleep_field.js";
import { SoundField } from "./sound_field.js";

/** @param {{ onClose: () => void, onQueue: () => void }} props */
export function NowPlaying({ onClose, onQueue }) {
  const [shown, setShown] = useState(/** @type {"cover" | "lyrics"} */ ("cover"));
  const media = current.value;
  if (!media) return null;
  return html`<${Dialog} title=${t("now.title")} kind="drawer" onClose=${onClose}>
    <div class="dialog__body listening now">
      ${shown === "lyrics"
        ? html`<${LyricsField} key=${media.id} id=${media.id} />`
        : html`<span class="listening__cover now__cover"><${Cover} id=${media.id} title=${media.title} hue=${media.hue} artwork=${media.artwork} shape="square" eager /></span>`}
      <div>
        <p class="listening__title"><a href=${media.album_key ? `/music/${encodeURIComponent(media.album_key)}` : `/item/${media.id}`} onClick=${onClose}>${media.title}</a></p>
        <p class="listening__from">${media.artist && html`<a href=${`/artists/${artistKey(media.artist)}`} onClick=${onClose}>${media.artist}</a>`}${media.artist && media.album ? " · " : ""}${media.album}</p>
      </div>
      <div>
        <${SeekBar} compact chapters=${media.chapters} />
        <p class="listening__time"><span>${clock(position.value)}</span><span>−${clock(Math.max(0, length.value - position.value))}</span></p>
      </div>
      <div class="listening__controls">
        <${ShuffleButton} />
        <${IconButton} icon="skip-back" filled label=${t("audio.previous")} onClick=${previous} />
        <${IconButton} class="icon--accent icon--large" icon=${playing.value ? "pause" : "play"} filled label=${playing.value ? t("player.pause") : t("player.play")} onClick=${toggle} />
        <${IconButton} icon="skip-forward" filled label=${t("audio.next")} disabled=${!hasNext.value} onClick=${next} />
        <${RepeatButton} />
      </div>
      <div class="now__ways">
        <button type="button" class="button button--plain" aria-pressed=${shown === "lyrics"} onClick=${() => setShown(shown === "lyrics" ? "cover" : "lyrics")}><${Icon} name="mic-vocal" />${t("now.lyrics")}</button>
        <button type="button" class="button button--plain" onClick=${onQueue}><${Icon} name="list-music" />${t("queue.title")}</button>
      </div>
      <section><h3 class="listening__head">${t("speech.sleep")}</h3><${SleepField} /></section>
      <section><h3 class="listening__head">${t("sound.title")}</h3><${SoundField} /></section>
    </div>
  <//>`;
}
