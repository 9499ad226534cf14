/** A whole shelf of the library as a grid: sorted, narrowed, endless, as it was left when one comes back. */
import { html } from "htm/preact";
import { EmptyState } from "../components/empty_state.js";
import { ErrorState } from "../components/error_state.js";
import { Grid } from "../components/grid.js";
import { PageHead } from "../components/page_head.js";
import { currentNarrowing, ShelfFilter } from "../components/shelf_filter.js";
import { currentOrder, SortControl } from "../components/sort_control.js";
import { forgotten } from "../forgotten.js";
import { useKeyset } from "../keyset.js";
import { place } from "../router.js";
import { libraryRevision, mayRip } from "../store.js";
import { t } from "../strings.js";

/** @import { Children } from "../types.js" */
/** @import { Page } from "../keyset.js" */

const PAGE = 100;

/**
 * @template T
 * @param {{
 *   name: string, title: string, shape: "poster" | "square" | "wide", icon: string, empty: string,
 *   countText: (count: number) => string,
 *   load: (query: Record<string, any>, options: { signal: AbortSignal }) => Promise<Page<T>>,
 *   keyOf: (item: T) => string, render: (item: T) => Children, emptyText?: string, emptyAction?: Children,
 *   tools?: Children, sortable?: boolean, narrowed?: "movie" | "show" | "album" | null,
 * }} props `tools` stand beside the order, `emptyAction` below the words of an empty shelf; `narrowed` says of what the
 *   genres and tags are by which the shelf can be narrowed
 */
export function CatalogueView({
  name, title, shape, icon, empty, countText, load, keyOf, render, emptyText, emptyAction, tools, sortable = true, narrowed = null,
}) {
  const order = currentOrder();
  const only = narrowed ? currentNarrowing() : {};
  const what = only.genre ?? only.tag;
  const list = useKeyset(
    [name, order.sort, order.direction, only.genre, only.tag].join(":"),
    (cursor, signal) => load({ ...order, ...only, cursor, limit: PAGE }, { signal }),
    libraryRevision.value,
  );
  const page = list.page;
  const items = (page?.items ?? []).filter((item) => !forgotten.value.has(keyOf(item)));
  const isEmpty = page !== undefined && !items.length && !page.next;
  return html`
    <${PageHead} title=${title} note=${page && page.count > 0 ? countText(page.count) : null}>
      ${narrowed && (!isEmpty || what) && html`<${ShelfFilter} type=${narrowed} />`}
      ${!isEmpty && sortable && html`<${SortControl} order=${order} />`}${(!isEmpty || !sortable) && tools}
    <//>
    ${isEmpty && what && html`<${EmptyState} icon=${icon} title=${t("filter.none", { name: what })}>
      <a class="button" href=${place.value.path}>${t("filter.clear")}</a>
    <//>`}
    ${isEmpty && !what && html`<${EmptyState} icon=${icon} title=${empty} text=${emptyText ?? (mayRip.value ? t("welcome.disc") : t("welcome.kid"))}>${emptyAction}<//>`}
    ${!isEmpty && html`<${Grid}
      items=${items}
      count=${page?.count ?? -1}
      hasMore=${!list.error && (!page || page.next !== null)}
      shape=${shape}
      label=${title}
      keyOf=${keyOf}
      render=${render}
      onMore=${list.more}
    />`}
    ${list.error && html`<${ErrorState} error=${list.error} onRetry=${list.retry} />`}
  `;
}
