/** The sheet of all keys: to the pages, in lists, in the player. */
import { html } from "htm/preact";
import { t } from "../strings_lists.js";
import { t as player } from "../strings_player.js";
import { Dialog } from "./dialog.js";
import { KEYS } from "./keys_dialog.js";

const PAGES = /** @type {const} */ ([
  ["/", "keys.search"], ["G H", "nav.home"], ["G F", "nav.films"], ["G S", "nav.shows"], ["G M", "nav.music"], ["G P", "nav.podcasts"],
  ["G V", "nav.videos"], ["G A", "nav.articles"], ["G B", "nav.books"], ["G O", "nav.homeMedia"], ["G C", "nav.collections"],
  ["G R", "nav.review"], ["G N", "nav.addHere"], ["G T", "activity.title"], ["G X", "nav.bin"], ["G ,", "nav.settings"], ["?", "keys.help"],
]);
const LISTS = /** @type {const} */ ([
  ["← ↑ → ↓", "keys.move"], ["Enter", "keys.open"], ["X", "keys.select"], ["Shift + X", "keys.range"], ["⌘A / Ctrl A", "bulk.all"],
  ["W", "keys.watched"], ["Esc", "bulk.clear"],
]);
const ITEM = /** @type {const} */ ([["E", "keys.edit"], ["W", "keys.watched"]]);

/** @param {{ onClose: () => void }} props */
export function AllKeysDialog({ onClose }) {
  return html`<${Dialog} title=${t("keys.title")} onClose=${onClose} kind="wide">
    <div class="all-keys dialog__body" tabindex="0" role="group" aria-label=${t("keys.title")}>
      <${Part} title=${t("keys.pages")} rows=${PAGES.map(([key, text]) => [key, t(text)])} />
      <div>
        <${Part} title=${t("keys.lists")} rows=${LISTS.map(([key, text]) => [key, t(text)])} />
        <${Part} title=${t("keys.item")} rows=${ITEM.map(([key, text]) => [key, t(text)])} />
      </div>
      <${Part} title=${t("keys.player")} rows=${KEYS.map(([key, text]) => [key, player(text)])} />
    </div>
  <//>`;
}

/** @param {{ title: string, rows: string[][] }} props */
function Part({ title, rows }) {
  return html`<section>
    <h3 class="all-keys__title">${title}</h3>
    <dl class="all-keys__list">
      ${rows.map(([key, text]) => html`<div key=${key} class="all-keys__row"><dt><kbd class="all-keys__key">${key}</kbd></dt><dd>${text}</dd></div>`)}
    </dl>
  </section>`;
}
