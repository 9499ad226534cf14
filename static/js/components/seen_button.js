/** Marks a film, an episode, a season or a show as watched, or as not watched. */
import { html } from "htm/preact";
import { markMany } from "../bulk.js";
import { t } from "../strings_lists.js";
import { Icon } from "./icon.js";

/** @import { Kind } from "../bulk.js" */

/** @param {{ kind: Kind, keys: string[], isSeen: boolean, text?: string, hotkey?: boolean }} props `text` when it is not about the page's own subject */
export function SeenButton({ kind, keys, isSeen, text, hotkey = true }) {
  const label = text ?? t(isSeen ? "bulk.markUnwatched" : "bulk.markWatched");
  return html`<button
    type="button"
    class="button button--plain"
    data-hotkey=${hotkey ? "w" : undefined}
    aria-pressed=${isSeen}
    disabled=${!keys.length}
    onClick=${() => markMany(kind, keys, !isSeen)}
  ><${Icon} name=${isSeen ? "check" : "circle-check"} />${label}</button>`;
}
