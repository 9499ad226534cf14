/** The music that plays on while one walks through the house. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { clock } from "../format.js";
import { close, current, failure, hasNext, isAudio, isSpeech, length, next, open, playing, position, previous, queue, skips, toggle } from "../player.js";
import { lazy } from "../lazy.js";
import { place } from "../router.js";
import { t } from "../strings.js";
import { Cover } from "./cover.js";
import { Dialog } from "./dialog.js";
import { IconButton } from "./icon_button.js";
import { SeekBar } from "./seek_bar.js";
import { SkipButton } from "./skip_button.js";
import { TrackList } from "./track_list.js";

const SpeechControls = lazy(() => import("./speech_controls.js"), "SpeechControls", () => null, ["speech"]);

export function AudioBar() {
  const [listing, setListing] = useState(false);
  const media = current.value;
  if (!media || !isAudio.value || place.value.name === "player") return null;
  const spoken = isSpeech.value;
  const { back, on } = skips(spoken);
  return html`<section class="audio-bar" aria-label=${spoken ? t("audio.speech") : t("audio.region")}>
    <a class="audio-bar__what" href=${`/item/${media.id}`}>
      <span class="audio-bar__cover"><${Cover}
        id=${media.id}
        title=""
        hue=${media.hue}
        artwork=${media.artwork}
        shape="square"
      /></span>
      <span class="audio-bar__words">
        <span class="audio-bar__title">${media.title}</span>
        <span class="audio-bar__artist">${failure.value ?? (spoken ? media.show_title : media.artist)}</span>
      </span>
    </a>
    <div class="audio-bar__controls">
      ${spoken
        ? html`<${SkipButton} by=${-back} class="skip-by--back" />`
        : html`<${IconButton}
          class="audio-bar__previous"
          icon="skip-back"
          filled
          label=${t("audio.previous")}
          onClick=${previous}
        />`}
      <${IconButton}
        class="icon--accent"
        icon=${playing.value ? "pause" : "play"}
        filled
        label=${playing.value ? t("player.pause") : t("player.play")}
        onClick=${toggle}
      />
      ${spoken
        ? html`<${SkipButton} by=${on} />`
        : html`<${IconButton}
          icon="skip-forward"
          filled
          label=${t("audio.next")}
          disabled=${!hasNext.value}
          onClick=${next}
        />`}
    </div>
    <div class="audio-bar__seek"><${Now} /><${SeekBar}
      compact
      chapters=${media.chapters}
    /><span class="audio-bar__time">${clock(length.value)}</span></div>
    <div class="audio-bar__end">
      ${spoken && html`<${SpeechControls} />`}
      ${queue.value.length > 0 && html`<${IconButton}
        icon="list-music"
        label=${t("audio.queue")}
        onClick=${() => setListing(true)}
      />`}
      <${IconButton} icon="x" label=${t("player.close")} onClick=${close} />
    </div>
    ${listing &&
    html`<${Dialog} title=${t("audio.queue")} kind="drawer" onClose=${() => setListing(false)}>
      <div class="dialog__body"><${TrackList}
        tracks=${queue.value}
        onPlay=${(/** @type {string} */ id) => open(id, { at: 0 })}
        numbered=${false}
      /></div>
    <//>`}
  </section>`;
}

function Now() {
  return html`<span class="audio-bar__time">${clock(position.value)}</span>`;
}
