/** Every film. */
import { html } from "htm/preact";
import { api } from "../api.js";
import { Card } from "../components/card.js";
import { t } from "../strings.js";
import { CatalogueView } from "./catalogue.js";

/** @import { Card as CardRecord } from "../types.js" */

export function FilmsView() {
  return html`<${CatalogueView}
    name="films"
    title=${t("nav.films")}
    shape="poster"
    icon="film"
    empty=${t("films.empty")}
    narrowable=${{ work: "movie", type: "movie", isPicture: true }}
    list="library"
    type="movie"
    kind="ids"
    countText=${(/** @type {number} */ count) => t("count.films", { count })}
    load=${(/** @type {any} */ query, /** @type {any} */ options) => api.library({ type: "movie", ...query }, options)}
    keyOf=${(/** @type {CardRecord} */ card) => card.id}
    render=${(/** @type {CardRecord} */ card) => html`<${Card} card=${card} />`}
  />`;
}
