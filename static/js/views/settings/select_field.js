/** One of many, in a list that the browser opens. */
import { html } from "htm/preact";
import { Field } from "../../components/field.js";
import { typed } from "../../typed.js";

/** @param {{ label: string, hint?: string, value: string, options: { value: string, label: string }[],
 *   onChange: (value: string, label: string) => void }} props */
export function SelectField({ label, hint, value, options, onChange }) {
  return html`<${Field} label=${label} hint=${hint}>
    <select class="input" value=${value} onChange=${typed((/** @type {string} */ chosen) => onChange(chosen, label))}>
      ${options.map((option) => html`<option
        key=${option.value}
        value=${option.value}
        selected=${option.value === value}
      >${option.label}</option>`)}
    </select>
  <//>`;
}
