/** Corrects what is known of a medium; an edited field is locked against later guesses. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { api } from "../api.js";
import { t } from "../strings.js";
import { Dialog } from "./dialog.js";
import { Field } from "./field.js";
import { Icon } from "./icon.js";

/** @import { Media, MediaEdit, MediaType } from "../types.js" */
/** @typedef {"title" | "year" | "show_title" | "season" | "episode" | "artist" | "album" | "track_number"} FieldName */

/** @type {Record<MediaType, FieldName[]>} */
const FIELDS = {
  movie: ["title", "year"],
  episode: ["show_title", "season", "episode", "title", "year"],
  track: ["title", "artist", "album", "track_number", "year"],
  video: ["title", "show_title", "year"],
  podcast: ["title", "season", "episode"],
  article: ["title", "artist", "show_title"],
  book: ["title", "artist", "show_title", "episode", "year"],
  photo: ["title"],
  home_video: ["title"],
  extra: ["title"],
};
const NUMBERS = new Set(["year", "season", "episode", "track_number"]);

/** @param {{ media: Media, onClose: () => void, onSaved: (media: Media) => void }} props */
export function EditDialog({ media, onClose, onSaved }) {
  const [values, setValues] = useState(() => textsOf(media));
  const [error, setError] = useState(/** @type {any} */ (null));
  const [busy, setBusy] = useState(false);

  /** @param {Event} event */
  const submit = async (event) => {
    event.preventDefault();
    const edit = changed(media, values);
    if (!Object.keys(edit).length) return onClose();
    setBusy(true);
    try {
      onSaved(await api.editMedia(media.id, edit));
      onClose();
    } catch (reason) {
      setError(reason);
      setBusy(false);
    }
  };
  return html`<${Dialog} title=${t("edit.title")} onClose=${onClose}>
    <form class="form dialog__form" onSubmit=${submit}>
      <div class="dialog__body">
        ${FIELDS[media.media_type].map((name) => {
          const label = html`${t(`field.${name}`)}${media.locked.includes(name) && html`<span
            class="field__lock"
            title=${t("edit.locked")}
          ><${Icon} name="lock" /><span class="unseen">${t("edit.locked")}</span></span>`}`;
          return html`<${Field} key=${name} label=${label} error=${error?.field === name ? error.message : null}>
            <input
              class=${NUMBERS.has(name) ? "input input--short" : "input"}
              type=${NUMBERS.has(name) ? "number" : "text"}
              inputmode=${NUMBERS.has(name) ? "numeric" : undefined}
              required=${name === "title"}
              value=${values[name]}
              onInput=${(/** @type {any} */ event) => setValues({ ...values, [name]: event.target.value })}
            />
          <//>`;
        })}
        <p class="form__note">${t("edit.note")}</p>
      </div>
      ${error && !error.field && html`<p class="form__error" role="alert">${error.message}</p>`}
      <footer class="dialog__foot">
        <button type="button" class="button button--plain" onClick=${onClose}>${t("action.cancel")}</button>
        <button type="submit" class="button button--accent" disabled=${busy}>${t("action.save")}</button>
      </footer>
    </form>
  <//>`;
}

/** @param {Media} media @returns {Record<string, string>} */
const textsOf = (media) => Object.fromEntries(FIELDS[media.media_type].map((name) => [name, String(media[name] ?? "")]));

/** @param {Media} media @param {Record<string, string>} values @returns {MediaEdit} */
function changed(media, values) {
  /** @type {Record<string, string | number | null>} */
  const edit = {};
  for (const [name, text] of Object.entries(values)) {
    const trimmed = text.trim();
    const value = trimmed === "" ? null : NUMBERS.has(name) ? Number(trimmed) : trimmed;
    if (value !== media[/** @type {FieldName} */ (name)]) edit[name] = value;
  }
  return edit;
}
