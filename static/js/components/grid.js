/** A grid of any length that keeps only the rows near the window on the page. */
import { html } from "htm/preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { columnsFor, visibleRows } from "../grid_rows.js";
import { CardSkeleton } from "./skeleton.js";

/** @import { Children } from "../types.js" */

/** Rows kept above and below the window. */
const OVERSCAN = 3;
/** How many windows of rows may be left below before more is asked for. */
const AHEAD = 3;

/**
 * @template T
 * @param {{ items: T[], count: number, hasMore: boolean, shape: "poster" | "square" | "wide" | "story", label: string,
 *   keyOf: (item: T) => string, render: (item: T) => Children, onMore: () => void }} props
 */
export function Grid({ items, count, hasMore, shape, label, keyOf, render, onMore }) {
  const box = useRef(/** @type {HTMLUListElement | null} */ (null));
  const [width, setWidth] = useState(0);
  const [rows, setRows] = useState({ first: 0, last: 8 });
  const layout = columnsFor(width, shape, rootFontSize());
  const filled = Math.ceil(items.length / layout.columns);
  const total = filled + (hasMore ? 2 : 0);

  useLayoutEffect(() => {
    const list = box.current;
    if (!list) return undefined;
    setWidth(list.clientWidth);
    const watch = new ResizeObserver(() => setWidth(list.clientWidth));
    watch.observe(list);
    return () => watch.disconnect();
  }, []);

  useEffect(() => {
    let frame = 0;
    const look = () => {
      frame = 0;
      const list = box.current;
      if (!list) return;
      const next = visibleRows(-list.getBoundingClientRect().top, innerHeight, layout.rowHeight, total, OVERSCAN);
      setRows((before) => (before.first === next.first && before.last === next.last ? before : next));
      if (hasMore && next.last + (innerHeight / layout.rowHeight) * AHEAD >= filled) onMore();
    };
    const soon = () => {
      frame ||= requestAnimationFrame(look);
    };
    look();
    addEventListener("scroll", soon, { passive: true });
    addEventListener("resize", soon);
    return () => {
      cancelAnimationFrame(frame);
      removeEventListener("scroll", soon);
      removeEventListener("resize", soon);
    };
  }, [layout.rowHeight, layout.columns, total, filled, hasMore, onMore]);

  const first = Math.min(rows.first, Math.max(0, total - 1));
  const start = first * layout.columns;
  const end = Math.min((rows.last + 1) * layout.columns, total * layout.columns);
  const shown = items.slice(start, end);
  const bones = hasMore ? Math.max(0, end - Math.max(start, items.length)) : 0;
  return html`<ul
    class="grid"
    ref=${box}
    aria-label=${label}
    style=${{
      "--columns": layout.columns,
      "--row": `${layout.rowHeight}px`,
      "--above": `${first * layout.rowHeight}px`,
      "--height": `${total * layout.rowHeight}px`,
    }}
  >
    ${shown.map(
      (item, index) => html`<li
        key=${keyOf(item)}
        class="grid__item"
        aria-setsize=${count}
        aria-posinset=${start + index + 1}
      >${render(item)}</li>`,
    )}
    ${Array.from({ length: bones }, (_, index) => html`<li
      key=${`bone-${index}`}
      class="grid__item"
      aria-hidden="true"
    ><${CardSkeleton} shape=${shape} /></li>`)}
  </ul>`;
}

const rootFontSize = () => parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
