/** The tracks of an album or queue; the one that plays is marked. */
import { html } from "htm/preact";
import { clock } from "../format.js";
import { current, pause, play, playing } from "../player.js";
import { t } from "../strings.js";
import { Icon } from "./icon.js";

/** @import { Card, Children } from "../types.js" */

/** @param {{ tracks: Card[], onPlay: (id: string) => unknown, numbered?: boolean, artist?: string | null,
 *    actions?: ((card: Card) => Children) | null }} props `artist` is not repeated on each line; `actions` stand at its end */
export function TrackList({ tracks, onPlay, numbered = true, artist = null, actions = null }) {
  return html`<ol class="tracks">
    ${tracks.map((track, index) => {
      const here = current.value?.id === track.id;
      const sounding = here && playing.value;
      const act = () => (here ? (sounding ? pause() : play()) : onPlay(track.id));
      return html`<li key=${track.id} class=${actions ? "track-line" : undefined} draggable="true" data-media=${track.id}>
        <button type="button" class="track" aria-current=${here ? "true" : undefined} onClick=${act}>
          <span class="track__mark" aria-hidden="true">
            <span class="track__number">${numbered ? (track.track_number ?? index + 1) : index + 1}</span>
            <span class="track__icon"><${Icon} name=${sounding ? "pause" : "play"} filled /></span>
          </span>
          <span class="track__words">
            <span class="track__title"><span class="unseen">${sounding ? t("player.pause") : t("player.play")} </span>${track.title}</span>
            ${track.artist && track.artist !== artist && html`<span class="track__artist">${track.artist}</span>`}
          </span>
          <span class="track__time">${clock(track.duration)}</span>
        </button>
        ${actions?.(track)}
      </li>`;
    })}
  </ol>`;
}
