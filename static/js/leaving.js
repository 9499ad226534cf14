/** What leaves a list: out of sight at once, thrown away when the way back is no longer offered. */
import { useState } from "preact/hooks";
import { parked } from "./undoing.js";

/**
 * @returns {{ has: (key: string) => boolean,
 *   park: (key: string, text: string, act: () => Promise<unknown>, then: () => void) => void }}
 *   `then` is called after it was thrown away, to load the list again
 */
export function useLeaving() {
  const [keys, setKeys] = useState(/** @type {ReadonlySet<string>} */ (new Set()));
  /** @param {string} key */
  const back = (key) => setKeys((known) => new Set([...known].filter((one) => one !== key)));
  return {
    has: (key) => keys.has(key),
    park: (key, text, act, then) => {
      setKeys((known) => new Set(known).add(key));
      parked(text, { act: () => act().then(then), back: () => back(key) });
    },
  };
}
