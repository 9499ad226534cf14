/** What is selected in a list, which another order or another filter ends. */
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { tellChosen } from "./carried.js";
import { everything, extended, inOrder, isKnown, NOTHING, toggled } from "./selection.js";
import { toast } from "./store.js";
import { t } from "./strings_lists.js";

/** @import { Kind } from "./bulk.js" */
/** @import { Selection } from "./selection.js" */

/** @template T @typedef {{ count: number, at: (index: number) => T | undefined, loaded: () => [number, T][] }} Items a list, loaded in part */

/**
 * ⌘A and Ctrl+A take all, Escape ends it, x chooses what has the focus, w marks it, or all that is chosen.
 * @template T
 * @param {{ list: string, items: Items<T>, keyOf: (item: T) => string, kind: Kind | null,
 *   allIds?: (() => Promise<{ ids: string[] }>) | null, onMark?: ((keys: string[], first: T | undefined) => void) | null }} props
 *   `list` names it with its order and what narrows it, `allIds` gives the keys of one that is not loaded whole
 */
export function useSelection({ list, items, keyOf, kind, allIds = null, onMark = null }) {
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
  /** @param {KeyboardEvent} event */
  const press = (event) => {
    const place = document.activeElement?.closest("[data-index]");
    const index = place instanceof HTMLElement ? Number(place.dataset["index"]) : null;
    const item = index === null ? undefined : items.at(index);
    if (event.key.toLowerCase() === "x") {
      if (item !== undefined && index !== null && kind) void toggle(keyOf(item), index, event.shiftKey);
      return;
    }
    const isMany = selection.chosen.size > 0;
    if (!onMark || (!isMany && item === undefined)) return;
    const first = isMany ? items.at(Math.min(...selection.chosen.values())) : item;
    const keys = isMany ? inOrder(selection) : item === undefined ? [] : [keyOf(item)];
    onMark(keys, first);
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
