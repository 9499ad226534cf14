/** A page that a bookmarklet handed over. It is kept only when a person says so: any site can open this address. */
import { html } from "htm/preact";
import { useEffect, useState } from "preact/hooks";
import { content } from "../api_content.js";
import { hostOf } from "../links.js";
import { titleOf, unpackPage } from "../page_parcel.js";
import { t } from "../strings.js";
import { Icon } from "./icon.js";
import { TextSkeleton } from "./skeleton.js";

/** @import { Added } from "../types.js" */

/** @param {{ url: string, fragment: string, onAdded: (added: Added, title: string) => void }} props */
export function PageOffer({ url, fragment, onAdded }) {
  const [page, setPage] = useState(/** @type {string | null} */ (null));
  const [error, setError] = useState(/** @type {string | null} */ (null));
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    unpackPage(fragment).then(
      (html) => (html ? setPage(html) : setError(t("add.pageBroken"))),
      () => setError(t("add.pageBroken")),
    );
  }, [fragment]);

  const title = page === null ? "" : titleOf(page) || hostOf(url);
  const keep = async () => {
    setBusy(true);
    setError(null);
    try {
      onAdded(await content.addArticle({ url, html: page ?? "" }), title);
    } catch (reason) {
      setError(reason instanceof Error ? reason.message : t("error.unexpected"));
    }
    setBusy(false);
  };
  if (page === null && !error) return html`<${TextSkeleton} lines=${2} />`;
  return html`<section class="finding" aria-label=${t("add.found")}>
    <div class="finding__head finding__head--square">
      <span class="finding__picture finding__picture--square" aria-hidden="true"><${Icon} name="file-text" /></span>
      <div class="finding__words">
        <p class="finding__kind"><${Icon} name="file-text" />${t("add.pageSent")}</p>
        <h2 class="finding__title">${title || hostOf(url)}</h2>
        <p class="finding__facts"><span>${hostOf(url)}</span></p>
      </div>
    </div>
    ${error && html`<p class="form__error" role="alert">${error}</p>`}
    ${page !== null && html`<div class="finding__foot"><button
      type="button"
      class="button button--accent"
      disabled=${busy}
      onClick=${keep}
    ><${Icon} name="plus" />${t("add.article")}</button></div>`}
  </section>`;
}
