/** A long list in a view: kept while one is away, asked for again when one comes back and when the library changed. */
import { useEffect, useState } from "preact/hooks";
import { LongList } from "./long_list.js";
import { recall, remember } from "./resource.js";

/** How long changes are gathered before a long list is asked for again, ms. */
const GATHER = 1500;

/**
 * @template T
 * @param {string} key names the list together with its order and what narrows it
 * @param {(cursor: string | null, signal: AbortSignal) => Promise<import("./long_list.js").Page<T>>} load
 * @param {((signal: AbortSignal) => Promise<import("./long_list.js").Index>) | null} loadIndex
 * @param {number} size
 * @param {number} revision a change loads anew what is seen
 * @returns {LongList<T>}
 */
export function useLongList(key, load, loadIndex, size, revision) {
  const [, redraw] = useState(0);
  const known = /** @type {{ list: LongList<T>, revision: number } | undefined} */ (recall(`long:${key}`));
  const kept = known ?? { list: new LongList(load, loadIndex, size), revision };
  if (!known) remember(`long:${key}`, kept);
  const { list } = kept;

  useEffect(() => {
    list.changed = () => redraw((count) => count + 1);
    // what was changed elsewhere meanwhile is not always told
    if (list.count < 0) list.pump();
    else list.refresh();
    return () => {
      list.changed = () => {};
      list.stop();
    };
  }, [list]);
  useEffect(() => {
    if (kept.revision === revision) return undefined;
    const wait = setTimeout(() => {
      kept.revision = revision;
      list.refresh();
    }, list.count > size * 10 ? GATHER : 0);
    return () => clearTimeout(wait);
  }, [list, revision]);
  return list;
}
