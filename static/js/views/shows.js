/** Every show. */
import { html } from "htm/preact";
import { api } from "../api.js";
import { GroupCard, groupHref } from "../components/group_card.js";
import { t } from "../strings.js";
import { CatalogueView } from "./catalogue.js";

/** @import { Group } from "../types.js" */

export function ShowsView() {
  return html`<${CatalogueView}
    name="shows"
    title=${t("nav.shows")}
    shape="poster"
    icon="tv"
    empty=${t("shows.empty")}
    narrowable=${{ work: "show", type: "episode", isPicture: true }}
    list="shows"
    kind="shows"
    hrefOf=${groupHref}
    countText=${(/** @type {number} */ count) => t("count.shows", { count })}
    load=${api.shows}
    keyOf=${(/** @type {Group} */ group) => group.key}
    render=${(/** @type {Group} */ group) => html`<${GroupCard} group=${group} />`}
  />`;
}
