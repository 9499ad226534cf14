/** A note on some words of a text. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { t } from "../strings_reading.js";
import { typed } from "../typed.js";
import { Dialog } from "./dialog.js";
import { Field } from "./field.js";

/** @param {{ quote: string, note: string, onSave: (note: string) => void, onClose: () => void }} props */
export function NoteDialog({ quote, note, onSave, onClose }) {
  const [text, setText] = useState(note);
  /** @param {Event} event */
  const submit = (event) => {
    event.preventDefault();
    onSave(text.trim());
  };
  return html`<${Dialog} title=${t("mark.noteTitle")} onClose=${onClose}>
    <form class="dialog__body form" onSubmit=${submit}>
      <blockquote class="mark__quote" dir="auto">${quote}</blockquote>
      <${Field} label=${t("mark.note")} hint=${t("mark.noteHint")}>
        <textarea class="input input--area" rows="4" maxlength="10000" dir="auto" value=${text} onInput=${typed(setText)} autofocus></textarea>
      <//>
      <div class="dialog__foot">
        <button type="button" class="button button--plain" onClick=${onClose}>${t("action.cancel")}</button>
        <button type="submit" class="button button--accent">${t("action.save")}</button>
      </div>
    </form>
  <//>`;
}
