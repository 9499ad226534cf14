/** Endless lists: pages are asked for by cursor and kept, so that going back shows the list as it was left. */
import { useEffect, useRef, useState } from "preact/hooks";
import { recall, remember } from "./resource.js";

/** @template T @typedef {{ items: T[], count: number, next: string | null }} Page */

/**
 * @template T
 * @param {string} key names the list together with its order
 * @param {(cursor: string | null, signal: AbortSignal) => Promise<Page<T>>} load
 * @param {number} revision a change loads a short list again; a long one is left alone under the reader's thumb
 * @returns {{ page: Page<T> | undefined, error: Error | null, more: () => void, retry: () => void }}
 */
export function useKeyset(key, load, revision) {
  const [, redraw] = useState(0);
  const [error, setError] = useState(/** @type {Error | null} */ (null));
  const loading = useRef(/** @type {AbortController | null} */ (null));
  /** @type {Page<T> | undefined} */
  const page = recall(key);

  /** @param {Page<T> | undefined} before */
  const fetchPage = (before) => {
    if (loading.current) return;
    const control = new AbortController();
    loading.current = control;
    load(before?.next ?? null, control.signal)
      .then((answer) => {
        if (control.signal.aborted) return;
        remember(key, before ? { ...answer, items: before.items.concat(answer.items) } : answer);
        setError(null);
      })
      .catch((reason) => {
        if (!control.signal.aborted) setError(reason);
      })
      .finally(() => {
        if (loading.current === control) loading.current = null;
        if (!control.signal.aborted) redraw((count) => count + 1);
      });
  };

  useEffect(() => {
    const known = /** @type {Page<T> | undefined} */ (recall(key));
    if (!known || scrollY < innerHeight / 2) fetchPage(undefined);
    return () => {
      loading.current?.abort();
      loading.current = null;
    };
  }, [key, revision]);

  return {
    page,
    error,
    more: () => {
      const known = /** @type {Page<T> | undefined} */ (recall(key));
      if (known?.next && !error) fetchPage(known);
    },
    retry: () => {
      setError(null);
      fetchPage(/** @type {Page<T> | undefined} */ (recall(key)));
    },
  };
}
