/** A few names in one field, kept when it is left; a wrong one is named and nothing is kept. */
import { html } from "htm/preact";
import { useEffect, useState } from "preact/hooks";
import { Field } from "../../components/field.js";
import { typed } from "../../typed.js";

/** @param {{ label: string, hint: string, values: string[], rule: RegExp, wrong: (value: string) => string,
 *   onSave: (values: string[], label: string) => void, lines?: boolean }} props `lines` puts each on a line of its own */
export function ListField({ label, hint, values, rule, wrong, onSave, lines = false }) {
  const kept = values.join(lines ? "\n" : ", ");
  const [text, setText] = useState(kept);
  useEffect(() => setText(kept), [kept]);
  const parsed = [...new Set(text.split(/[\s,;]+/).filter(Boolean))];
  const bad = parsed.find((value) => !rule.test(value));
  const keep = () => {
    if (bad === undefined && parsed.join() !== values.join()) onSave(parsed, label);
  };
  const shared = {
    class: lines ? "input input--lines" : "input",
    autocomplete: "off",
    autocapitalize: "off",
    spellcheck: false,
    value: text,
    onInput: typed(setText),
    onChange: keep,
  };
  return html`<${Field} label=${label} hint=${hint} error=${bad === undefined ? null : wrong(bad)}>
    ${lines ? html`<textarea
      rows=${Math.max(2, values.length + 1)}
      ...${shared}
    ></textarea>` : html`<input ...${shared} />`}
  <//>`;
}
