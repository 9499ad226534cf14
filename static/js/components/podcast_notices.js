/** What is the matter with a feed, and what to do about it. */
import { html } from "htm/preact";
import { content } from "../api_content.js";
import { hostOf } from "../links.js";
import { mayRip, podcastRevision, toastError } from "../store.js";
import { t } from "../strings.js";
import { Icon } from "./icon.js";

/** @import { Podcast } from "../types.js" */

/** @param {{ podcast: Podcast, onRefresh: () => void }} props */
export function PodcastNotices({ podcast, onRefresh }) {
  const { id, moved_to, is_dead, error } = podcast;
  /** @param {boolean} accept */
  const move = async (accept) => {
    try {
      await content.movePodcast(id, accept);
      podcastRevision.value += 1;
    } catch (reason) {
      toastError(reason);
    }
  };
  return html`
    ${mayRip.value && moved_to && html`<div class="notice notice--act" role="status">
      <${Icon} name="info" />
      <p>${t("podcast.moved", { url: hostOf(moved_to) })} <span class="notice__path">${moved_to}</span></p>
      <span class="notice__ways">
        <button
          type="button"
          class="button button--accent"
          onClick=${() => move(true)}
        >${t("podcast.moveAccept")}</button>
        <button
          type="button"
          class="button button--plain"
          onClick=${() => move(false)}
        >${t("podcast.moveRefuse")}</button>
      </span>
    </div>`}
    ${mayRip.value && (is_dead || error) && html`<div class="notice notice--act" role="status">
      <${Icon} name="triangle-alert" />
      <p>${is_dead ? t("podcast.dead") : ""} ${error}</p>
      <span class="notice__ways">
        <button
          type="button"
          class="button"
          onClick=${onRefresh}
        ><${Icon} name="refresh-cw" />${t("podcast.refresh")}</button>
      </span>
    </div>`}
  `;
}
