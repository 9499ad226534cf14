/** The heading of a page with what can be done to all of it. */
import { html } from "htm/preact";

/** @import { Children } from "../types.js" */

/** @param {{ title: string, note?: string | null, children?: Children }} props */
export function PageHead({ title, note, children }) {
  return html`<div class="page-head">
    <h1 class="page-head__title">${title}</h1>
    ${note && html`<span class="page-head__note">${note}</span>`}
    ${children && html`<div class="page-head__tools">${children}</div>`}
  </div>`;
}
