/** The entries of a collection in their order, which a drag or a key changes. */
import { html } from "htm/preact";
import { useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { givesWay, landing, moved } from "../collection_order.js";
import { announce } from "../store.js";
import { t } from "../strings.js";
import { EntryRow } from "./entry_row.js";

/** @import { Collection, Entry } from "../types_reading.js" */

/** How near to the edge of the window a drag begins to scroll, px, and how far at a time. */
const EDGE = 90;
const SCROLL = 14;

/**
 * @param {{ collection: Collection, entries: Entry[], canOrder: boolean, onOrder: (entries: Entry[], moved: Entry) => void,
 *   onRemove: ((entry: Entry) => void) | null, onFetch: (entry: Entry) => void }} props
 */
export function EntryList({ collection, entries, canOrder, onOrder, onRemove, onFetch }) {
  const list = useRef(/** @type {HTMLOListElement | null} */ (null));
  const moving = useRef(/** @type {string | null} */ (null));
  const [drag, setDrag] = useState(/** @type {{ from: number, to: number, by: number, height: number } | null} */ (null));

  /** @param {number} from @param {number} to */
  const move = (from, to) => {
    const entry = entries[from];
    if (!entry || to < 0 || to >= entries.length || from === to) return;
    onOrder(moved(entries, from, to), entry);
    announce(t("collection.moved", { title: entry.title, position: to + 1, count: entries.length }));
  };
  /** @param {PointerEvent} event @param {number} from */
  const grab = (event, from) => {
    if (event.button !== 0 || !list.current) return;
    event.preventDefault();
    const handle = /** @type {HTMLElement} */ (event.currentTarget);
    handle.setPointerCapture(event.pointerId);
    const rows = [...list.current.children].map((row) => {
      const { top, height } = row.getBoundingClientRect();
      return { top: top + scrollY, height };
    });
    const began = event.clientY + scrollY;
    const height = rows[from]?.height ?? 0;
    let pointer = event.clientY;
    let now = { from, to: from, by: 0, height };
    const follow = () => {
      const by = pointer + scrollY - began;
      now = { from, to: landing(rows, from, by), by, height };
      setDrag(now);
    };
    const timer = setInterval(() => {
      if (pointer < EDGE) scrollBy(0, -SCROLL);
      else if (pointer > innerHeight - EDGE) scrollBy(0, SCROLL);
      else return;
      follow();
    }, 16);
    /** @param {PointerEvent} next */
    const pull = (next) => {
      pointer = next.clientY;
      follow();
    };
    /** @param {boolean} drop */
    const end = (drop) => () => {
      clearInterval(timer);
      handle.removeEventListener("pointermove", pull);
      handle.removeEventListener("pointerup", let_go);
      handle.removeEventListener("pointercancel", give_up);
      setDrag(null);
      if (drop) move(now.from, now.to);
    };
    const let_go = end(true);
    const give_up = end(false);
    handle.addEventListener("pointermove", pull);
    handle.addEventListener("pointerup", let_go);
    handle.addEventListener("pointercancel", give_up);
    setDrag(now);
  };
  /** @param {KeyboardEvent} event @param {number} from */
  const nudge = (event, from) => {
    const places = { ArrowUp: from - 1, ArrowDown: from + 1, Home: 0, End: entries.length - 1 };
    const to = places[/** @type {keyof typeof places} */ (event.key)];
    if (to === undefined) return;
    event.preventDefault();
    moving.current = entries[from]?.id ?? null;
    move(from, to);
  };
  // A row that is put elsewhere loses the focus, which the next press of the key needs.
  useLayoutEffect(() => {
    if (moving.current === null) return;
    const index = entries.findIndex((entry) => entry.id === moving.current);
    const handle = list.current?.children[index]?.querySelector(".listed__handle");
    if (handle instanceof HTMLElement) handle.focus();
    moving.current = null;
  }, [entries]);
  const acts = useRef(/** @type {Acts} */ ({ grab, nudge, move, onRemove, onFetch }));
  acts.current = { grab, nudge, move, onRemove, onFetch };
  return html`<ol class=${`entries ${drag ? "entries--dragging" : ""}`} ref=${list} aria-label=${t("collection.entries")}>
    ${entries.map((entry, index) => {
      const by = !drag ? 0 : index === drag.from ? drag.by : givesWay(index, drag.from, drag.to, drag.height);
      return html`<li
        key=${entry.id}
        class=${`listed-place ${drag?.from === index ? "listed-place--held" : ""}`}
        style=${drag ? { "--by": `${by}px` } : undefined}
      >
        <${Steady}
          collection=${collection}
          entry=${entry}
          index=${index}
          isLast=${index === entries.length - 1}
          canOrder=${canOrder}
          canRemove=${onRemove !== null}
          acts=${acts}
        />
      </li>`;
    })}
  </ol>`;
}

/**
 * @typedef {{ grab: (event: PointerEvent, from: number) => void, nudge: (event: KeyboardEvent, from: number) => void,
 *   move: (from: number, to: number) => void, onRemove: ((entry: Entry) => void) | null,
 *   onFetch: (entry: Entry) => void }} Acts
 */

/**
 * A row that is drawn again only when it changed itself: in a list of thousands, most do not.
 * @param {{ collection: Collection, entry: Entry, index: number, isLast: boolean, canOrder: boolean,
 *   canRemove: boolean, acts: { current: Acts } }} props
 */
function Steady({ collection, entry, index, isLast, canOrder, canRemove, acts }) {
  return useMemo(
    () => html`<${EntryRow}
      collection=${collection}
      entry=${entry}
      index=${index}
      isLast=${isLast}
      canOrder=${canOrder}
      onGrab=${(/** @type {PointerEvent} */ event) => acts.current.grab(event, index)}
      onNudge=${(/** @type {KeyboardEvent} */ event) => acts.current.nudge(event, index)}
      onMove=${(/** @type {number} */ way) => acts.current.move(index, index + way)}
      onRemove=${canRemove ? () => acts.current.onRemove?.(entry) : null}
      onFetch=${() => acts.current.onFetch(entry)}
    />`,
    [collection, entry, index, isLast, canOrder, canRemove],
  );
}
