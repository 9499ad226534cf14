/** A whole shelf of the library: sorted, narrowed, as long as it likes, selected from, as it was left when one comes back. */
import { html } from "htm/preact";
import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks";
import { lists } from "../api_lists.js";
import { markMany } from "../bulk.js";
import { BulkBar } from "../components/bulk_bar.js";
import { EmptyState } from "../components/empty_state.js";
import { ErrorState } from "../components/error_state.js";
import { IconButton } from "../components/icon_button.js";
import { LetterRail } from "../components/letter_rail.js";
import { ListFilter, WishChips } from "../components/list_filter.js";
import { ListRow } from "../components/list_row.js";
import { LongGrid } from "../components/long_grid.js";
import { PageHead } from "../components/page_head.js";
import { Pick } from "../components/pick.js";
import { currentOrder, SortControl } from "../components/sort_control.js";
import { tellChosen } from "../carried.js";
import { asked, lookOf, wishesOf, wishless } from "../list_query.js";
import { useLongList } from "../use_long_list.js";
import { enqueue } from "../queueing.js";
import { navigate, place } from "../router.js";
import { everything, extended, inOrder, isKnown, NOTHING, toggled } from "../selection.js";
import { libraryRevision, mayRip, toast } from "../store.js";
import { t } from "../strings_lists.js";

/** @import { Kind } from "../bulk.js" */
/** @import { Narrowable } from "../components/list_filter.js" */
/** @import { Page } from "../long_list.js" */
/** @import { Selection } from "../selection.js" */
/** @import { Card, Children, Group } from "../types.js" */

const PAGE = 100;
const PLAYABLE = new Set(["movie", "video"]);
/** From how many on letters are of help. */
const MANY = 60;

/**
 * @template {Card | Group} T
 * @param {{
 *   name: string, title: string, shape: "poster" | "square" | "wide", icon: string, empty: string,
 *   countText: (count: number) => string,
 *   load: (query: Record<string, any>, options: { signal: AbortSignal }) => Promise<Page<T>>,
 *   keyOf: (item: T) => string, render: (item: T) => Children, hrefOf?: (item: T) => string, emptyText?: string,
 *   emptyAction?: Children, tools?: Children, sortable?: boolean, narrowable?: Narrowable | null,
 *   list?: "library" | "shows" | "albums" | "channels" | null, type?: string, kind?: Kind | null,
 * }} props `list` is where its letters are, `type` what it holds, `kind` how what is selected is named to the server
 */
export function CatalogueView({
  name, title, shape, icon, empty, countText, load, keyOf, render, hrefOf, emptyText, emptyAction, tools, sortable = true,
  narrowable = null, list = null, type, kind = null,
}) {
  const query = place.value.query;
  const order = currentOrder();
  const wishes = narrowable ? wishesOf(query) : {};
  const isNarrowed = Object.keys(wishes).length > 0;
  const question = { ...order, ...asked(wishes), ...(type ? { type } : {}) };
  const key = [name, JSON.stringify(question)].join(":");
  const items = useLongList(
    key,
    (cursor, signal) => load({ ...order, ...asked(wishes), cursor, limit: PAGE }, { signal }),
    list && ((signal) => lists.index(list, { ...question, limit: PAGE }, { signal })),
    PAGE,
    libraryRevision.value,
  );
  const look = lookOf(query);
  const jump = useRef(/** @type {((index: number) => void) | null} */ (null));
  const choosing = useSelection(key, items, keyOf, kind, kind === "ids" ? () => lists.ids(question) : null);
  const want = useCallback((/** @type {number} */ first, /** @type {number} */ last) => items.want(first, last), [items]);
  const isEmpty = items.count === 0;
  const isRailed = order.sort === "title" && items.count > MANY && items.letters.length > 1;
  const { selection, toggle } = choosing;
  const isChoosing = selection.chosen.size > 0;

  // A selection that changes draws everything again; a list that scrolls draws only what comes.
  const token = useMemo(() => ({}), [selection, look, items, key]);
  /** @param {T} item @param {number} index */
  const draw = (item, index) => {
    const inside = look === "list" ? html`<${ListRow} item=${item} shape=${shape} href=${hrefOf?.(item)} />` : render(item);
    if (!kind) return inside;
    const own = keyOf(item);
    return html`<${Pick}
      title=${item.title}
      isChosen=${selection.chosen.has(own)}
      isChoosing=${isChoosing}
      onToggle=${(/** @type {{ range: boolean }} */ how) => toggle(own, index, how.range)}
    >${inside}<//>`;
  };
  return html`
    <${PageHead} title=${title} note=${items.count > 0 ? countText(items.count) : null}>
      ${narrowable && (!isEmpty || isNarrowed) && html`<${ListFilter} of=${narrowable} wishes=${wishes} />`}
      ${!isEmpty && sortable && html`<${SortControl} order=${order} />`}
      ${!isEmpty && html`<${LookSwitch} look=${look} />`}
      ${(!isEmpty || !sortable) && tools}
    <//>
    <${WishChips} wishes=${wishes} />
    ${isEmpty && isNarrowed && html`<${EmptyState} icon=${icon} title=${t("narrow.none")}>
      <a class="button" href=${address(wishless(query))}>${t("narrow.clear")}</a>
    <//>`}
    ${isEmpty && !isNarrowed && html`<${EmptyState} icon=${icon} title=${empty} text=${emptyText ?? (mayRip.value ? t("welcome.disc") : t("welcome.kid"))}>${emptyAction}<//>`}
    ${!isEmpty && html`<div class=${isRailed ? "with-rail" : ""}>
      <${LongGrid}
        count=${items.count}
        at=${(/** @type {number} */ index) => items.at(index)}
        want=${want}
        shape=${shape}
        look=${look}
        label=${title}
        keyOf=${keyOf}
        render=${draw}
        token=${token}
        jump=${jump}
      />
      ${isRailed && html`<${LetterRail} letters=${items.letters} onJump=${(/** @type {number} */ index) => jump.current?.(index)} />`}
    </div>`}
    ${items.error && html`<${ErrorState} error=${items.error} onRetry=${() => items.retry()} />`}
    ${kind && isChoosing && html`<${BulkBar}
      kind=${kind}
      selection=${selection}
      onAll=${choosing.all}
      onEnd=${choosing.end}
      onQueue=${PLAYABLE.has(type ?? "") ? () => {
        enqueue(/** @type {Card[]} */ (items.loaded().map(([, item]) => item).filter((item) => selection.chosen.has(keyOf(item)))));
        choosing.end();
      } : null}
      can=${{ mark: kind !== "albums", tag: narrowable?.work != null, identify: narrowable?.work != null }}
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

/**
 * What is selected in a list, which another order or another filter ends. ⌘A and Ctrl+A take all, Escape ends it.
 * @template {Card | Group} T
 * @param {string} list @param {import("../long_list.js").LongList<T>} items @param {(item: T) => string} keyOf
 * @param {Kind | null} kind
 * @param {(() => Promise<{ ids: string[] }>) | null} allIds the keys of a list that is not loaded whole
 */
function useSelection(list, items, keyOf, kind, allIds) {
  const [state, setState] = useState({ list, selection: NOTHING });
  const selection = state.list === list ? state.selection : NOTHING;
  /** @param {Selection} next */
  const put = (next) => setState({ list, selection: next });
  /** @param {number} index */
  const keyAt = (index) => {
    const item = items.at(index);
    return item === undefined ? null : keyOf(item);
  };
  /** @param {string} key @param {number} index @param {boolean} range */
  const toggle = async (key, index, range) => {
    if (!range || selection.anchor === null) return put(toggled(selection, key, index));
    if (isKnown(selection, index, keyAt) || !allIds) return put(extended(selection, index, keyAt));
    const { ids } = await allIds();
    return put(extended(selection, index, (at) => ids[at] ?? null));
  };
  const all = async () => {
    const loaded = items.loaded().map(([, item]) => keyOf(item));
    const keys = loaded.length < items.count && allIds ? (await allIds()).ids : loaded;
    if (keys.length < items.count) toast(t("bulk.mostAll", { count: keys.length }));
    put(everything(keys));
  };
  const end = () => put(NOTHING);
  /** x chooses what has the focus, w says whether it was watched, or all that is chosen. @param {KeyboardEvent} event */
  const press = (event) => {
    const place = document.activeElement?.closest("[data-index]");
    const index = place instanceof HTMLElement ? Number(place.dataset["index"]) : null;
    const item = index === null ? undefined : items.at(index);
    if (event.key.toLowerCase() === "x") {
      if (item !== undefined && index !== null && kind) void toggle(keyOf(item), index, event.shiftKey);
      return;
    }
    const isMany = selection.chosen.size > 0;
    if (!kind || kind === "albums" || (!isMany && item === undefined)) return;
    const first = isMany ? items.at(Math.min(...selection.chosen.values())) : item;
    const keys = isMany ? inOrder(selection) : item === undefined ? [] : [keyOf(item)];
    void markMany(kind, keys, !isSeen(first));
    put(NOTHING);
  };
  const acts = useRef({ all, end, press, isOn: false, canAll: false });
  acts.current = { all, end, press, isOn: selection.chosen.size > 0, canAll: items.count > 0 };
  useEffect(() => {
    /** @param {KeyboardEvent} event */
    const press = (event) => {
      if (event.defaultPrevented || document.querySelector("dialog[open]")) return;
      if (event.target instanceof Element && event.target.matches("input, textarea, select, [contenteditable]")) return;
      if (event.key === "Escape" && acts.current.isOn) acts.current.end();
      else if (["x", "w"].includes(event.key.toLowerCase()) && !event.metaKey && !event.ctrlKey && !event.altKey) acts.current.press(event);
      else if (event.key.toLowerCase() === "a" && (event.metaKey || event.ctrlKey) && !event.shiftKey && acts.current.canAll) {
        event.preventDefault();
        void acts.current.all();
      }
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, []);
  useEffect(() => {
    if (kind && selection.chosen.size) tellChosen({ kind, keys: inOrder(selection), onTaken: end });
    return () => tellChosen(null);
  }, [kind, selection]);
  return useMemo(() => ({ selection, toggle, all, end }), [selection, items, list]);
}

/** @param {Card | Group | undefined} item */
const isSeen = (item) => item !== undefined && ("kind" in item ? (item.watched ?? 0) >= item.count : item.progress?.finished === true);
