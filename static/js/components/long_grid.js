/** A grid or list of any length: only the rows near the eye are on the page, and any place of it can be jumped to. */
import { html } from "htm/preact";
import { Fragment } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { columnsFor, Pace, visibleRows } from "../grid_rows.js";
import { useScrolled, useWidth } from "../over_window.js";
import { moveFocus } from "../selection.js";
import { CardSkeleton } from "./skeleton.js";

/** @import { Shape } from "../grid_rows.js" */
/** @import { Children } from "../types.js" */

/** Rows kept above and below the window, and how tall a line of a list is unless somebody says so, rem. */
const OVERSCAN = 3;
const LINE = 4.25;
const FOCUSABLE = "a[href], button:not(.choosable__button)";

/**
 * @template T
 * @param {{ count: number, at: (index: number) => T | undefined, want: (first: number, last: number) => void,
 *   shape: Shape, look: "grid" | "list", line?: number, label: string, keyOf: (item: T) => string,
 *   render: (item: T, index: number) => Children, token: unknown, jump: { current: ((index: number) => void) | null } }} props
 *   `count` is negative while nothing is known; `token` changes with all that `render` looks at beside the item; `jump` is filled with a way to go to an item
 */
export function LongGrid({ count, at, want, shape, look, line = LINE, label, keyOf, render, token, jump }) {
  const box = useRef(/** @type {HTMLUListElement | null} */ (null));
  const focusNext = useRef(/** @type {number | null} */ (null));
  const width = useWidth(box);
  const [rows, setRows] = useState({ first: 0, last: 8, flung: false });
  const rem = rootFontSize();
  const layout = look === "list" ? { columns: 1, rowHeight: Math.round(line * rem) } : columnsFor(width, shape, rem);
  const length = count < 0 ? layout.columns * 3 : count;
  const total = Math.ceil(length / layout.columns);

  const pace = useMemo(() => new Pace(), [layout.rowHeight, layout.columns]);
  useScrolled(box, (scrolled, now) => {
    const flung = pace.isFlung(scrolled, now);
    const { first, last } = visibleRows(scrolled, innerHeight, layout.rowHeight, total, OVERSCAN);
    setRows((before) => (before.first === first && before.last === last && before.flung === flung ? before : { first, last, flung }));
    if (!flung) want(first * layout.columns, (last + 1) * layout.columns - 1);
    // Nobody scrolls on to say that it has come to rest.
    return flung;
  }, [layout.rowHeight, layout.columns, total, want]);

  jump.current = (index) => {
    const list = box.current;
    if (!list) return;
    const head = document.querySelector(".app__page > .bar, .bar")?.getBoundingClientRect().height ?? 0;
    scrollTo(0, scrollY + list.getBoundingClientRect().top + Math.floor(index / layout.columns) * layout.rowHeight - head - rem);
  };

  useEffect(() => {
    if (focusNext.current !== null && focusAt(focusNext.current)) focusNext.current = null;
  });

  /** @param {number} index */
  const focusAt = (index) => {
    const link = box.current?.querySelector(`[data-index="${index}"]`)?.querySelector(FOCUSABLE);
    if (!(link instanceof HTMLElement)) return false;
    link.focus({ preventScroll: true });
    link.scrollIntoView({ block: "nearest" });
    return true;
  };
  /** @param {KeyboardEvent} event */
  const steer = (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || !(event.target instanceof HTMLElement)) return;
    const place = event.target.closest("[data-index]");
    if (!(place instanceof HTMLElement) || !event.target.matches(FOCUSABLE)) return;
    const next = moveFocus(event.key, Number(place.dataset["index"]), layout.columns, length, isBackwards(place));
    if (next === null) return;
    event.preventDefault();
    if (!focusAt(next)) {
      focusNext.current = next;
      jump.current?.(next);
    }
  };

  const first = Math.max(0, Math.min(rows.first, total - 1));
  const start = first * layout.columns;
  const end = Math.min((rows.last + 1) * layout.columns, length);
  const places = Array.from({ length: Math.max(0, end - start) }, (_, number) => start + number);
  return html`<ul
    class=${`grid ${look === "list" ? "grid--list" : ""} ${rows.flung ? "grid--flung" : ""}`}
    ref=${box}
    aria-label=${label}
    aria-busy=${count < 0}
    onKeyDown=${steer}
    style=${{
      "--columns": layout.columns,
      "--row": `${layout.rowHeight}px`,
      "--above": `${first * layout.rowHeight}px`,
      "--height": `${total * layout.rowHeight}px`,
    }}
  >
    ${places.map((index) => {
      const item = rows.flung ? undefined : at(index);
      // Outlines are all alike: while everything passes, they stay where they are.
      if (item === undefined) return html`<li key=${`bone-${index - start}`} class="grid__item" aria-hidden="true"><${CardSkeleton} shape=${shape} /></li>`;
      return html`<li
        key=${keyOf(item)}
        class="grid__item"
        data-index=${index}
        aria-setsize=${count}
        aria-posinset=${index + 1}
      ><${Steady} item=${item} index=${index} token=${token} render=${render} /></li>`;
    })}
  </ul>`;
}

/**
 * What stands at a place; drawn again only when it is another item, or when something changed that all depend on.
 * @param {{ item: any, index: number, token: unknown, render: (item: any, index: number) => Children }} props
 */
function Steady({ item, index, token, render }) {
  return useMemo(() => html`<${Fragment}>${render(item, index)}<//>`, [item, index, token]);
}

const rootFontSize = () => parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
/** @param {Element} element */
const isBackwards = (element) => getComputedStyle(element).direction === "rtl";
