/** Lets somebody else in. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { api } from "../../api.js";
import { Choice } from "../../components/choice.js";
import { Dialog } from "../../components/dialog.js";
import { Field } from "../../components/field.js";
import { Switch } from "../../components/switch.js";
import { t } from "../../strings.js";
import { t as words } from "../../strings_people.js";
import { typed } from "../../typed.js";
import { AgeField } from "./age_field.js";
import { roles } from "./roles.js";

/** @import { Limit } from "./age_field.js" */
/** @import { LibraryRef, Role } from "../../types.js" */

/** @param {{ libraries: LibraryRef[], onClose: () => void }} props */
export function AddPersonDialog({ libraries, onClose }) {
  const [name, setName] = useState("");
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const [role, setRole] = useState(/** @type {Role} */ ("member"));
  const [limit, setLimit] = useState(/** @type {Limit} */ ({ max_age: 12, sees_unrated: false }));
  const [bare, setBare] = useState(true);
  const [error, setError] = useState(/** @type {any} */ (null));
  /** @param {Event} event */
  const submit = async (event) => {
    event.preventDefault();
    setError(null);
    try {
      const person = { username: username.trim(), display_name: name.trim() || username.trim() };
      if (role === "kid") {
        // A child with a limit of age sees every library of the day; which ones can be chosen afterwards.
        const seen = limit.max_age === null ? { library_ids: libraries.map((one) => one.id) } : { all_libraries: true };
        await api.addPerson({ ...person, ...seen, ...limit, role, password: bare ? null : password });
      } else await api.addPerson({ ...person, password, role });
      onClose();
    } catch (reason) {
      setError(reason);
    }
  };
  const without = role === "kid" && bare;
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
        <${Choice} label=${t("people.role")} value=${role} options=${roles()} onChange=${setRole} />
        <p class="form__note">${roles().find((one) => one.value === role)?.hint}</p>
        ${role === "kid" && html`<${AgeField} limit=${limit} onChange=${setLimit} />
          <${Switch} label=${words("people.noPassword")} hint=${words("people.noPasswordHint")} checked=${bare} onChange=${setBare} />`}
        ${!without && html`<${Field} label=${t("people.password")} hint=${t("account.passwordRule")} error=${fault("password")}>
          <input
            class="input"
            type="password"
            required
            minlength="8"
            autocomplete="new-password"
            value=${password}
            onInput=${typed(setPassword)}
          />
        <//>`}
      </div>
      ${error && !known && html`<p class="form__error" role="alert">${error.message}</p>`}
      <footer class="dialog__foot">
        <button type="button" class="button button--plain" onClick=${onClose}>${t("action.cancel")}</button>
        <button type="submit" class="button button--accent">${t("people.addShort")}</button>
      </footer>
    </form>
  <//>`;
}
