/** The keys of the player. */
import { html } from "htm/preact";
import { t } from "../strings_player.js";
import { Dialog } from "./dialog.js";

export const KEYS = /** @type {const} */ ([
  ["Space / K", "hotkeys.toggle"],
  ["← / →", "hotkeys.skip10"],
  ["J / L", "hotkeys.skip30"],
  ["↑ / ↓", "hotkeys.volume"],
  ["M", "hotkeys.mute"],
  ["F", "hotkeys.fullscreen"],
  ["C", "hotkeys.captions"],
  ["0 – 9", "hotkeys.part"],
  ["< / >", "hotkeys.speed"],
  ["N", "hotkeys.next"],
  ["S", "hotkeys.part_skip"],
  ["Esc", "hotkeys.leave"],
  ["?", "hotkeys.help"],
]);

/** @param {{ onClose: () => void }} props */
export function KeysDialog({ onClose }) {
  return html`<${Dialog} title=${t("player.keys")} onClose=${onClose}>
    <dl class="keys dialog__body">
      ${KEYS.map(([key, text]) => html`<div
        class="keys__row"
        key=${key}
      ><dt><kbd class="keys__key">${key}</kbd></dt><dd>${t(text)}</dd></div>`)}
    </dl>
  <//>`;
}
