/** The bar at the foot of the player. */
import { html } from "htm/preact";
import { clock } from "../format.js";
import { hasNext, length, muted, next, playing, position, setVolume, toggle, toggleMute, volume } from "../player.js";
import { timeline } from "../player/along.js";
import { canPip, chooseScreen, hasOtherScreens, isFullscreen, toggleFullscreen, togglePip } from "../player/screen.js";
import { t } from "../strings_player.js";
import { typed } from "../typed.js";
import { IconButton } from "./icon_button.js";
import { SeekBar } from "./seek_bar.js";

/** @import { Media } from "../types.js" */
/** @import { Panel } from "../views/player.js" */

const IS_APPLE = "WebKitPlaybackTargetAvailabilityEvent" in globalThis;

/**
 * @param {{ media: Media, panel: Panel | null, onSkip: (by: number) => void, onPanel: (panel: Panel) => void }} props
 */
export function PlayerControls({ media, panel, onSkip, onPanel }) {
  return html`<div class="player__controls">
    <div class="player__seek">
      <span class="player__time">${clock(position.value)}</span>
      <${SeekBar} chapters=${media.chapters} timeline=${timeline.value} />
      <span class="player__time player__time--left">−${clock(Math.max(0, length.value - position.value))}</span>
    </div>
    <div class="player__row">
      <span class="player__moves">
        <${IconButton} icon="rotate-ccw" label=${t("player.back10")} onClick=${() => onSkip(-10)} />
        <${PlayButton} />
        <${IconButton} icon="rotate-cw" label=${t("player.on10")} onClick=${() => onSkip(10)} />
      </span>
      <${Volume} />
      ${hasNext.value && html`<${IconButton} icon="skip-forward" filled label=${t("player.next")} onClick=${next} />`}
      <span class="player__gap"></span>
      ${media.chapters.length > 1 && html`<${IconButton}
        icon="list-video"
        label=${t("item.chapters")}
        onClick=${() => onPanel("chapters")}
      />`}
      ${media.video && html`<${IconButton} icon="captions" label=${t("player.sound")} pressed=${panel === "sound"} onClick=${() => onPanel("sound")} />`}
      <${IconButton} icon="settings" label=${t("player.settings")} pressed=${panel === "play"} onClick=${() => onPanel("play")} />
      ${hasOtherScreens.value && html`<${IconButton}
        icon=${IS_APPLE ? "airplay" : "cast"}
        label=${IS_APPLE ? t("player.airplay") : t("player.cast")}
        onClick=${chooseScreen}
      />`}
      ${canPip() && html`<${IconButton}
        class="player__pip"
        icon="picture-in-picture-2"
        label=${t("player.pip")}
        onClick=${togglePip}
      />`}
      <${IconButton}
        icon=${isFullscreen.value ? "minimize" : "maximize"}
        label=${isFullscreen.value ? t("player.fullscreenLeave") : t("player.fullscreen")}
        onClick=${toggleFullscreen}
      />
    </div>
  </div>`;
}

export function PlayButton() {
  return html`<${IconButton}
    class="player__play"
    icon=${playing.value ? "pause" : "play"}
    filled
    label=${playing.value ? t("player.pause") : t("player.play")}
    onClick=${toggle}
  />`;
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
