/** Every artist. */
import { html } from "htm/preact";
import { works } from "../api_works.js";
import { GroupCard, groupHref } from "../components/group_card.js";
import { MusicTabs } from "../components/music_tabs.js";
import { t } from "../strings_works.js";
import { CatalogueView } from "./catalogue.js";

/** @import { Group } from "../types.js" */

export function ArtistsView() {
  return html`<${CatalogueView}
    name="artists"
    title=${t("nav.music")}
    shape="square"
    icon="music"
    empty=${t("artists.empty")}
    countText=${(/** @type {number} */ count) => t("count.artists", { count })}
    load=${(/** @type {any} */ query, /** @type {any} */ options) => works.artists({ cursor: query.cursor, limit: query.limit }, options)}
    keyOf=${(/** @type {Group} */ group) => group.key}
    render=${(/** @type {Group} */ group) => html`<${GroupCard} group=${group} />`}
    sortable=${false}
    hrefOf=${groupHref}
    tools=${html`<${MusicTabs} here="artists" />`}
  />`;
}
