/** What can be added and how else: by dropping a file, from another site with a bookmark, from a phone by sharing. */
import { html } from "htm/preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { addressBookmark, pageBookmark } from "../bookmarklets.js";
import { toast } from "../store.js";
import { t } from "../strings.js";
import { FilePicker } from "./file_picker.js";
import { Icon } from "./icon.js";

const KINDS = /** @type {const} */ ([
  ["square-play", "way.videos"], ["mic", "way.podcasts"], ["file-text", "way.articles"], ["book", "way.books"],
  ["list-music", "way.playlists"],
]);

export function AddWays() {
  return html`<div class="ways">
    <ul class="ways__kinds" aria-label=${t("way.title")}>
      ${KINDS.map(([icon, words]) => html`<li
        key=${words}
        class="ways__kind"
      ><${Icon} name=${icon} />${t(words)}</li>`)}
    </ul>
    <${FilePicker} />
    <details class="fold panel">
      <summary class="fold__head">${t("bookmark.title")}</summary>
      <div class="fold__body">
        <p class="panel__note">${t("bookmark.note")}</p>
        <ul class="rows">
          <${Bookmark}
            name=${t("bookmark.address")}
            hint=${t("bookmark.addressHint")}
            code=${addressBookmark(location.origin)}
          />
          <${Bookmark}
            name=${t("bookmark.page")}
            hint=${t("bookmark.pageHint")}
            code=${pageBookmark(location.origin)}
          />
        </ul>
        <p class="form__note">${t("bookmark.share")}</p>
      </div>
    </details>
  </div>`;
}

/** A bookmark to drag to the bar. The policy of the page lets its code run nowhere here, so a click only explains.
 *  @param {{ name: string, hint: string, code: string }} props */
function Bookmark({ name, hint, code }) {
  const link = useRef(/** @type {HTMLAnchorElement | null} */ (null));
  useLayoutEffect(() => link.current?.setAttribute("href", code), [code]);
  /** @param {Event} event */
  const explain = (event) => {
    event.preventDefault();
    toast(t("bookmark.drag"));
  };
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(code);
      toast(t("keys.copied"));
    } catch {
      toast(t("keys.copyYourself"));
    }
  };
  return html`<li class="row">
    <span class="row__words">
      <a ref=${link} class="bookmark" draggable="true" onClick=${explain}><${Icon} name="plus" />${name}</a>
      <span class="row__sub">${hint}</span>
    </span>
    <button
      type="button"
      class="button button--plain"
      aria-label=${t("bookmark.copyName", { name })}
      onClick=${copy}
    ><${Icon} name="copy" />${t("keys.copy")}</button>
  </li>`;
}
