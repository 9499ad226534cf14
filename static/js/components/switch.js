/** A setting that is on or off, with its explanation. */
import { html } from "htm/preact";
import { useId } from "preact/hooks";

/** @param {{ label: string, hint?: string, checked: boolean, disabled?: boolean,
 *   onChange: (checked: boolean, label: string) => void }} props */
export function Switch({ label, hint, checked, onChange, disabled }) {
  const id = useId();
  return html`<label class="switch">
    <span class="switch__words">
      <span class="switch__label" id=${`${id}-label`}>${label}</span>
      ${hint && html`<span class="switch__hint" id=${`${id}-hint`}>${hint}</span>`}
    </span>
    <input
      type="checkbox"
      role="switch"
      class="switch__input"
      aria-labelledby=${`${id}-label`}
      aria-describedby=${hint ? `${id}-hint` : undefined}
      checked=${checked}
      disabled=${disabled}
      onChange=${(/** @type {Event} */ event) => onChange(/** @type {HTMLInputElement} */ (event.target).checked, label)}
    />
  </label>`;
}
