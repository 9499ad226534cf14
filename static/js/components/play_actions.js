/** Play all of it, in its order or in any; now, next, or after everything else. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { enqueue, playAll, playNext } from "../queueing.js";
import { toastError } from "../store.js";
import { t } from "../strings_sound.js";
import { Icon } from "./icon.js";
import { Popover, PopoverAction } from "./popover.js";

/** @import { Card } from "../types.js" */

/** @param {{ load: () => Card[] | Promise<Card[]>, disabled?: boolean, text?: string }} props `text` is what the button says */
export function PlayActions({ load, disabled = false, text = t("action.play") }) {
  const [busy, setBusy] = useState(false);
  /** @param {(cards: Card[]) => void} act */
  const withCards = (act) => async () => {
    setBusy(true);
    try {
      const cards = await load();
      if (cards.length) act(cards);
    } catch (error) {
      toastError(error);
    } finally {
      setBusy(false);
    }
  };
  return html`
    <button type="button" class="button button--accent" disabled=${disabled || busy} onClick=${withCards((cards) => playAll(cards))}>
      <${Icon} name="play" filled />${text}
    </button>
    <button type="button" class="button button--plain" disabled=${disabled || busy} onClick=${withCards((cards) => playAll(cards, { shuffle: true }))}>
      <${Icon} name="shuffle" />${t("queue.shuffle")}
    </button>
    <${Popover} icon="list-plus" label=${t("queue.title")} text=${t("queue.title")} class="button button--plain">
      ${(/** @type {() => void} */ close) => html`<${QueueActions} act=${(/** @type {(cards: Card[]) => void} */ act) => {
        close();
        void withCards(act)();
      }} />`}
    <//>
  `;
}

/** @param {{ act: (act: (cards: Card[]) => void) => void }} props */
function QueueActions({ act }) {
  return html`
    <${PopoverAction} icon="list-start" text=${t("queue.playNext")} onClick=${() => act(playNext)} />
    <${PopoverAction} icon="list-end" text=${t("queue.add")} onClick=${() => act(enqueue)} />
  `;
}

/** The same for one track, at the end of its line. @param {{ card: Card }} props */
export function TrackActions({ card }) {
  return html`<${Popover} icon="ellipsis" label=${t("queue.more", { title: card.title })}>
    ${(/** @type {() => void} */ close) => html`
      <${QueueActions} act=${(/** @type {(cards: Card[]) => void} */ act) => {
        close();
        act([card]);
      }} />
      <${PopoverAction} icon="info" text=${t("queue.openItem")} href=${`/item/${card.id}`} />
    `}
  <//>`;
}
