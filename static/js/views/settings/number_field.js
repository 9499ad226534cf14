/** A number that is kept when it is left, and put back when it is none. */
import { html } from "htm/preact";
import { useEffect, useState } from "preact/hooks";
import { Field } from "../../components/field.js";
import { typed } from "../../typed.js";

/** @param {{ label: string, hint: string, value: number, min: number, max: number, step?: number,
 *   onSave: (value: number, label: string) => void }} props */
export function NumberField({ label, hint, value, min, max, step = 1, onSave }) {
  const [text, setText] = useState(String(value));
  useEffect(() => setText(String(value)), [value]);
  const keep = () => {
    const wanted = Math.round(Number(text) / step) * step;
    if (text.trim() === "" || !(wanted >= min && wanted <= max)) return setText(String(value));
    if (wanted !== value) onSave(wanted, label);
    return undefined;
  };
  return html`<${Field} label=${label} hint=${hint}>
    <input
      class="input input--short"
      type="number"
      inputmode="decimal"
      min=${min}
      max=${max}
      step=${step}
      value=${text}
      onInput=${typed(setText)}
      onBlur=${keep}
    />
  <//>`;
}
