/** The library as areas in proportion to the room they take, and the same as a list with which it can be read and gone into. */
import { html } from "htm/preact";
import { percent, size } from "../format.js";
import { fewOf, sliceName } from "../storage_words.js";
import { t } from "../strings_storage.js";
import { treemap } from "../treemap.js";

/** @import { Slice } from "../api_storage.js" */
/** @import { By } from "../storage_words.js" */

const WIDTH = 100;
const HEIGHT = 56;

/** @param {{ by: By, slices: Slice[], chosen: string | null, hrefOf: (slice: Slice) => string | null }} props */
export function SliceMap({ by, slices, chosen, hrefOf }) {
  const few = fewOf(slices);
  const boxes = treemap(few.map((one) => one.size_bytes), WIDTH, HEIGHT);
  const whole = few.reduce((sum, one) => sum + one.size_bytes, 0);
  return html`<div class="tiles" aria-hidden="true">
      ${few.map((slice, index) => {
        const { x, y, width, height } = boxes[index] ?? { x: 0, y: 0, width: 0, height: 0 };
        const place = { "--x": x, "--y": (y / HEIGHT) * 100, "--w": width, "--h": (height / HEIGHT) * 100 };
        return html`<span key=${slice.key} class=${`tile tile--${index % 6}`} style=${place}>
          ${width > 13 && height > 8 && html`<span class="tile__name">${sliceName(by, slice)}</span>`}
          ${width > 13 && height > 14 && html`<span class="tile__size">${size(slice.size_bytes)}</span>`}
        </span>`;
      })}
    </div>
    <ul class="slices">
      ${few.map((slice, index) => {
        const href = hrefOf(slice);
        const inside = html`<span class=${`slice__mark tile--${index % 6}`} aria-hidden="true"></span>
          <span class="slice__name">${sliceName(by, slice)}</span>
          <span class="slice__count">${t("storage.items", { count: slice.count })}</span>
          <span class="slice__size">${size(slice.size_bytes)}</span>
          <span class="slice__part">${percent((slice.size_bytes / whole) * 100)}</span>`;
        return html`<li key=${slice.key}>${href
          ? html`<a class="slice" href=${href} aria-current=${slice.key === chosen ? "true" : undefined}>${inside}</a>`
          : html`<span class="slice">${inside}</span>`}</li>`;
      })}
    </ul>`;
}
