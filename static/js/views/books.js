/** Every book, comic and paper, with covers in front. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { api } from "../api.js";
import { AddBookDialog } from "../components/add_book_dialog.js";
import { Card } from "../components/card.js";
import { Icon } from "../components/icon.js";
import { MarksLink } from "../components/marks_link.js";
import { mayRip } from "../store.js";
import { t } from "../strings.js";
import { CatalogueView } from "./catalogue.js";

/** @import { Card as CardRecord } from "../types.js" */

export function BooksView() {
  const [adding, setAdding] = useState(false);
  const add = () => setAdding(true);
  return html`<${CatalogueView}
      name="books"
      title=${t("nav.books")}
      shape="poster"
      icon="book"
      empty=${t("books.empty")}
      emptyText=${mayRip.value ? t("books.emptyText") : t("books.emptyKid")}
      emptyAction=${mayRip.value && html`<button type="button" class="button button--accent" onClick=${add}>${t("books.add")}</button>`}
      tools=${html`<${MarksLink} />${mayRip.value && html`<button type="button" class="button" onClick=${add}><${Icon} name="plus" />${t("books.add")}</button>`}`}
      narrowable=${{ work: null, type: "book", isPicture: false, isText: true }}
      list="library"
      type="book"
      kind="ids"
      countText=${(/** @type {number} */ count) => t("count.books", { count })}
      load=${(/** @type {any} */ query, /** @type {any} */ options) => api.library({ type: "book", ...query }, options)}
      keyOf=${(/** @type {CardRecord} */ card) => card.id}
      render=${(/** @type {CardRecord} */ card) => html`<${Card} card=${card} />`}
    />
    ${adding && html`<${AddBookDialog} onClose=${() => setAdding(false)} />`}`;
}
