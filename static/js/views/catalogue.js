/** A whole shelf of the library: sorted, narrowed, as long as it likes, selected from, as it was left when one comes back. */
import { html } from "htm/preact";
import { lists } from "../api_lists.js";
import { EmptyState } from "../components/empty_state.js";
import { IconButton } from "../components/icon_button.js";
import { ListFilter, WishChips } from "../components/list_filter.js";
import { LongShelf } from "../components/long_shelf.js";
import { PageHead } from "../components/page_head.js";
import { currentOrder, SortControl } from "../components/sort_control.js";
import { asked, lookOf, wishesOf, wishless } from "../list_query.js";
import { navigate, place } from "../router.js";
import { libraryRevision, mayRip } from "../store.js";
import { t } from "../strings_lists.js";
import { useLongList } from "../use_long_list.js";

/** @import { Kind } from "../bulk.js" */
/** @import { Narrowable } from "../components/list_filter.js" */
/** @import { Sort } from "../components/sort_control.js" */
/** @import { Shape } from "../grid_rows.js" */
/** @import { Page } from "../long_list.js" */
/** @import { Card, Children, Group } from "../types.js" */

const PAGE = 100;

/**
 * @template {Card | Group} T
 * @param {{
 *   name: string, title: string, shape: Shape, icon: string, empty: string,
 *   countText: (count: number) => string,
 *   load: (query: Record<string, any>, options: { signal: AbortSignal }) => Promise<Page<T>>,
 *   keyOf: (item: T) => string, render: (item: T) => Children, hrefOf?: (item: T) => string, emptyText?: string,
 *   emptyAction?: Children, tools?: Children, sortable?: boolean, sorts?: readonly Sort[], narrowable?: Narrowable | null,
 *   list?: "library" | "shows" | "albums" | "channels" | null, type?: string, kind?: Kind | null, byMonth?: boolean,
 * }} props `list` is where its letters are, `type` what it holds, `kind` how what is selected is named to the server, `byMonth`
 *   what is jumped through by month while it is sorted by day
 */
export function CatalogueView({
  name, title, shape, icon, empty, countText, load, keyOf, render, hrefOf, emptyText, emptyAction, tools, sortable = true, sorts,
  narrowable = null, list = null, type, kind = null, byMonth = false,
}) {
  const query = place.value.query;
  const order = currentOrder(sorts);
  const wishes = narrowable ? wishesOf(query) : {};
  const isNarrowed = Object.keys(wishes).length > 0;
  const question = { ...order, ...asked(wishes), ...(type ? { type } : {}) };
  const key = [name, JSON.stringify(question)].join(":");
  const items = useLongList(
    key,
    (cursor, signal) => load({ ...order, ...asked(wishes), cursor, limit: PAGE }, { signal }),
    list && ((signal) => lists.index(list, { ...question, limit: PAGE, ...(byMonth ? { months: "true" } : {}) }, { signal })),
    PAGE,
    libraryRevision.value,
  );
  const look = lookOf(query);
  const isEmpty = items.count === 0;
  const hasTools = !isEmpty || isNarrowed || !sortable;
  return html`
    <${PageHead} title=${title} note=${items.count > 0 ? countText(items.count) : null}>
      ${narrowable && (!isEmpty || isNarrowed) && html`<${ListFilter} of=${narrowable} wishes=${wishes} />`}
      ${!isEmpty && sortable && html`<${SortControl} order=${order} sorts=${sorts} />`}
      ${!isEmpty && html`<${LookSwitch} look=${look} />`}
      ${hasTools && tools}
    <//>
    <${WishChips} wishes=${wishes} isText=${narrowable?.isText} />
    ${isEmpty && isNarrowed && html`<${EmptyState} icon=${icon} title=${t("narrow.none")}>
      <a class="button" href=${address(wishless(query))}>${t("narrow.clear")}</a>
    <//>`}
    ${isEmpty && !isNarrowed && html`<${EmptyState} icon=${icon} title=${empty} text=${emptyText ?? (mayRip.value ? t("welcome.disc") : t("welcome.kid"))}>${emptyAction}<//>`}
    ${!isEmpty && html`<${LongShelf}
      name=${key}
      items=${items}
      label=${title}
      shape=${shape}
      look=${look}
      keyOf=${keyOf}
      render=${render}
      hrefOf=${hrefOf}
      kind=${kind}
      type=${type}
      isText=${narrowable?.isText}
      isWork=${narrowable?.work != null}
      question=${question}
    />`}
  `;
}

/** @param {URLSearchParams} query */
const address = (query) => [place.value.path, query.toString()].filter(Boolean).join("?");

/** @param {{ look: "grid" | "list" }} props */
function LookSwitch({ look }) {
  const isList = look === "list";
  const turn = () => {
    const query = new URLSearchParams(place.value.query);
    if (isList) query.delete("view");
    else query.set("view", "list");
    navigate(address(query), { replace: true, keepFocus: true });
  };
  return html`<${IconButton} icon=${isList ? "image" : "list"} label=${t(isList ? "look.grid" : "look.list")} onClick=${turn} />`;
}
