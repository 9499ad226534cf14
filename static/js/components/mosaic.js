/** The face of a collection: the covers of four of its entries, of one, or its name on a colour. */
import { html } from "htm/preact";
import { mosaicParts } from "../mosaic_parts.js";
import { Cover } from "./cover.js";

/** @import { Collection } from "../types_reading.js" */

/** @param {{ collection: Pick<Collection, "title" | "covers" | "hue">, eager?: boolean }} props */
export function Mosaic({ collection, eager = false }) {
  const parts = mosaicParts(collection.covers);
  if (!parts.length) return html`<${Cover}
    id=${null}
    title=${collection.title}
    hue=${collection.hue}
    artwork=${{ poster: false, still: false }}
    shape="square"
  />`;
  return html`<span class=${`mosaic mosaic--${parts.length}`}>
    ${parts.map((card) => html`<span class="mosaic__part" key=${card.id}>
      <${Cover}
        id=${card.id}
        title=${card.title}
        hue=${card.hue}
        artwork=${card.artwork}
        shape=${card.artwork.poster ? "square" : "wide"}
        eager=${eager}
      />
    </span>`)}
  </span>`;
}
