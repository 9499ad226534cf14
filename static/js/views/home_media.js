/** Photos and home videos, by day or by month, from the newest or the oldest on. */
import { html } from "htm/preact";
import { shelves } from "../api_library.js";
import { BulkBar } from "../components/bulk_bar.js";
import { Choice } from "../components/choice.js";
import { EmptyState } from "../components/empty_state.js";
import { ErrorState } from "../components/error_state.js";
import { Icon } from "../components/icon.js";
import { LetterRail } from "../components/letter_rail.js";
import { PageHead } from "../components/page_head.js";
import { PhotoWall } from "../components/photo_wall.js";
import { SortBy } from "../components/sort_by.js";
import { forgotten } from "../forgotten.js";
import { useKeyset } from "../keyset.js";
import { monthName } from "../photo_dates.js";
import { useResource } from "../resource.js";
import { navigate, place } from "../router.js";
import { isAdmin, libraryRevision, mayRip } from "../store.js";
import { t } from "../strings_library.js";
import { useSelection } from "../use_selection.js";

/** @import { HomeWish } from "../api_library.js" */
/** @import { HomeCard } from "../types_library.js" */

/** One answer of the server. */
const PAGE = 200;
/** From how many months on they are of help. */
const MONTHS = 3;
const TYPES = /** @type {const} */ (["all", "photo", "home_video"]);
const ORDERS = /** @type {const} */ (["newest", "oldest"]);

/** The address with a wish more, or less. @param {Record<string, string | null>} change */
function turnTo(change) {
  const query = new URLSearchParams(place.value.query);
  for (const [name, value] of Object.entries(change)) {
    if (value === null) query.delete(name);
    else query.set(name, value);
  }
  navigate(query.size ? `/home-media?${query}` : "/home-media", { replace: true, keepFocus: true });
}

export function HomeMediaView() {
  const query = place.value.query;
  const by = query.get("by") === "month" ? "month" : "day";
  const type = TYPES.find((one) => one === query.get("type")) ?? "all";
  const order = query.get("sort") === "oldest" ? "oldest" : "newest";
  const from = /^\d{4}-(0[1-9]|1[0-2])$/.test(query.get("from") ?? "") ? query.get("from") : null;
  /** @type {HomeWish} */
  const wish = { type: type === "all" ? null : type, direction: order === "newest" ? "desc" : "asc" };
  const name = `home-media:${type}:${order}`;
  const months = useResource(`${name}:months`, (options) => shelves.homeMonths(wish, options), libraryRevision.value);
  const key = `${name}:${from ?? ""}`;
  const list = useKeyset(
    key,
    (cursor, signal) => shelves.homeMedia({ ...wish, ...(cursor ? { cursor } : { month: from }), limit: PAGE }, { signal }),
    libraryRevision.value,
  );
  const { page, error } = list;
  const items = forgotten.value.size ? (page?.items ?? []).filter((one) => !forgotten.value.has(one.id)) : (page?.items ?? []);
  const { selection, toggle, all, end } = useSelection({
    list: key,
    items: { count: page?.count ?? 0, at: (index) => items[index], loaded: () => items.map((item, index) => [index, item]) },
    keyOf: (/** @type {HomeCard} */ card) => card.id,
    kind: "ids",
    allIds: () => shelves.homeIds(wish),
  });
  const isNone = page !== undefined && !items.length && !page.next;
  const isEmpty = isNone && type === "all" && from === null;
  const stops = (months.value?.months ?? []).map(({ month, index }) => ({ letter: month, index }));
  const isRailed = stops.length > MONTHS;
  return html`
    <${PageHead} title=${t("nav.homeMedia")} note=${page && page.count > 0 ? t("home.count", { count: page.count }) : null}>
      ${!isEmpty && html`<${Choice}
        quiet
        label=${t("home.type")}
        value=${type}
        options=${TYPES.map((value) => ({ value, label: t(`home.type.${value}`) }))}
        onChange=${(/** @type {string} */ next) => turnTo({ type: next === "all" ? null : next, from: null })}
      />
      <${Choice}
        quiet
        label=${t("home.by")}
        value=${by}
        options=${[{ value: "day", label: t("home.byDay") }, { value: "month", label: t("home.byMonth") }]}
        onChange=${(/** @type {string} */ next) => turnTo({ by: next === "month" ? next : null })}
      />
      <${SortBy} orders=${ORDERS} value=${order} label=${(/** @type {typeof ORDERS[number]} */ one) => t(`home.order.${one}`)} />`}
    <//>
    ${from && html`<ul class="chips-row"><li><button
      type="button"
      class="chip chip--drop"
      aria-label=${t("home.fromStart", { month: monthName(from) })}
      onClick=${() => turnTo({ from: null })}
    >${t("home.from", { month: monthName(from) })}<${Icon} name="x" /></button></li></ul>`}
    ${isEmpty && html`<${EmptyState} icon="images" title=${t("home.empty")} text=${t(mayRip.value ? "home.emptyText" : "home.emptyKid")}>
      ${mayRip.value && html`<div class="empty__actions">
        <a class="button button--accent" href="/add"><${Icon} name="plus" />${t("nav.addHere")}</a>
        ${isAdmin.value && html`<a
          class="button"
          href="/settings/libraries?add"
        ><${Icon} name="folder" />${t("home.pointAt")}</a>`}
      </div>`}
    <//>`}
    ${isNone && !isEmpty && html`<${EmptyState} icon="images" title=${t("home.none")} />`}
    ${!page && !error && html`<div class="wall-outline" aria-hidden="true">${Array.from({ length: 12 }, (_, index) => html`<span
      key=${index}
      class="bone wall-outline__tile"
    ></span>`)}</div>`}
    ${items.length > 0 && html`<div class=${isRailed ? "with-rail" : ""}>
      <${PhotoWall}
        items=${items}
        hasMore=${page?.next != null && !error}
        by=${by}
        onMore=${list.more}
        chosen=${selection.chosen}
        onToggle=${toggle}
      />
      ${isRailed && html`<${LetterRail}
        letters=${stops}
        onJump=${(/** @type {number} */ index, /** @type {string} */ month) => {
          turnTo({ from: index === 0 ? null : month });
          scrollTo(0, 0);
        }}
      />`}
    </div>`}
    ${error && html`<${ErrorState} error=${error} onRetry=${list.retry} />`}
    ${selection.chosen.size > 0 && html`<${BulkBar} kind="ids" selection=${selection} onAll=${all} onEnd=${end} can=${{}} />`}
  `;
}
