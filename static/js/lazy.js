/** Views that are fetched when somebody goes there. */
import { html } from "htm/preact";
import { useEffect, useState } from "preact/hooks";
import { ErrorState } from "./components/error_state.js";
import { PageSkeleton } from "./components/skeleton.js";
import { t } from "./strings.js";

/** @import { ComponentType } from "preact" */

/**
 * @param {() => Promise<Record<string, unknown>>} load
 * @param {string} name of the component in the module
 * @param {ComponentType} [Waiting] what is shown until it is there
 * @returns {ComponentType<any> & { preload: () => void }}
 */
export function lazy(load, name, Waiting = PageSkeleton) {
  /** @type {ComponentType<any> | null} */
  let ready = null;
  const fetchIt = async () => {
    ready = /** @type {ComponentType<any>} */ ((await load())[name]);
  };
  /** @param {Record<string, unknown>} props */
  function Lazy(props) {
    const [, redraw] = useState(0);
    const [failed, setFailed] = useState(false);
    // It may have come between the first drawing and this moment, so it is drawn again either way.
    useEffect(() => {
      fetchIt().then(() => redraw(1), () => setFailed(true));
    }, []);
    if (failed) return html`<${ErrorState}
      error=${new Error(t("error.unreachable"))}
      onRetry=${() => location.reload()}
    />`;
    return ready ? html`<${ready} ...${props} />` : html`<${Waiting} />`;
  }
  // A view that does not come now is asked for again when somebody goes there.
  Lazy.preload = () => void (ready ?? fetchIt().catch(() => undefined));
  return Lazy;
}
