/** The language of the web app: one's own on every device, or that of the browser. */
import { html } from "htm/preact";
import { useEffect } from "preact/hooks";
import { changeChoices, choices, loadChoices } from "../choices.js";
import { keepLanguage, LANGUAGES } from "../languages.js";
import { toastError } from "../store.js";
import { t } from "../strings.js";
import { typed } from "../typed.js";
import { Field } from "./field.js";

/** @import { Choices } from "../choices.js" */

export function LanguageChoice() {
  useEffect(() => void loadChoices().catch(toastError), []);
  return html`<${Field} label=${t("language.label")} hint=${t("language.hint")}>
    <select class="input input--select" value=${choices.value.language} onChange=${typed(choose)}>
      <option value="" selected=${choices.value.language === ""}>${t("language.browser")}</option>
      ${LANGUAGES.map(({ code, name }) => html`<option
        key=${code}
        value=${code}
        lang=${code}
        selected=${choices.value.language === code}
      >${name}</option>`)}
    </select>
  <//>`;
}

/** The server writes the page in the language, so that it comes anew. @param {string} code */
async function choose(code) {
  const language = /** @type {Choices["language"]} */ (code);
  try {
    await changeChoices({ language });
    keepLanguage(language);
    location.reload();
  } catch (error) {
    toastError(error);
  }
}
