/** Says what could be here and how it gets here. */
import { html } from "htm/preact";
import { Icon } from "./icon.js";

/** @import { Children } from "../types.js" */

/** @param {{ icon?: string, title: string, text?: string, children?: Children }} props */
export function EmptyState({ icon, title, text, children }) {
  return html`<div class="empty">
    ${icon && html`<span class="empty__mark"><${Icon} name=${icon} /></span>`}
    <h2 class="empty__title">${title}</h2>
    ${text && html`<p class="empty__text">${text}</p>`}
    ${children}
  </div>`;
}
