/** Rows of the player's menus: one of several, or the way to more. */
import { html } from "htm/preact";
import { Icon } from "./icon.js";

/** @import { Children } from "../types.js" */

/** @param {{ label: string, children: Children }} props */
export const MenuChoices = ({ label, children }) => html`<div class="menu__group" role="radiogroup" aria-label=${label}>${children}</div>`;

/** @param {{ text: string, note?: string | null, chosen: boolean, onChoose: () => unknown }} props */
export function MenuChoice({ text, note = null, chosen, onChoose }) {
  return html`<button type="button" class="menu__row" role="radio" aria-checked=${chosen} onClick=${onChoose}>
    <span class="menu__mark">${chosen && html`<${Icon} name="check" />`}</span>
    <span class="menu__words">${text}${note && html`<span class="menu__note">${note}</span>`}</span>
  </button>`;
}

/** @param {{ icon: string, text: string, value?: string | null, onOpen: () => unknown }} props */
export function MenuDoor({ icon, text, value = null, onOpen }) {
  return html`<button type="button" class="menu__row" onClick=${onOpen}>
    <${Icon} name=${icon} /><span class="menu__words">${text}</span>
    ${value && html`<span class="menu__value">${value}</span>`}<${Icon} name="chevron-right" />
  </button>`;
}
