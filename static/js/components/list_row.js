/** One medium or group as a line of a list. */
import { html } from "htm/preact";
import { date, duration } from "../format.js";
import { cardHref, cardSubtitle, cardTitle, groupSubtitle, watched } from "../words.js";
import { Cover } from "./cover.js";
import { Icon } from "./icon.js";
import { ProgressBar } from "./progress_bar.js";

/** @import { Card, Group } from "../types.js" */

/** @param {{ item: Card | Group, href?: string, shape: "poster" | "square" | "wide" }} props */
export function ListRow({ item, href, shape }) {
  const isGroup = "kind" in item;
  const done = isGroup ? null : watched(item);
  const title = isGroup ? item.title : cardTitle(item);
  return html`<a class=${`lined lined--${shape}`} href=${href ?? (isGroup ? "" : cardHref(item))}>
    <span class="lined__art">
      <${Cover} id=${isGroup ? item.cover_media_id : item.id} title=${title} hue=${item.hue} artwork=${item.artwork} shape=${shape} />
    </span>
    <span class="lined__title">${title}</span>
    <span class="lined__sub">${isGroup ? groupSubtitle(item) : cardSubtitle(item)}</span>
    <span class="lined__fact">${item.year ?? ""}</span>
    <span class="lined__fact">${isGroup ? "" : item.duration ? duration(item.duration) : ""}</span>
    <span class="lined__fact">${date(item.added_at)}</span>
    <span class="lined__state">
      ${done === 100 && html`<${Icon} name="check" />`}
      ${done !== null && done < 100 && html`<${ProgressBar} value=${done} />`}
    </span>
  </a>`;
}
