/** What one person is called, may do and may see. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { api } from "../../api.js";
import { Choice } from "../../components/choice.js";
import { Dialog } from "../../components/dialog.js";
import { Field } from "../../components/field.js";
import { Icon } from "../../components/icon.js";
import { Switch } from "../../components/switch.js";
import { personBefore } from "../../person_edit.js";
import { said as heard } from "../../said.js";
import { me, toast } from "../../store.js";
import { t } from "../../strings.js";
import { t as words } from "../../strings_people.js";
import { t as said } from "../../strings_undo.js";
import { typed } from "../../typed.js";
import { parked, undoable } from "../../undoing.js";
import { AgeField, limitOf } from "./age_field.js";
import { roles } from "./roles.js";

/** @import { LibraryRef, Person } from "../../types.js" */

/** @param {{ person: Person, libraries: LibraryRef[], onClose: () => void, onChange: () => void }} props `onChange` when it changed later */
export function PersonDialog({ person, libraries, onClose, onChange }) {
  const [name, setName] = useState(person.display_name);
  const [role, setRole] = useState(person.role);
  const [disabled, setDisabled] = useState(person.disabled);
  const [all, setAll] = useState(person.all_libraries);
  const [seen, setSeen] = useState(() => new Set(person.library_ids));
  const [password, setPassword] = useState("");
  const [limit, setLimit] = useState(() => limitOf(person));
  const [pin, setPin] = useState("");
  const [onScreens, setOnScreens] = useState(person.on_shared_screens);
  const [error, setError] = useState(/** @type {string | null} */ (null));
  const isMe = person.id === me.value?.id;
  const called = person.display_name || person.username;

  /** @param {string} id */
  const flip = (id) => {
    const next = new Set(seen);
    if (!next.delete(id)) next.add(id);
    setSeen(next);
  };
  /** @param {() => Promise<unknown>} act */
  const attempt = async (act) => {
    setError(null);
    try {
      await act();
      onClose();
    } catch (reason) {
      setError(reason instanceof Error ? reason.message : t("error.unexpected"));
    }
  };
  /** Not before the message has left: neither a PIN nor an account comes back.
   *  @param {"parked.pin" | "parked.person"} text @param {() => Promise<unknown>} act */
  const throwAway = (text, act) => {
    onClose();
    parked(said(text, { name: called }), { act: () => act().then(onChange), back: onChange });
  };
  /** @param {Event} event */
  const submit = (event) => {
    event.preventDefault();
    const edit = {
      ...(name.trim() !== person.display_name && { display_name: name.trim() }),
      ...(role !== person.role && { role }),
      ...(disabled !== person.disabled && { disabled }),
      ...(all !== person.all_libraries && { all_libraries: all }),
      ...(!all && { library_ids: [...seen] }),
      ...(password && { password }),
      ...(role === "kid" && limit.max_age !== person.max_age && { max_age: limit.max_age }),
      ...(role === "kid" && limit.sees_unrated !== person.sees_unrated && { sees_unrated: limit.sees_unrated }),
      ...(pin && { pin }),
      ...(onScreens !== person.on_shared_screens && { on_shared_screens: onScreens }),
    };
    if (!Object.keys(edit).length) return onClose();
    return attempt(async () => {
      await api.editPerson(person.id, edit);
      const before = personBefore(person, edit);
      if (!Object.keys(before).length) return toast(t("settings.saved"));
      return undoable(said("undo.person", { name: called }), async () => {
        await api.editPerson(person.id, before);
        onChange();
      });
    });
  };
  return html`<${Dialog} title=${called} onClose=${onClose}>
    <form class="form dialog__form" onSubmit=${submit}>
      <div class="dialog__body">
        <${Field} label=${t("account.name")}>
          <input class="input" required maxlength="100" autocomplete="off" value=${name} onInput=${typed(setName)} />
        <//>
        ${!isMe &&
        html`<${Choice} label=${t("people.role")} value=${role} options=${roles()} onChange=${setRole} />
          <p class="form__note">${roles().find((one) => one.value === role)?.hint}</p>
          <${Switch}
            label=${t("people.mayEnter")}
            hint=${t("people.mayEnterHint")}
            checked=${!disabled}
            onChange=${(/** @type {boolean} */ on) => setDisabled(!on)}
          />`}
        ${role === "kid" && html`<${AgeField} limit=${limit} onChange=${setLimit} />`}
        <${Switch} label=${t("people.allLibraries")} checked=${all} onChange=${setAll} />
        ${!all &&
        html`<fieldset class="checks">
          <legend class="field__label">${t("people.libraries")}</legend>
          ${libraries.map(
            (library) => html`<label
              key=${library.id}
              class="checks__row"
            ><input
              type="checkbox"
              class="check"
              checked=${seen.has(library.id)}
              onChange=${() => flip(library.id)}
            /><span>${heard(library.name)}</span></label>`,
          )}
        </fieldset>`}
        <${Switch} label=${words("people.onScreens")} checked=${onScreens} onChange=${setOnScreens} />
        <${Field} label=${words("people.pin")} hint=${words("people.pinHint")}>
          <input class="input" type="password" inputmode="numeric" pattern="[0-9]{4,8}" maxlength="8" autocomplete="off" value=${pin} onInput=${typed(setPin)} />
        <//>
        ${person.has_pin && html`<button
          type="button"
          class="button button--plain"
          onClick=${() => throwAway("parked.pin", () => api.editPerson(person.id, { pin: null }, { keepalive: true }))}
        >${words("people.pinRemove")}</button>`}
        ${!isMe && html`<${Field} label=${t("people.newPassword")} hint=${t("people.newPasswordHint")}>
          <input
            class="input"
            type="password"
            minlength="8"
            autocomplete="new-password"
            value=${password}
            onInput=${typed(setPassword)}
          />
        <//>`}
      </div>
      ${error && html`<p class="form__error" role="alert">${error}</p>`}
      <footer class="dialog__foot">
        ${!isMe && person.disabled && html`<button
          type="button"
          class="button button--plain dialog__aside"
          onClick=${() => throwAway("parked.person", () => api.removePerson(person.id))}
        ><${Icon} name="trash-2" />${t("people.remove")}</button>`}
        <button type="button" class="button button--plain" onClick=${onClose}>${t("action.cancel")}</button>
        <button type="submit" class="button button--accent">${t("action.save")}</button>
      </footer>
    </form>
  <//>`;
}
