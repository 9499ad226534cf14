/** Says from which age on something is for people, and names those from whom that hides it. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { AGES, hiddenFrom } from "../ages.js";
import { works } from "../api_works.js";
import { useResource } from "../resource.js";
import { libraryRevision } from "../store.js";
import { language } from "../strings.js";
import { t } from "../strings_ages.js";
import { typed } from "../typed.js";
import { changeWithUndo } from "../undoing.js";
import { Dialog } from "./dialog.js";
import { Field } from "./field.js";

/**
 * @param {{ title: string, age: number | null, certification?: string | null, isRated?: boolean, onClose: () => void,
 *   send: (age: number | null) => Promise<unknown> }} props
 *   `isRated` for what has certifications, and is hidden where it has none
 */
export function AgeDialog({ title, age, certification = null, isRated = false, onClose, send }) {
  const [wish, setWish] = useState(age);
  const limits = useResource("age-limits", works.ageLimits);
  const known = age === null || AGES.includes(age) ? AGES : [...AGES, age].sort((a, b) => a - b);
  /** @param {Event} event */
  const save = (event) => {
    event.preventDefault();
    onClose();
    if (wish === age) return;
    const text = wish === null ? t("age.taken", { title }) : wish === 0 ? t("age.savedAll", { title }) : t("age.saved", { title, age: wish });
    const put = async (/** @type {number | null} */ one) => {
      await send(one);
      libraryRevision.value += 1;
    };
    void changeWithUndo(wish, age, { send: put, text });
  };
  return html`<${Dialog} title=${t("age.title")} onClose=${onClose}>
    <form class="form dialog__form" onSubmit=${save}>
      <div class="dialog__body">
        <${Field} label=${t("age.label")}>
          <select
            class="input input--select"
            value=${wish === null ? "" : String(wish)}
            onChange=${typed((/** @type {string} */ text) => setWish(text === "" ? null : Number(text)))}
          >
            <option value="" selected=${wish === null}>${certification ? t("age.certified", { name: certification }) : t("age.nobody")}</option>
            ${known.map((one) => html`<option key=${one} value=${String(one)} selected=${wish === one}>${one === 0 ? t("age.all") : t("age.from", { age: one })}</option>`)}
          </select>
        <//>
        ${limits.value && html`<p class="form__note" role="status">${effect(limits.value.people, wish, certification, isRated)}</p>`}
      </div>
      <footer class="dialog__foot">
        <button type="button" class="button button--plain" onClick=${onClose}>${t("action.cancel")}</button>
        <button type="submit" class="button button--accent">${t("action.save")}</button>
      </footer>
    </form>
  <//>`;
}

/** @param {import("../ages.js").AgeLimit[]} people @param {number | null} age @param {string | null} certification @param {boolean} isRated */
function effect(people, age, certification, isRated) {
  if (!people.length) return t("age.noLimits");
  if (age === null && certification) return t("age.hiddenCertified");
  const names = hiddenFrom(people, age, { isRated });
  return names.length ? `${t("age.hidden", { names: new Intl.ListFormat(language).format(names) })} ${t("age.others")}` : t("age.hiddenNobody");
}
