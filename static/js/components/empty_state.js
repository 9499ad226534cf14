/** Says what could be here and how it gets here. */
import { html } from "htm/preact";
import { Icon } from "./icon.js";

/** @import { Children } from "../types.js" */

/** @param {{ icon?: string, title: string, text?: string, children?: Children, page?: boolean }} props
 *    `page` when it is all that the page has */
export function EmptyState({ icon, title, text, children, page = false }) {
  return html`<div class="empty">
    ${icon && html`<span class="empty__mark"><${Icon} name=${icon} /></span>`}
    <${page ? "h1" : "h2"} class="empty__title">${title}<//>
    ${text && html`<p class="empty__text">${text}</p>`}
    ${children}
  </div>`;
}
