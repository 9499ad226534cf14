/** Asks for one name. */
import { html } from "htm/preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../strings.js";
import { Dialog } from "./dialog.js";
import { Field } from "./field.js";

/**
 * @param {{ title: string, label: string, hint?: string, value?: string, action: string,
 *   onSave: (name: string) => Promise<unknown>, onClose: () => void }} props an error of `onSave` is shown in place
 */
export function NameDialog({ title, label, hint, value = "", action, onSave, onClose }) {
  const [name, setName] = useState(value);
  const [error, setError] = useState(/** @type {Error | null} */ (null));
  const [busy, setBusy] = useState(false);
  const form = useRef(/** @type {HTMLFormElement | null} */ (null));
  useEffect(() => form.current?.querySelector("input")?.select(), []);
  /** @param {Event} event */
  const submit = async (event) => {
    event.preventDefault();
    setBusy(true);
    try {
      await onSave(name.trim());
      onClose();
    } catch (reason) {
      setError(reason instanceof Error ? reason : new Error(t("error.unexpected")));
      setBusy(false);
    }
  };
  return html`<${Dialog} title=${title} onClose=${onClose}>
    <form class="form dialog__form" ref=${form} onSubmit=${submit}>
      <div class="dialog__body">
        <${Field} label=${label} error=${error?.message}>
          <input
            class="input"
            required
            maxlength="200"
            autocomplete="off"
            placeholder=${hint}
            value=${name}
            onInput=${(/** @type {any} */ event) => setName(event.target.value)}
          />
        <//>
      </div>
      <footer class="dialog__foot">
        <button type="button" class="button button--plain" onClick=${onClose}>${t("action.cancel")}</button>
        <button type="submit" class="button button--accent" disabled=${busy || !name.trim()}>${action}</button>
      </footer>
    </form>
  <//>`;
}
