/** Which videos of a list are wanted: by title, length, age and number. */
import { html } from "htm/preact";
import { t } from "../strings.js";
import { Field } from "./field.js";
import { Switch } from "./switch.js";

/** @import { FollowRules as Rules } from "../types.js" */

/** @param {{ rules: Rules, onChange: (rules: Rules) => void }} props a rule that is not there lets everything through */
export function FollowRules({ rules, onChange }) {
  /** @param {keyof Rules} name @param {string | number | boolean | null} value */
  const set = (name, value) => {
    const next = { ...rules, [name]: value };
    if (value === null || value === "" || value === false) delete next[name];
    onChange(next);
  };
  /** @param {"title_include" | "title_exclude"} name */
  const text = (name) => html`<${Field} label=${t(`rule.${name}`)} hint=${t("rule.textHint")}>
    <input
      class="input"
      maxlength="1000"
      autocomplete="off"
      value=${rules[name] ?? ""}
      onInput=${(/** @type {any} */ event) => set(name, event.target.value)}
    />
  <//>`;
  /** @param {"min_seconds" | "max_seconds"} name */
  const minutes = (name) => html`<${Field} label=${t(`rule.${name}`)}>
    <input
      class="input input--short"
      type="number"
      inputmode="numeric"
      min="0"
      max="6000"
      value=${rules[name] === undefined ? "" : rules[name] / 60}
      onInput=${(/** @type {any} */ event) => set(name, number(event.target.value, 60))}
    />
  <//>`;
  return html`<div class="rules">
    ${text("title_include")} ${text("title_exclude")}
    ${minutes("min_seconds")} ${minutes("max_seconds")}
    <${Field} label=${t("rule.since")}>
      <input
        class="input"
        type="date"
        value=${rules.since === undefined ? "" : new Date(rules.since).toISOString().slice(0, 10)}
        onInput=${(/** @type {any} */ event) => set("since", event.target.value ? Date.parse(event.target.value) : null)}
      />
    <//>
    <${Field} label=${t("rule.keep_last")}>
      <input
        class="input input--short"
        type="number"
        inputmode="numeric"
        min="1"
        max="10000"
        value=${rules.keep_last ?? ""}
        onInput=${(/** @type {any} */ event) => set("keep_last", number(event.target.value, 1))}
      />
    <//>
    <${Switch}
      label=${t("add.audioOnly")}
      hint=${t("add.audioOnlyHint")}
      checked=${rules.audio_only ?? false}
      onChange=${(/** @type {boolean} */ on) => set("audio_only", on)}
    />
  </div>`;
}

/** @param {string} text @param {number} factor @returns {number | null} */
const number = (text, factor) => (text.trim() === "" || !(Number(text) > 0) ? null : Math.round(Number(text) * factor));
