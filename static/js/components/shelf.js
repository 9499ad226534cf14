/** A row that scrolls sideways, with arrows where there is a mouse. */
import { html } from "htm/preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../strings.js";
import { useTurns } from "../turns.js";
import { IconButton } from "./icon_button.js";

/** @import { Children } from "../types.js" */

/** How many fill the widest window, and how many more are drawn at a time. */
const SEEN = 8;

/** @param {{ title: string, shape?: "poster" | "wide" | "square", more?: string, children: Children }} props */
export function Shelf({ title, shape = "poster", more, children }) {
  const row = useRef(/** @type {HTMLUListElement | null} */ (null));
  const [ends, setEnds] = useState({ start: true, end: true });
  const items = Array.isArray(children) ? children : [children];
  const drawn = useTurns(SEEN, items.length, SEEN);

  const measure = () => {
    const box = row.current;
    if (!box) return;
    const gone = Math.abs(box.scrollLeft);
    const now = { start: gone < 4, end: gone + box.clientWidth > box.scrollWidth - 4 };
    setEnds((before) => (before.start === now.start && before.end === now.end ? before : now));
  };
  useEffect(() => {
    const box = row.current;
    if (!box) return undefined;
    const watch = new ResizeObserver(measure);
    watch.observe(box);
    return () => watch.disconnect();
  }, []);
  useEffect(measure, [drawn, items.length]);

  /** @param {1 | -1} way */
  const page = (way) => {
    const box = row.current;
    const sign = box && getComputedStyle(box).direction === "rtl" ? -way : way;
    box?.scrollBy({ left: sign * box.clientWidth * 0.85, behavior: "smooth" });
  };

  return html`<section class=${`shelf shelf--${shape}`} aria-label=${title}>
    <div class="shelf__head">
      <h2>${title}</h2>
      ${more && html`<a
        class="shelf__more"
        href=${more}
        aria-label=${t("shelf.allOf", { title })}
      >${t("shelf.all")}</a>`}
    </div>
    <div class="shelf__frame">
      ${!ends.start && html`<${IconButton}
        class="shelf__arrow shelf__arrow--back"
        icon="chevron-left"
        label=${t("shelf.back", { title })}
        onClick=${() => page(-1)}
      />`}
      <ul class="shelf__row" ref=${row} onScroll=${measure}>
        ${items.slice(0, drawn)}
      </ul>
      ${!ends.end && html`<${IconButton}
        class="shelf__arrow shelf__arrow--on"
        icon="chevron-right"
        label=${t("shelf.on", { title })}
        onClick=${() => page(1)}
      />`}
    </div>
  </section>`;
}
