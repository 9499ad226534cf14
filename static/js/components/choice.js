/** A few options side by side of which one is taken. */
import { html } from "htm/preact";
import { useId } from "preact/hooks";

/**
 * @template {string} T
 * @param {{ label: string, value: T | null, options: { value: T, label: string }[], onChange: (value: T, label: string) => void,
 *   quiet?: boolean }} props quiet leaves the label to those who do not see the options
 */
export function Choice({ label, value, options, onChange, quiet = false }) {
  const name = useId();
  return html`<fieldset class="choice">
    <legend class=${quiet ? "unseen" : "field__label choice__label"}>${label}</legend>
    <div class="choice__row">
      ${options.map(
        (option) => html`<label key=${option.value} class="choice__option">
          <input
            class="choice__input"
            type="radio"
            name=${name}
            checked=${option.value === value}
            onChange=${() => onChange(option.value, label)}
          />
          <span class="choice__word">${option.label}</span>
        </label>`,
      )}
    </div>
  </fieldset>`;
}
