/** Plays what is on this device, with nobody's help, and remembers where one stopped. */
import { html } from "htm/preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { IconButton } from "../components/icon_button.js";
import { t } from "../strings_offline.js";
import { notePlace } from "./outbox.js";

/** @import { Item } from "./records.js" */

/** How often the place is noted while it plays, ms. */
const NOTE_EVERY = 10_000;

/** @param {{ item: Item, onClose: () => void, onEnded: () => void }} props */
export function DevicePlayer({ item, onClose, onEnded }) {
  const media = useRef(/** @type {HTMLMediaElement | null} */ (null));
  const noted = useRef({ at: 0, position: item.position });
  const [failed, setFailed] = useState(false);
  const skips = item.speech ? { back: 15, on: 30 } : { back: 10, on: 10 };

  const note = () => {
    const element = media.current;
    if (!element || element.readyState < 1 || Math.abs(element.currentTime - noted.current.position) < 0.25) return;
    noted.current = { at: Date.now(), position: element.currentTime };
    void notePlace(item, element.currentTime, element.duration || item.duration).catch(() => undefined);
  };
  useEffect(() => {
    const element = media.current;
    setSession(item, element, skips);
    element?.closest(".device-player")?.scrollIntoView({ block: "nearest" });
    addEventListener("pagehide", note);
    return () => {
      note();
      removeEventListener("pagehide", note);
      setSession(null, null, skips);
    };
  }, []);
  const begin = () => {
    const element = media.current;
    if (!element) return;
    if (item.position > 5 && item.position < element.duration - 5) element.currentTime = item.position;
    element.play().catch(() => undefined);
  };
  const tick = () => {
    if (Date.now() - noted.current.at > NOTE_EVERY) note();
  };
  /** @param {number} seconds */
  const skip = (seconds) => {
    if (media.current) media.current.currentTime += seconds;
  };
  const how = {
    ref: media,
    src: `/offline-media/${item.media}`,
    controls: true,
    preload: "auto",
    "aria-label": item.title,
    onLoadedMetadata: begin,
    onTimeUpdate: tick,
    onPause: note,
    onSeeked: note,
    onEnded,
    onError: () => setFailed(true),
  };
  return html`<section class=${`device-player device-player--${item.kind}`} aria-label=${t("offline.playing")}>
    <div class="device-player__head">
      <div class="device-player__words">
        <h2 class="device-player__title">${item.title}</h2>
        <p class="device-player__line">${item.subtitle || t("offline.playing")}</p>
      </div>
      ${item.kind === "audio" && html`
        <${IconButton} icon="rotate-ccw" label=${t("offline.back", { seconds: skips.back })} onClick=${() => skip(-skips.back)} />
        <${IconButton} icon="rotate-cw" label=${t("offline.on", { seconds: skips.on })} onClick=${() => skip(skips.on)} />`}
      <${IconButton} icon="x" label=${t("offline.close")} onClick=${onClose} />
    </div>
    ${failed
      ? html`<p class="notice" role="alert">${t("offline.broken")}</p>`
      : item.kind === "video"
        ? html`<video class="device-player__video" playsinline ...${how}></video>`
        : html`<audio class="device-player__audio" ...${how}></audio>`}
  </section>`;
}

/** The lock screen and the media keys. @param {Item | null} item @param {HTMLMediaElement | null} element @param {{ back: number, on: number }} skips */
function setSession(item, element, skips) {
  const session = navigator.mediaSession;
  if (!session) return;
  const artwork = item?.has_picture ? [{ src: `/offline-media/${item.media}/picture` }] : [];
  session.metadata = item ? new MediaMetadata({ title: item.title, artist: item.subtitle, artwork }) : null;
  const acts = /** @type {[MediaSessionAction, () => void][]} */ ([
    ["play", () => void element?.play()],
    ["pause", () => element?.pause()],
    ["seekbackward", () => element && (element.currentTime -= skips.back)],
    ["seekforward", () => element && (element.currentTime += skips.on)],
  ]);
  for (const [action, run] of acts) session.setActionHandler(action, item ? run : null);
}
