/** One film of a saga; one that is not here is greyed and leads nowhere. */
import { html } from "htm/preact";
import { t } from "../strings_works.js";
import { Card } from "./card.js";
import { Cover } from "./cover.js";

/** @import { Entry } from "../types_reading.js" */

const NO_ARTWORK = { poster: false, still: false };

/** @param {{ entry: Entry }} props */
export function SagaCard({ entry }) {
  if (entry.media) return html`<${Card} card=${entry.media} />`;
  return html`<span class="card card--poster card--missing">
    <span class="card__art"><${Cover} id=${null} title=${entry.title} hue=${0} artwork=${NO_ARTWORK} shape="poster" /></span>
    <span class="card__title" dir="auto">${entry.title}</span>
    <span class="card__sub">${t("saga.missing")}</span>
  </span>`;
}
