/** A wall of pictures of any length that keeps only those near the window on the page. */
import { html } from "htm/preact";
import { useMemo, useRef, useState } from "preact/hooks";
import { photoUrl } from "../api_library.js";
import { clock } from "../format.js";
import { useScrolled, useWidth } from "../over_window.js";
import { dayName, monthName } from "../photo_dates.js";
import { between, layOut } from "../photo_rows.js";
import { t } from "../strings_library.js";
import { Icon } from "./icon.js";
import { Pick } from "./pick.js";

/** @import { HomeCard } from "../types_library.js" */
/** @import { Tile } from "../photo_rows.js" */

/** How many windows are kept above and below. */
const KEPT = 1;
/** How many windows may be left below before more is asked for. */
const AHEAD = 3;

/**
 * @param {{ items: HomeCard[], hasMore: boolean, by: "day" | "month", onMore: () => void, chosen: ReadonlyMap<string, number>,
 *   onToggle: (id: string, index: number, range: boolean) => void }} props
 */
export function PhotoWall({ items, hasMore, by, onMore, chosen, onToggle }) {
  const box = useRef(/** @type {HTMLDivElement | null} */ (null));
  const width = useWidth(box);
  const [seen, setSeen] = useState({ from: 0, to: 2000 });
  const wall = useMemo(() => layOut(items, { width, by, ...measure(width) }), [items, width, by]);

  useScrolled(box, (scrolled) => {
    // In steps of half a window, so that not every pixel draws the page anew.
    const step = Math.max(1, Math.floor(innerHeight / 2));
    const middle = Math.floor(scrolled / step) * step;
    const next = { from: middle - innerHeight * (KEPT + 0.5), to: middle + innerHeight * (KEPT + 2) };
    setSeen((before) => (before.from === next.from && before.to === next.to ? before : next));
    if (hasMore && scrolled + innerHeight * AHEAD > wall.height) onMore();
  }, [wall, hasMore, onMore]);

  const tiles = between(wall.tiles, seen.from, seen.to);
  const headings = between(wall.headings, seen.from, seen.to);
  return html`<div class="wall-of-photos" ref=${box} style=${{ blockSize: `${wall.height}px` }}>
    ${headings.map(({ key, index, left, top, width: wide }) => html`<h2
      key=${`${key}:${index}`}
      class="wall-of-photos__day"
      style=${{ insetInlineStart: `${left}px`, insetBlockStart: `${top}px`, inlineSize: `${wide}px` }}
    >${key === "" ? t("home.undated") : by === "day" ? dayName(key) : monthName(key)}</h2>`)}
    ${tiles.map((tile) => {
      const card = items[tile.index];
      return card && html`<${PhotoTile}
        key=${card.id}
        card=${card}
        tile=${tile}
        isChosen=${chosen.has(card.id)}
        isChoosing=${chosen.size > 0}
        onToggle=${(/** @type {{ range: boolean }} */ how) => onToggle(card.id, tile.index, how.range)}
      />`;
    })}
  </div>`;
}

/** @param {number} width px */
function measure(width) {
  const narrow = width < 600;
  return { row: narrow ? Math.max(96, width / 3.2) : Math.min(260, Math.max(170, width / 6)), gap: narrow ? 3 : 6, head: 44, least: narrow ? 110 : 130 };
}

/** @param {{ card: HomeCard, tile: Tile, isChosen: boolean, isChoosing: boolean, onToggle: (how: { range: boolean }) => void }} props */
function PhotoTile({ card, tile: { index, left, top, width, height }, isChosen, isChoosing, onToggle }) {
  const [broken, setBroken] = useState(false);
  const isVideo = card.media_type === "home_video";
  const source = photoUrl(card.id, width * devicePixelRatio > 480 ? 960 : 320);
  const date = card.taken_on ? dayName(card.taken_on) : t("home.undated");
  const name = `${t(isVideo ? "home.videoOf" : "home.photoOf", { date })}, ${card.title}`;
  const placeholder = card.placeholder ?? card.artwork.placeholder;
  return html`<div
    class="photo-place"
    data-index=${index}
    style=${{ insetInlineStart: `${left}px`, insetBlockStart: `${top}px`, inlineSize: `${width}px`, blockSize: `${height}px` }}
  ><${Pick} title=${name} isChosen=${isChosen} isChoosing=${isChoosing} onToggle=${onToggle}><a
    class="photo-tile"
    href=${isVideo ? `/play/${card.id}` : `/home-media/${card.id}`}
    title=${card.title}
    style=${{ "--h": card.hue, backgroundImage: placeholder ? `url("${placeholder}")` : undefined }}
  >
    <span class="unseen">${name}</span>
    ${!broken
      ? html`<img class="photo-tile__picture" src=${source} alt="" loading="lazy" decoding="async" onError=${() => setBroken(true)} />`
      : html`<span class="photo-tile__name" aria-hidden="true">${card.title}</span>`}
    ${isVideo && html`<span class="photo-tile__video"><${Icon} name="play" filled />${card.duration ? clock(card.duration) : ""}</span>`}
  </a><//></div>`;
}
