/** The player: our own controls over the native element, by mouse, touch, keyboard and media keys. */
import { html } from "htm/preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Captions } from "../components/captions.js";
import { ChapterList } from "../components/chapter_list.js";
import { Cover } from "../components/cover.js";
import { Dialog } from "../components/dialog.js";
import { FirstPicture } from "../components/first_picture.js";
import { KeysDialog } from "../components/keys_dialog.js";
import { NextCard } from "../components/next_card.js";
import { PlayerControls } from "../components/player_controls.js";
import { PlayerFailure } from "../components/player_failure.js";
import { PlayerFlash } from "../components/player_flash.js";
import { PlayerTop } from "../components/player_top.js";
import { PlayMenu } from "../components/play_menu.js";
import { ResumeHint } from "../components/resume_hint.js";
import { SkipMarker } from "../components/skip_marker.js";
import { SoundMenu } from "../components/sound_menu.js";
import { current, failure, isAudio, length, muted, next, playing, rate, seek, setRate, setVolume, skip, toggle, toggleMute, volume, waiting } from "../player.js";
import { skipPart } from "../player/along.js";
import { toggleSubtitles } from "../player/captions.js";
import { toggleFullscreen } from "../player/screen.js";
import { DOUBLE_TAP_MS, tapMeans } from "../player/taps.js";
import { commandFor } from "../player_keys.js";
import { back, place } from "../router.js";
import { t } from "../strings_player.js";
import { join } from "../words.js";

/** @import { Deed } from "../components/player_flash.js" */

/** @typedef {"chapters" | "keys" | "sound" | "play"} Panel */

/** The controls leave a playing film alone after this long, ms. */
const IDLE_MS = 2600;
/** How long it is shown what a key did, ms. */
const FLASH_MS = 900;

export function PlayerView() {
  const root = useRef(/** @type {HTMLDivElement | null} */ (null));
  const timer = useRef(/** @type {ReturnType<typeof setTimeout> | undefined} */ (undefined));
  const lastTap = useRef({ at: 0, side: 0 });
  const [idle, setIdle] = useState(false);
  const [panel, setPanel] = useState(/** @type {Panel | null} */ (null));
  const [deed, setDeed] = useState(/** @type {Deed | null} */ (null));
  const media = current.value;
  const hidden = idle && playing.value && panel === null && !failure.value && !isAudio.value;

  const wake = () => {
    setIdle(false);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setIdle(true), IDLE_MS);
  };
  const leave = () => {
    if (document.fullscreenElement) void document.exitFullscreen();
    back(`/item/${place.value.params.id}`);
  };
  const close = () => {
    setPanel(null);
    wake();
  };

  useEffect(() => {
    wake();
    document.documentElement.classList.add("is-playing");
    root.current?.focus();
    return () => {
      clearTimeout(timer.current);
      document.documentElement.classList.remove("is-playing");
    };
  }, []);
  useEffect(() => {
    if (!deed) return undefined;
    const gone = setTimeout(() => setDeed(null), FLASH_MS);
    return () => clearTimeout(gone);
  }, [deed]);
  useEffect(() => {
    const title = media && (media.media_type === "episode" ? join([media.show_title, media.title]) : media.title);
    if (title) document.title = title;
  }, [media]);
  // Not a moment after the page has changed, or the first key after a dialog would still be the dialog's.
  useLayoutEffect(() => {
    /** @param {KeyboardEvent} event */
    const press = (event) => {
      if (panel !== null) return;
      wake();
      const command = commandFor(event, event.target instanceof Element ? event.target : null);
      if (!command) return;
      event.preventDefault();
      obey(command);
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  });

  /** @param {import("../player_keys.js").Command} command */
  const obey = (command) => {
    if (command.do === "toggle") toggle();
    else if (command.do === "skip") showSkip(command.by);
    else if (command.do === "part") seek(command.part * length.peek());
    else if (command.do === "volume") {
      const level = Math.min(1, Math.max(0, volume.value + command.by));
      setVolume(level);
      setDeed({ text: t("player.volumeNow", { value: Math.round(level * 100) }) });
    } else if (command.do === "speed") {
      const speed = Math.min(2, Math.max(0.5, rate.value + command.by));
      setRate(speed);
      setDeed({ text: t("player.speedNow", { value: speed }) });
    } else if (command.do === "mute") {
      setDeed({ text: muted.value ? t("player.unmute") : t("player.mute") });
      toggleMute();
    }
    else if (command.do === "fullscreen") toggleFullscreen();
    else if (command.do === "captions") setDeed({ text: toggleSubtitles() });
    else if (command.do === "next") next();
    else if (command.do === "skip_part") skipPart();
    else if (command.do === "help") setPanel("keys");
    else if (command.do === "leave") leave();
  };
  /** @param {number} by */
  const showSkip = (by) => {
    skip(by);
    setDeed({ by });
  };
  /** A tap shows or hides the controls, two on a side skip; a click is play and pause. @param {PointerEvent} event */
  const tap = (event) => {
    if (event.pointerType === "mouse") {
      if (event.button === 0) toggle();
      return wake();
    }
    const meant = tapMeans({ x: event.clientX / innerWidth, at: event.timeStamp }, lastTap.current);
    lastTap.current = meant;
    if (meant.by) showSkip(meant.by);
    else if (hidden || idle) wake();
    // A second tap may come: then it was not meant to take the controls away.
    else timer.current = setTimeout(() => lastTap.current === meant && setIdle(true), meant.side ? DOUBLE_TAP_MS : 0);
    return undefined;
  };
  /** After a click the keys belong to the film again, not to the button. @param {MouseEvent} event */
  const giveKeysBack = (event) => {
    const button = event.target instanceof Element ? event.target.closest(".player__controls button") : null;
    if (button && event.detail > 0 && panel === null) root.current?.focus();
  };

  return html`<div
    class=${hidden ? "player player--idle" : "player"}
    ref=${root}
    tabindex="-1"
    onPointerMove=${(/** @type {PointerEvent} */ event) => event.pointerType === "mouse" && wake()}
    onFocusIn=${wake}
    onClick=${giveKeysBack}
  >
    <${FirstPicture} />
    <${Captions} raised=${!hidden} />
    <div
      class="player__surface"
      onPointerUp=${tap}
      onDblClick=${() => matchMedia("(hover: hover)").matches && toggleFullscreen()}
    ></div>
    ${media && isAudio.value && html`<div class="player__cover"><${Cover}
      id=${media.id}
      title=${media.title}
      hue=${media.hue}
      artwork=${media.artwork}
      shape="square"
    /></div>`}
    <${PlayerTop} onLeave=${leave} />
    ${waiting.value && !failure.value && html`<span class="player__wait" role="status" aria-label=${t("player.loading")}></span>`}
    <${PlayerFlash} deed=${deed} />
    ${failure.value && html`<${PlayerFailure} onLeave=${leave} />`}
    ${!failure.value && html`<${ResumeHint} /><${SkipMarker} /><${NextCard} />`}
    ${media && !failure.value && html`<${PlayerControls} media=${media} panel=${panel} onSkip=${showSkip} onPanel=${setPanel} />`}
    ${panel === "sound" && html`<${SoundMenu} onClose=${close} />`}
    ${panel === "play" && html`<${PlayMenu} onClose=${close} onKeys=${() => setPanel("keys")} />`}
    ${panel === "keys" && html`<${KeysDialog} onClose=${close} />`}
    ${panel === "chapters" && media && html`<${Dialog} title=${t("item.chapters")} kind="drawer" onClose=${close}>
      <div class="dialog__body" onClick=${(/** @type {MouseEvent} */ event) => jump(event, close)}>
        <${ChapterList}
          chapters=${media.chapters}
          hrefOf=${(/** @type {{ start: number }} */ chapter) => `/play/${media.id}?t=${Math.floor(chapter.start)}`}
        />
      </div>
    <//>`}
  </div>`;
}

/** A chapter in the player seeks; the address stays. @param {MouseEvent} event @param {() => void} done */
function jump(event, done) {
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  if (!link) return;
  event.preventDefault();
  seek(Number(new URL(link.href).searchParams.get("t")));
  done();
}
