/** What comes next, in an order that a drag or a key changes. */
import { html } from "htm/preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { givesWay, landing, moved } from "../collection_order.js";
import { clock } from "../format.js";
import { current, open, playing, queue } from "../player.js";
import { clearQueue, reorder, takeOut, undo } from "../queueing.js";
import { t } from "../strings_sound.js";
import { Cover } from "./cover.js";
import { Dialog } from "./dialog.js";
import { Icon } from "./icon.js";
import { IconButton } from "./icon_button.js";
import { RepeatButton, ShuffleButton } from "./order_buttons.js";

/** @import { Card } from "../types.js" */

/** @param {{ onClose: () => void }} props */
export function QueueDrawer({ onClose }) {
  const cards = queue.value;
  const here = cards.findIndex((card) => card.id === current.value?.id);
  const left = cards.length - here - 1;
  return html`<${Dialog} title=${t("queue.title")} kind="drawer" onClose=${onClose}>
    <div class="dialog__body queue">
      <div class="queue__head">
        <p class="queue__count">${left > 0 ? t("queue.after", { count: left }) : t("queue.nothing")}</p>
        <${ShuffleButton} /><${RepeatButton} />
        <button type="button" class="button button--plain" disabled=${cards.length < 2} onClick=${clearQueue}>${t("queue.clear")}</button>
      </div>
      <div role="status">${undo.value && html`<p class="queue__undo"><span>${undo.value.said}</span>
        <button type="button" class="button button--plain" onClick=${undo.value.run}><${Icon} name="undo-2" />${t("action.undo")}</button></p>`}</div>
      ${cards.length > 0 ? html`<${Rows} cards=${cards} />` : html`<p class="queue__hint">${t("queue.nothingHint")}</p>`}
    </div>
  <//>`;
}

/** @param {{ cards: Card[] }} props */
function Rows({ cards }) {
  const list = useRef(/** @type {HTMLOListElement | null} */ (null));
  const moving = useRef(/** @type {string | null} */ (null));
  const [drag, setDrag] = useState(/** @type {{ from: number, to: number, by: number, height: number } | null} */ (null));

  /** @param {number} from @param {number} to */
  const move = (from, to) => {
    const card = cards[from];
    if (card && to >= 0 && to < cards.length && from !== to) reorder(moved(cards, from, to), card);
  };
  /** @param {PointerEvent} event @param {number} from */
  const grab = (event, from) => {
    if (event.button !== 0 || !list.current) return;
    event.preventDefault();
    const handle = /** @type {HTMLElement} */ (event.currentTarget);
    handle.setPointerCapture(event.pointerId);
    const rows = [...list.current.children].map((row) => row.getBoundingClientRect()).map(({ top, height }) => ({ top, height }));
    let now = { from, to: from, by: 0, height: rows[from]?.height ?? 0 };
    /** @param {PointerEvent} next */
    const pull = (next) => {
      const by = next.clientY - event.clientY;
      setDrag((now = { ...now, to: landing(rows, from, by), by }));
    };
    /** @param {Event} last */
    const end = (last) => {
      handle.removeEventListener("pointermove", pull);
      for (const type of ["pointerup", "pointercancel"]) handle.removeEventListener(type, end);
      setDrag(null);
      if (last.type === "pointerup") move(now.from, now.to);
    };
    handle.addEventListener("pointermove", pull);
    for (const type of ["pointerup", "pointercancel"]) handle.addEventListener(type, end);
    setDrag(now);
  };
  /** @param {KeyboardEvent} event @param {number} from */
  const nudge = (event, from) => {
    const to = { ArrowUp: from - 1, ArrowDown: from + 1, Home: 0, End: cards.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    moving.current = cards[from]?.id ?? null;
    move(from, to);
  };
  // A row that is put elsewhere loses the focus, which the next press of the key needs.
  useLayoutEffect(() => {
    const index = moving.current === null ? -1 : cards.findIndex((card) => card.id === moving.current);
    const handle = list.current?.children[index]?.querySelector(".queued__handle");
    if (handle instanceof HTMLElement) handle.focus();
    moving.current = null;
  }, [cards]);
  // What plays is in sight, and what follows it.
  useLayoutEffect(() => list.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "center" }), []);

  return html`<ol class=${`queue__list ${drag ? "queue__list--dragging" : ""}`} ref=${list}>
    ${cards.map((card, index) => html`<li
      key=${card.id}
      class=${`queued ${drag?.from === index ? "queued--held" : ""}`}
      aria-current=${card.id === current.value?.id ? "true" : undefined}
      style=${drag ? { "--by": `${index === drag.from ? drag.by : givesWay(index, drag.from, drag.to, drag.height)}px` } : undefined}
    >
      <${Row} card=${card} onGrab=${(/** @type {PointerEvent} */ event) => grab(event, index)} onNudge=${(/** @type {KeyboardEvent} */ event) => nudge(event, index)} />
    </li>`)}
  </ol>`;
}

/** @param {{ card: Card, onGrab: (event: PointerEvent) => void, onNudge: (event: KeyboardEvent) => void }} props */
function Row({ card, onGrab, onNudge }) {
  const isHere = card.id === current.value?.id;
  return html`
    <button type="button" class="queued__handle" aria-label=${t("queue.move", { title: card.title })} title=${t("queue.moveHint")} onPointerDown=${onGrab} onKeyDown=${onNudge}>
      <${Icon} name="grip-vertical" />
    </button>
    <button type="button" class="queued__what" onClick=${() => open(card.id, { at: 0 })}>
      <span class="queued__cover"><${Cover} id=${card.id} title="" hue=${card.hue} artwork=${card.artwork} shape="square" />
        ${isHere && html`<span class="queued__here"><${Icon} name=${playing.value ? "volume-2" : "pause"} /></span>`}</span>
      <span class="queued__words"><span class="queued__title">${card.title}</span><span class="queued__artist">${card.artist ?? card.show_title}</span></span>
      <span class="queued__time">${clock(card.duration)}</span>
    </button>
    <${IconButton} icon="x" label=${t("queue.takeOut", { title: card.title })} disabled=${isHere} onClick=${() => takeOut(card)} />
  `;
}
