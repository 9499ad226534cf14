/** The picture of a podcast, or its name on a colour of its own. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { podcastImageUrl } from "../api_content.js";

/** @import { Podcast } from "../types.js" */

/** @param {{ podcast: Podcast, large?: boolean }} props */
export function PodcastCover({ podcast, large = false }) {
  const [broken, setBroken] = useState(false);
  return html`<span class="cover" aria-hidden="true" style=${{ "--h": podcast.hue }}>
    ${podcast.has_image && !broken
      ? html`<img
          class="cover__picture"
          src=${podcastImageUrl(podcast.id, large ? 780 : 342)}
          alt=""
          loading=${large ? "eager" : "lazy"}
          decoding="async"
          onError=${() => setBroken(true)}
        />`
      : html`<span class="cover__title">${podcast.title}</span>`}
  </span>`;
}
