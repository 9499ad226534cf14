/** The still of a film until the film itself is there. */
import { html } from "htm/preact";
import { backdropUrl, posterUrl, stillUrl } from "../api.js";
import { current, isAudio } from "../player.js";
import { pictured } from "../player/presenting.js";

/** @import { Media } from "../types.js" */

export function FirstPicture() {
  const media = current.value;
  const source = media && !isAudio.value ? sourceOf(media) : null;
  if (!source || pictured.value) return null;
  return html`<img class="player__still" src=${source} alt="" aria-hidden="true" />`;
}

/** @param {Media} media */
function sourceOf({ id, artwork }) {
  if (artwork.backdrop) return backdropUrl(id, 1280);
  if (artwork.still) return stillUrl(id, 1280);
  return artwork.poster ? posterUrl(id, 780) : null;
}
