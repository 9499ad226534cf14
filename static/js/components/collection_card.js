/** One collection on the page of all. */
import { html } from "htm/preact";
import { t } from "../strings.js";
import { joinDots } from "../words.js";
import { Mosaic } from "./mosaic.js";

/** @import { Collection } from "../types_reading.js" */

/** @param {{ collection: Collection }} props */
export function CollectionCard({ collection }) {
  const isPartly = collection.here_count < collection.count;
  const amount = isPartly
    ? t("collection.here", { here: collection.here_count, count: collection.count })
    : t("count.entries", { count: collection.count });
  return html`<a class="card card--square" href=${`/collections/${collection.id}`}>
    <span class="card__art">
      <${Mosaic} collection=${collection} />
      ${collection.is_followed && html`<span class="card__badge">${t("collection.followed")}</span>`}
    </span>
    <span class="card__title" dir="auto">${collection.title}</span>
    <span class="card__sub">${collection.kind === "manual" ? amount : joinDots([t(`collection.kind.${collection.kind}`), amount])}</span>
  </a>`;
}
