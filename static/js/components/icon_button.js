/** A round button that is only an icon, with its name for everyone who does not see it. */
import { html } from "htm/preact";
import { Icon } from "./icon.js";

/**
 * @param {{ icon: string, label: string, onClick?: (event: Event) => unknown, filled?: boolean, class?: string,
 *   pressed?: boolean, disabled?: boolean, title?: string }} props
 */
export function IconButton({ icon, label, onClick, filled = false, class: extra = "", pressed, disabled, title }) {
  return html`<button
    type="button"
    class=${`icon ${extra}`}
    aria-label=${label}
    title=${title ?? label}
    aria-pressed=${pressed}
    disabled=${disabled}
    onClick=${onClick}
  >
    <${Icon} name=${icon} filled=${filled} />
  </button>`;
}
