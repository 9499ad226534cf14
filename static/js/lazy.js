/** Views that are fetched, with their style sheets, when somebody goes there. */
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
 * @param {string[]} [sheets] the names of the style sheets of components that only this view needs
 * @returns {ComponentType<any> & { preload: () => void }}
 */
export function lazy(load, name, Waiting = PageSkeleton, sheets = []) {
  /** @type {ComponentType<any> | null} */
  let ready = null;
  const fetchIt = async () => {
    const [module] = await Promise.all([load(), import("./strings_pages.js"), ...sheets.map(sheet)]);
    ready = /** @type {ComponentType<any>} */ (module[name]);
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

/** @type {Map<string, Promise<void>>} */
const asked = new Map();

/** @param {string} name @returns {Promise<void>} settled when the sheet applies; a view without its sheet is still a view */
function sheet(name) {
  const known = asked.get(name);
  if (known) return known;
  const coming = new Promise((/** @type {(value: void) => void} */ done) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = new URL(`../css/components/${name}.css`, import.meta.url).href;
    link.addEventListener("load", () => done());
    link.addEventListener("error", () => {
      asked.delete(name);
      done();
    });
    document.head.append(link);
  });
  asked.set(name, coming);
  return coming;
}
