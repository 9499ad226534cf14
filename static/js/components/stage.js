/** The place of the one media element: the whole window in the player, a corner beside everything else. */
import { html } from "htm/preact";
import { useEffect, useRef } from "preact/hooks";
import { lazy } from "../lazy.js";
import { advanced, close, current, failure, isAudio, length, loadEngine, mediaElement, open, playing, position, toggle } from "../player.js";
import { navigate, place } from "../router.js";
import { t } from "../strings.js";
import { cardTitle } from "../words.js";
import { IconButton } from "./icon_button.js";

const PlayerView = lazy(() => import("../views/player.js"), "PlayerView", () => null, ["player", "player_menu", "player_over", "seek"]);

/** A player that is there before it is wanted shows its first picture sooner. */
const PRELOAD_MS = 1500;

export function Stage() {
  const host = useRef(/** @type {HTMLDivElement | null} */ (null));
  const full = place.value.name === "player";
  const id = full ? (place.value.params.id ?? "") : null;
  const from = place.value.query.get("t");
  const file = place.value.query.get("file");

  useEffect(() => {
    const timer = setTimeout(() => {
      PlayerView.preload();
      loadEngine().then((engine) => engine.thisDevice(), () => undefined);
    }, PRELOAD_MS);
    return () => clearTimeout(timer);
  }, []);
  useEffect(() => {
    if (full) host.current?.prepend(mediaElement());
  }, [full]);
  useEffect(() => {
    if (id !== null) void open(id, { at: from === null ? null : Number(from) || 0, file });
    else if (current.value && !isAudio.value && !playing.value) close();
    else if (failure.value) close();
  }, [id, from, file]);
  useEffect(() => {
    if (id !== null && advanced.value && advanced.value !== id) navigate(`/play/${advanced.value}`, { replace: true, keepFocus: true });
  }, [advanced.value]);

  const media = current.value;
  const mini = !full && media !== null && !isAudio.value;
  const state = full ? "stage--full" : mini ? "stage--mini" : "stage--away";
  return html`<div class=${`stage ${state}`} role=${full ? "main" : undefined}>
    <div class="stage__host" ref=${host}></div>
    ${full && html`<${PlayerView} />`}
    ${mini &&
    html`<div class="stage__corner">
      <a
        class="stage__back"
        href=${`/play/${media.id}`}
        aria-label=${t("player.return", { title: cardTitle(media) })}
      ></a>
      <${IconButton} class="stage__close" icon="x" label=${t("player.close")} onClick=${close} />
      <${IconButton}
        class="stage__toggle"
        icon=${playing.value ? "pause" : "play"}
        filled
        label=${playing.value ? t("player.pause") : t("player.play")}
        onClick=${toggle}
      />
      <${Progress} />
    </div>`}
  </div>`;
}

function Progress() {
  return html`<span class="stage__progress" style=${{ "--now": position.value / (length.value || 1) }}></span>`;
}
