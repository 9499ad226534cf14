/** Names and values, one a line. */
import { html } from "htm/preact";

/** @import { Children } from "../types.js" */

/** @param {{ facts: [string, Children][] }} props pairs without a value are left out */
export function Facts({ facts }) {
  return html`<dl class="facts">
    ${facts.filter(([, value]) => value != null && value !== "").map(
      ([name, value]) => html`<div
        class="facts__row"
        key=${name}
      ><dt class="facts__name">${name}</dt><dd class="facts__value">${value}</dd></div>`,
    )}
  </dl>`;
}
