/** Every album. */
import { html } from "htm/preact";
import { api } from "../api.js";
import { GroupCard, groupHref } from "../components/group_card.js";
import { MusicTabs } from "../components/music_tabs.js";
import { t } from "../strings.js";
import { CatalogueView } from "./catalogue.js";

/** @import { Group } from "../types.js" */

export function MusicView() {
  return html`<${CatalogueView}
    name="music"
    title=${t("nav.music")}
    shape="square"
    icon="music"
    empty=${t("music.empty")}
    narrowable=${{ work: "album", type: "track", isPicture: false }}
    list="albums"
    kind="albums"
    hrefOf=${groupHref}
    countText=${(/** @type {number} */ count) => t("count.albums", { count })}
    load=${api.albums}
    keyOf=${(/** @type {Group} */ group) => group.key}
    tools=${html`<${MusicTabs} here="albums" />`}
    render=${(/** @type {Group} */ group) => html`<${GroupCard} group=${group} />`}
  />`;
}
