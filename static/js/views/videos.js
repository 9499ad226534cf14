/** Web videos, by channel or all of them. */
import { html } from "htm/preact";
import { api } from "../api.js";
import { Card } from "../components/card.js";
import { Choice } from "../components/choice.js";
import { GroupCard, groupHref } from "../components/group_card.js";
import { Icon } from "../components/icon.js";
import { navigate, place } from "../router.js";
import { mayRip } from "../store.js";
import { t } from "../strings.js";
import { CatalogueView } from "./catalogue.js";

/** @import { Card as CardRecord, Group } from "../types.js" */

export function VideosView() {
  const all = place.value.query.get("by") === "video";
  /** @param {string} by */
  const choose = (by) => navigate(by === "video" ? "/videos?by=video" : "/videos", { replace: true, keepFocus: true });
  const tools = html`<${Choice}
    quiet
    label=${t("videos.by")}
    value=${all ? "video" : "channel"}
    options=${[{ value: "channel", label: t("videos.channels") }, { value: "video", label: t("videos.all") }]}
    onChange=${choose}
  />`;
  const shared = {
    title: t("nav.videos"),
    shape: "wide",
    icon: "globe",
    empty: t("videos.empty"),
    emptyText: mayRip.value ? t("videos.emptyText") : t("welcome.kid"),
    emptyAction: mayRip.value && html`<a
      class="button button--accent"
      href="/add"
    ><${Icon} name="plus" />${t("nav.addHere")}</a>`,
    tools,
  };
  if (all) return html`<${CatalogueView}
    key="videos"
    name="videos"
    ...${shared}
    narrowable=${{ work: null, type: "video", isPicture: true }}
    list="library"
    type="video"
    kind="ids"
    countText=${(/** @type {number} */ count) => t("count.videos", { count })}
    load=${(/** @type {any} */ query, /** @type {any} */ options) => api.library({ type: "video", ...query }, options)}
    keyOf=${(/** @type {CardRecord} */ card) => card.id}
    render=${(/** @type {CardRecord} */ card) => html`<${Card} card=${card} shape="wide" />`}
  />`;
  return html`<${CatalogueView}
    key="channels"
    name="channels"
    ...${shared}
    narrowable=${{ work: null, type: "video", isPicture: true }}
    list="channels"
    kind="channels"
    hrefOf=${groupHref}
    countText=${(/** @type {number} */ count) => t("count.channels", { count })}
    load=${api.channels}
    keyOf=${(/** @type {Group} */ group) => group.key}
    render=${(/** @type {Group} */ group) => html`<${GroupCard} group=${group} />`}
  />`;
}
