/** Loading for views: shows what is remembered at once, then what is true. */
import { useEffect, useRef, useState } from "preact/hooks";

/** @type {Map<string, unknown>} */
const memory = new Map();
const REMEMBERED = 80;

/** @param {string} key @param {unknown} value */
export function remember(key, value) {
  memory.delete(key);
  memory.set(key, value);
  const oldest = memory.keys().next();
  if (memory.size > REMEMBERED && !oldest.done) memory.delete(oldest.value);
}

/** @param {string} key @returns {any} */
export const recall = (key) => memory.get(key);

/** @template T @typedef {{ value: T | undefined, error: Error | null, reload: () => void, set: (value: T) => void }} Resource */

/**
 * @template T
 * @param {string} key names what is loaded; another key is another thing
 * @param {(options: { signal: AbortSignal }) => Promise<T>} load
 * @param {unknown} [revision] a change loads again and keeps showing the old value meanwhile
 * @returns {Resource<T>}
 */
export function useResource(key, load, revision = 0) {
  const [state, setState] = useState({ key, value: /** @type {T | undefined} */ (recall(key)), error: /** @type {Error | null} */ (null) });
  const [attempt, setAttempt] = useState(0);
  const loading = useRef(/** @type {AbortController | null} */ (null));

  useEffect(() => {
    const control = new AbortController();
    loading.current = control;
    load({ signal: control.signal }).then(
      (value) => {
        if (control.signal.aborted) return;
        remember(key, value);
        setState({ key, value, error: null });
      },
      (error) => {
        if (!control.signal.aborted) setState({ key, value: recall(key), error });
      },
    );
    return () => control.abort();
  }, [key, revision, attempt]);

  const mine = state.key === key;
  return {
    value: mine ? state.value : recall(key),
    error: mine ? state.error : null,
    reload: () => setAttempt((count) => count + 1),
    set: (value) => {
      // An answer that is on its way is older than this.
      loading.current?.abort();
      remember(key, value);
      setState({ key, value, error: null });
    },
  };
}
