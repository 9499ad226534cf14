/** The one thing to do with an episode: play it, fetch it, or watch it come. */
import { html } from "htm/preact";
import { downloadEpisode, playEpisode } from "../episodes.js";
import { current, pause, play, playing } from "../player.js";
import { t } from "../strings.js";
import { Icon } from "./icon.js";
import { IconButton } from "./icon_button.js";
import { ProgressRing } from "./progress_ring.js";

/** @import { Episode } from "../types.js" */

/** @param {{ episode: Episode & { percent: number | null }, mayFetch: boolean }} props */
export function EpisodeButton({ episode, mayFetch }) {
  const { title, state, media_id, percent } = episode;
  if (state === "here") {
    const here = current.value?.id === media_id;
    const sounding = here && playing.value;
    return html`<${IconButton}
      class="icon--round"
      icon=${sounding ? "pause" : "play"}
      filled
      label=${sounding ? t("player.pause") : t("action.playTitle", { title })}
      onClick=${() => (here ? (sounding ? pause() : play()) : playEpisode(episode))}
    />`;
  }
  if (state === "queued" || state === "downloading") return html`<span
    class="icon icon--round icon--busy"
    role="img"
    aria-label=${t(state === "queued" ? "episode.queued" : "episode.downloading", { title })}
  ><${ProgressRing} value=${percent ?? 0} /><${Icon} name=${state === "queued" ? "clock" : "download"} /></span>`;
  if (!mayFetch) return html`<span
    class="icon icon--round icon--busy"
    aria-hidden="true"
  ><${Icon} name="mic" /></span>`;
  return html`<${IconButton}
    class="icon--round"
    icon="cloud-download"
    label=${t("episode.download", { title })}
    onClick=${() => downloadEpisode(episode)}
  />`;
}
