/** The music that plays on while one walks through the house. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { clock } from "../format.js";
import { close, current, failure, hasNext, isAudio, isSpeech, length, next, playing, position, previous, queue, skips, toggle } from "../player.js";
import { lazy } from "../lazy.js";
import { place } from "../router.js";
import { t } from "../strings.js";
import { Cover } from "./cover.js";
import { IconButton } from "./icon_button.js";
import { SeekBar } from "./seek_bar.js";
import { SkipButton } from "./skip_button.js";

const nothing = () => null;
const SpeechControls = lazy(() => import("./speech_controls.js"), "SpeechControls", nothing, ["speech", "queue"]);
const QueueDrawer = lazy(() => import("./queue_drawer.js"), "QueueDrawer", nothing, ["queue", "speech"]);
const NowPlaying = lazy(() => import("./now_playing.js"), "NowPlaying", nothing, ["speech", "queue"]);
const Shuffle = lazy(() => import("./order_buttons.js"), "ShuffleButton", nothing, ["queue"]);
const Repeat = lazy(() => import("./order_buttons.js"), "RepeatButton", nothing, ["queue"]);
const PHONE = "(max-width: 700px)";

export function AudioBar() {
  const [shown, setShown] = useState(/** @type {"queue" | "now" | null} */ (null));
  const media = current.value;
  if (!media || !isAudio.value || place.value.name === "player") return null;
  const spoken = isSpeech.value;
  const { back, on } = skips(spoken);
  const hide = () => setShown(null);
  /** On a phone the bar opens to the full size of what plays. @param {MouseEvent} event */
  const expand = (event) => {
    if (spoken || !matchMedia(PHONE).matches) return;
    event.preventDefault();
    event.stopPropagation();
    setShown("now");
  };
  return html`<section class="audio-bar" aria-label=${spoken ? t("audio.speech") : t("audio.region")}>
    <a class="audio-bar__what" href=${`/item/${media.id}`} onClick=${expand}>
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
      ${!spoken && html`<span class="audio-bar__order"><${Shuffle} /></span>`}
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
      ${!spoken && html`<span class="audio-bar__order"><${Repeat} /></span>`}
    </div>
    <div class="audio-bar__seek"><${Now} /><${SeekBar}
      compact
      chapters=${media.chapters}
    /><span class="audio-bar__time">${clock(length.value)}</span></div>
    <div class="audio-bar__end">
      ${spoken && html`<${SpeechControls} />`}
      ${!spoken && html`<${IconButton} icon="chevron-up" label=${t("speech.now")} onClick=${() => setShown("now")} />`}
      ${queue.value.length > 0 && html`<${IconButton}
        icon="list-music"
        label=${t("audio.queue")}
        onClick=${() => setShown("queue")}
      />`}
      <${IconButton} icon="x" label=${t("player.close")} onClick=${close} />
    </div>
    ${shown === "queue" && html`<${QueueDrawer} onClose=${hide} />`}
    ${shown === "now" && html`<${NowPlaying} onClose=${hide} onQueue=${() => setShown("queue")} />`}
  </section>`;
}

function Now() {
  return html`<span class="audio-bar__time">${clock(position.value)}</span>`;
}
