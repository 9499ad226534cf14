/** The bar at the foot of the player. */
import { html } from "htm/preact";
import { clock } from "../format.js";
import { hasNext, isSpeech, length, muted, next, playing, position, rate, setRate, setVolume, toggle, toggleMute, volume } from "../player.js";
import { audioTracks, canPip, chooseAudio, hasCaptions, toggleCaptions, toggleFullscreen, togglePip } from "../player_window.js";
import { announce } from "../store.js";
import { t } from "../strings.js";
import { typed } from "../typed.js";
import { Icon } from "./icon.js";
import { IconButton } from "./icon_button.js";
import { SeekBar } from "./seek_bar.js";

/** @import { Media } from "../types.js" */

const SPEEDS = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2];
const SPOKEN_SPEEDS = [...SPEEDS, 2.25, 2.5, 3];

/**
 * @param {{ media: Media, onSkip: (by: number) => void, onChapters: () => void, onKeys: () => void,
 *   stage: () => HTMLElement | null }} props
 */
export function PlayerControls({ media, onSkip, onChapters, onKeys, stage }) {
  const fullscreen = () => {
    const element = stage();
    if (element) toggleFullscreen(element);
  };
  return html`<div class="player__controls">
    <${SeekBar} chapters=${media.chapters} />
    <div class="player__row">
      <${IconButton}
        class="player__play"
        icon=${playing.value ? "pause" : "play"}
        filled
        label=${playing.value ? t("player.pause") : t("player.play")}
        onClick=${toggle}
      />
      <${IconButton} icon="rotate-ccw" label=${t("player.back10")} onClick=${() => onSkip(-10)} />
      <${IconButton} icon="rotate-cw" label=${t("player.on10")} onClick=${() => onSkip(10)} />
      ${hasNext.value && html`<${IconButton} icon="skip-forward" filled label=${t("player.next")} onClick=${next} />`}
      <${Volume} />
      <${Time} />
      <span class="player__gap"></span>
      <${AudioChoice} />
      <${Speed} />
      ${media.chapters.length > 1 && html`<${IconButton}
        icon="list-video"
        label=${t("item.chapters")}
        onClick=${onChapters}
      />`}
      ${hasCaptions() && html`<${IconButton}
        icon="captions"
        label=${t("player.captions")}
        onClick=${() => announce(toggleCaptions())}
      />`}
      <${IconButton} class="player__keys" icon="keyboard" label=${t("player.keys")} onClick=${onKeys} />
      ${canPip() && html`<${IconButton}
        class="player__pip"
        icon="picture-in-picture-2"
        label=${t("player.pip")}
        onClick=${togglePip}
      />`}
      <${IconButton} icon="maximize" label=${t("player.fullscreen")} onClick=${fullscreen} />
    </div>
  </div>`;
}

function Time() {
  return html`<span class="player__time">${clock(position.value)}<span class="player__whole"> / ${clock(length.value)}</span></span>`;
}

function Volume() {
  const level = muted.value ? 0 : volume.value;
  const icon = level === 0 ? "volume-x" : level < 0.5 ? "volume-1" : "volume-2";
  return html`<span class="volume">
    <${IconButton} icon=${icon} label=${level === 0 ? t("player.unmute") : t("player.mute")} onClick=${toggleMute} />
    <input
      class="volume__input"
      type="range"
      min="0"
      max="1"
      step="0.05"
      value=${level}
      aria-label=${t("player.volume")}
      style=${{ "--level": level }}
      onInput=${typed((value) => setVolume(Number(value)))}
    />
  </span>`;
}

function Speed() {
  return html`<label class="select select--player" title=${t("player.speed")}>
    <span class="unseen">${t("player.speed")}</span>
    <${Icon} name="gauge" />
    <select class="select__input" value=${rate.value} onChange=${typed((value) => setRate(Number(value)))}>
      ${(isSpeech.value ? SPOKEN_SPEEDS : SPEEDS).map((speed) => html`<option
        key=${speed}
        value=${speed}
        selected=${speed === rate.value}
      >${speed}×</option>`)}
    </select>
  </label>`;
}

/** Only where the browser can switch between the sounds of a file. */
function AudioChoice() {
  const tracks = audioTracks();
  if (tracks.length < 2) return null;
  return html`<label class="select select--player" title=${t("player.audio")}>
    <span class="unseen">${t("player.audio")}</span>
    <${Icon} name="languages" />
    <select class="select__input" onChange=${typed((value) => chooseAudio(Number(value)))}>
      ${tracks.map((track, index) => html`<option
        key=${index}
        value=${index}
        selected=${track.enabled}
      >${track.label || track.language || index + 1}</option>`)}
    </select>
  </label>`;
}
