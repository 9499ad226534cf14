/** Makes a new key. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { api } from "../../api.js";
import { Field } from "../../components/field.js";
import { t } from "../../strings.js";
import { typed } from "../../typed.js";
import { Panel } from "./frame.js";

/** @import { Scope } from "../../types.js" */

const LIVES = /** @type {const} */ ([[30, "keys.days30"], [365, "keys.year"], [null, "keys.forever"]]);

/** @param {{ scopes: Scope[], onCreated: (secret: string) => void }} props */
export function KeyForm({ scopes, onCreated }) {
  const [name, setName] = useState("");
  const [chosen, setChosen] = useState(/** @type {Set<string>} */ (new Set()));
  const [days, setDays] = useState(/** @type {number | null} */ (365));
  const [error, setError] = useState(/** @type {any} */ (null));

  /** @param {string} scope */
  const flip = (scope) => {
    const next = new Set(chosen);
    if (!next.delete(scope)) next.add(scope);
    setChosen(next);
  };
  /** @param {Event} event */
  const submit = async (event) => {
    event.preventDefault();
    setError(null);
    try {
      const made = await api.createKey({ name: name.trim(), scopes: [...chosen], expires_in_days: days });
      setName("");
      setChosen(new Set());
      onCreated(made.secret);
    } catch (reason) {
      setError(reason);
    }
  };
  return html`<${Panel} title=${t("keys.new")}>
    <form class="form" onSubmit=${submit}>
      <${Field}
        label=${t("keys.name")}
        hint=${t("keys.nameHint")}
        error=${error?.field === "name" ? error.message : null}
      >
        <input class="input" required maxlength="100" autocomplete="off" value=${name} onInput=${typed(setName)} />
      <//>
      <fieldset class="checks">
        <legend class="field__label">${t("keys.may")}</legend>
        ${scopes.map(
          (one) => html`<label key=${one.scope} class="checks__row">
            <input type="checkbox" class="check" checked=${chosen.has(one.scope)} onChange=${() => flip(one.scope)} />
            <span><b>${one.scope}</b> <span class="checks__hint">${t(/** @type {"keys.scope.read"} */ (`keys.scope.${one.scope}`)) || one.description}</span></span>
          </label>`,
        )}
      </fieldset>
      <${Field} label=${t("keys.lives")}>
        <select
          class="input input--select"
          onChange=${(/** @type {any} */ event) => setDays(event.target.value ? Number(event.target.value) : null)}
        >
          ${LIVES.map(([value, label]) => html`<option
            key=${label}
            value=${value ?? ""}
            selected=${value === days}
          >${t(label)}</option>`)}
        </select>
      <//>
      ${error && error.field !== "name" && html`<p class="form__error" role="alert">${error.message}</p>`}
      <button
        type="submit"
        class="button button--accent"
        disabled=${!chosen.size || !name.trim()}
      >${t("keys.create")}</button>
    </form>
  <//>`;
}
