/** The template of one kind of name: the words that may be filled in, and what becomes of it. */
import { html } from "htm/preact";
import { useRef } from "preact/hooks";
import { said } from "../said.js";
import { t } from "../strings_library.js";
import { typed } from "../typed.js";
import { Field } from "./field.js";
import { PathChange } from "./path_change.js";

/** @import { NameExample } from "../types_library.js" */

const SHOWN = 2;

/**
 * @param {{ label: string, value: string, standard: string, fields: { name: string, example: string }[],
 *   examples: NameExample[], locked: boolean, onInput: (text: string) => void }} props
 */
export function TemplateField({ label, value, standard, fields, examples, locked, onInput }) {
  const box = useRef(/** @type {HTMLDivElement | null} */ (null));
  const good = examples.filter((one) => one.to && !one.error).slice(0, SHOWN);
  /** @param {string} name */
  const insert = (name) => {
    const input = box.current?.querySelector("textarea");
    if (!input) return;
    const word = `{${name}}`;
    const [start, end] = [input.selectionStart ?? value.length, input.selectionEnd ?? value.length];
    onInput(value.slice(0, start) + word + value.slice(end));
    requestAnimationFrame(() => {
      input.focus();
      input.setSelectionRange(start + word.length, start + word.length);
    });
  };
  return html`<div class="template" ref=${box}>
    <${Field} label=${label} error=${said(examples.find((one) => one.error)?.error)}>
      <textarea
        class="input input--lines input--code"
        rows="2"
        maxlength="400"
        autocapitalize="off"
        autocomplete="off"
        spellcheck=${false}
        readonly=${locked}
        value=${value}
        onInput=${typed((text) => onInput(text.replaceAll("\n", "")))}
      ></textarea>
    <//>
    ${good.length > 0 && html`<div class="template__example"><span class="template__becomes">${t("names.example")}</span>${good.map(({ media_id, from, to }, index) => html`<${PathChange}
      key=${index}
      from=${media_id && from !== to ? from : null}
      to=${to}
    />`)}</div>`}
    ${!locked && html`<details class="fold">
      <summary class="fold__head">${t("names.fields")}</summary>
      <div class="fold__body template__fields">
        ${fields.map(({ name, example: such }) => html`<button
          key=${name}
          type="button"
          class="chip"
          title=${such}
          aria-label=${t("names.insert", { name, example: such })}
          onClick=${() => insert(name)}
        >{${name}}</button>`)}
        ${value !== standard && standard && html`<button
          type="button"
          class="button button--plain"
          onClick=${() => onInput(standard)}
        >${t("names.reset")}</button>`}
      </div>
    </details>`}
  </div>`;
}
