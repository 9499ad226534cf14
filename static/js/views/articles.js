/** Every article that is kept, unread ones first to be found. */
import { html } from "htm/preact";
import { api } from "../api.js";
import { Choice } from "../components/choice.js";
import { EmptyState } from "../components/empty_state.js";
import { ErrorState } from "../components/error_state.js";
import { Grid } from "../components/grid.js";
import { MarksLink } from "../components/marks_link.js";
import { PageHead } from "../components/page_head.js";
import { currentOrder, SortControl } from "../components/sort_control.js";
import { StoryCard } from "../components/story_card.js";
import { forgotten } from "../forgotten.js";
import { useKeyset } from "../keyset.js";
import { navigate, place } from "../router.js";
import { libraryRevision, mayRip } from "../store.js";
import { t } from "../strings.js";
import { watched } from "../words.js";

/** @import { Card } from "../types.js" */

const PAGE = 100;
const SORTS = /** @type {const} */ (["added", "published", "title"]);
const FILTERS = /** @type {const} */ (["all", "unread", "read"]);

/** @typedef {typeof FILTERS[number]} Filter */

export function ArticlesView() {
  const order = currentOrder(SORTS);
  const filter = FILTERS.find((one) => one === place.value.query.get("show")) ?? "all";
  const list = useKeyset(
    `articles:${order.sort}:${order.direction}`,
    (cursor, signal) => api.library({ type: "article", ...order, cursor, limit: PAGE }, { signal }),
    libraryRevision.value,
  );
  const page = list.page;
  const all = (page?.items ?? []).filter((card) => !forgotten.value.has(card.id));
  const items = all.filter((card) => passes(card, filter));
  const isEmpty = page !== undefined && !all.length && !page.next;
  const hasMore = !list.error && (!page || page.next !== null);

  /** @param {Filter} value */
  const choose = (value) => {
    const query = new URLSearchParams(place.value.query);
    if (value === "all") query.delete("show");
    else query.set("show", value);
    navigate(`/articles${query.size ? `?${query}` : ""}`, { replace: true, keepFocus: true });
  };
  return html`
    <${PageHead} title=${t("nav.articles")} note=${page && page.count > 0 ? t("count.articles", { count: page.count }) : null}>
      ${!isEmpty && html`
        <${Choice}
          quiet
          label=${t("articles.filter")}
          value=${filter}
          options=${FILTERS.map((value) => ({ value, label: t(`articles.${value}`) }))}
          onChange=${choose}
        />
        <${SortControl} order=${order} sorts=${SORTS} />
        <${MarksLink} />
      `}
    <//>
    ${isEmpty
      ? html`<${EmptyState}
        icon="file-text"
        title=${t("articles.empty")}
        text=${mayRip.value ? t("articles.emptyText") : t("articles.emptyKid")}
      >${mayRip.value && html`<a class="button button--accent" href="/add">${t("action.add")}</a>`}<//>`
      : !items.length && !hasMore
        ? html`<${EmptyState}
          icon="check"
          title=${filter === "read" ? t("articles.noneRead") : t("articles.noneUnread")}
          text=${filter === "read" ? undefined : t("articles.noneUnreadText")}
        />`
        : html`<${Grid}
          items=${items}
          count=${filter === "all" ? (page?.count ?? -1) : -1}
          hasMore=${hasMore}
          shape="story"
          label=${t("nav.articles")}
          keyOf=${(/** @type {Card} */ card) => card.id}
          render=${(/** @type {Card} */ card) => html`<${StoryCard} card=${card} />`}
          onMore=${list.more}
        />`}
    ${list.error && html`<${ErrorState} error=${list.error} onRetry=${list.retry} />`}
  `;
}

/** @param {Card} card @param {Filter} filter */
const passes = (card, filter) => filter === "all" || (filter === "read") === (watched(card) === 100);
