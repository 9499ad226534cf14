/** Lets somebody else in. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { api } from "../../api.js";
import { Choice } from "../../components/choice.js";
import { Dialog } from "../../components/dialog.js";
import { Field } from "../../components/field.js";
import { t } from "../../strings.js";
import { typed } from "../../typed.js";
import { roles } from "./roles.js";

/** @import { Role } from "../../types.js" */

/** @param {{ onClose: () => void }} props */
export function AddPersonDialog({ onClose }) {
  const [name, setName] = useState("");
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const [role, setRole] = useState(/** @type {Role} */ ("member"));
  const [error, setError] = useState(/** @type {any} */ (null));
  /** @param {Event} event */
  const submit = async (event) => {
    event.preventDefault();
    setError(null);
    try {
      await api.addPerson({ username: username.trim(), display_name: name.trim() || username.trim(), password, role });
      onClose();
    } catch (reason) {
      setError(reason);
    }
  };
  /** @param {string} field */
  const fault = (field) => (error?.field === field ? error.message : null);
  const known = ["username", "display_name", "password"].includes(error?.field);
  return html`<${Dialog} title=${t("people.add")} onClose=${onClose}>
    <form class="form dialog__form" onSubmit=${submit}>
      <div class="dialog__body">
        <${Field} label=${t("account.name")} error=${fault("display_name")}>
          <input class="input" autocomplete="off" maxlength="100" value=${name} onInput=${typed(setName)} />
        <//>
        <${Field} label=${t("people.username")} error=${fault("username")}>
          <input
            class="input"
            required
            autocomplete="off"
            autocapitalize="off"
            spellcheck=${false}
            value=${username}
            onInput=${typed(setUsername)}
          />
        <//>
        <${Field} label=${t("people.password")} hint=${t("account.passwordRule")} error=${fault("password")}>
          <input
            class="input"
            type="password"
            required
            minlength="8"
            autocomplete="new-password"
            value=${password}
            onInput=${typed(setPassword)}
          />
        <//>
        <${Choice} label=${t("people.role")} value=${role} options=${roles()} onChange=${setRole} />
        <p class="form__note">${roles().find((one) => one.value === role)?.hint}</p>
      </div>
      ${error && !known && html`<p class="form__error" role="alert">${error.message}</p>`}
      <footer class="dialog__foot">
        <button type="button" class="button button--plain" onClick=${onClose}>${t("action.cancel")}</button>
        <button type="submit" class="button button--accent">${t("people.addShort")}</button>
      </footer>
    </form>
  <//>`;
}
