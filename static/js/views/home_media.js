/** Photos and home videos, newest first, by day or by month. */
import { html } from "htm/preact";
import { shelves } from "../api_library.js";
import { Choice } from "../components/choice.js";
import { EmptyState } from "../components/empty_state.js";
import { ErrorState } from "../components/error_state.js";
import { Icon } from "../components/icon.js";
import { PageHead } from "../components/page_head.js";
import { PhotoWall } from "../components/photo_wall.js";
import { forgotten } from "../forgotten.js";
import { useKeyset } from "../keyset.js";
import { navigate, place } from "../router.js";
import { isAdmin, libraryRevision, mayRip } from "../store.js";
import { t } from "../strings_library.js";

/** One answer of the server. */
const PAGE = 200;

export function HomeMediaView() {
  const by = place.value.query.get("by") === "month" ? "month" : "day";
  const list = useKeyset("home-media", (cursor, signal) => shelves.homeMedia({ cursor, limit: PAGE }, { signal }), libraryRevision.value);
  const { page, error } = list;
  const items = forgotten.value.size ? (page?.items ?? []).filter((one) => !forgotten.value.has(one.id)) : (page?.items ?? []);
  const isEmpty = page !== undefined && !items.length && !page.next;
  /** @param {string} next */
  const group = (next) => navigate(next === "month" ? "/home-media?by=month" : "/home-media", { replace: true, keepFocus: true });
  return html`
    <${PageHead} title=${t("nav.homeMedia")} note=${page && page.count > 0 ? t("home.count", { count: page.count }) : null}>
      ${!isEmpty && html`<${Choice}
        quiet
        label=${t("home.by")}
        value=${by}
        options=${[{ value: "day", label: t("home.byDay") }, { value: "month", label: t("home.byMonth") }]}
        onChange=${group}
      />`}
    <//>
    ${isEmpty && html`<${EmptyState} icon="images" title=${t("home.empty")} text=${t(mayRip.value ? "home.emptyText" : "home.emptyKid")}>
      ${mayRip.value && html`<div class="empty__actions">
        <a class="button button--accent" href="/add"><${Icon} name="plus" />${t("nav.addHere")}</a>
        ${isAdmin.value && html`<a
          class="button"
          href="/settings/libraries?add"
        ><${Icon} name="folder" />${t("home.pointAt")}</a>`}
      </div>`}
    <//>`}
    ${!page && !error && html`<div class="wall-outline" aria-hidden="true">${Array.from({ length: 12 }, (_, index) => html`<span
      key=${index}
      class="bone wall-outline__tile"
    ></span>`)}</div>`}
    ${items.length > 0 && html`<${PhotoWall} items=${items} hasMore=${page?.next != null && !error} by=${by} onMore=${list.more} />`}
    ${error && html`<${ErrorState} error=${error} onRetry=${list.retry} />`}
  `;
}
