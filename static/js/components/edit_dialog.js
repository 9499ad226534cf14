/** Corrects what is known of a medium; an edited field is locked against later guesses until somebody lets go of it. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { api } from "../api.js";
import { takenBack } from "../media_edit.js";
import { libraryRevision } from "../store.js";
import { t as words } from "../strings_undo.js";
import { t } from "../strings_works.js";
import { undoable } from "../undoing.js";
import { Dialog } from "./dialog.js";
import { Field } from "./field.js";
import { Icon } from "./icon.js";

/** @import { Media, MediaEdit, MediaType } from "../types.js" */
/** @typedef {"title" | "year" | "show_title" | "season" | "episode" | "artist" | "album" | "track_number" | "episode_end" | "edition" | "min_age"} FieldName */

/** @type {Record<MediaType, FieldName[]>} */
const FIELDS = {
  movie: ["title", "year", "edition", "min_age"],
  episode: ["show_title", "season", "episode", "episode_end", "title", "year", "min_age"],
  track: ["title", "artist", "album", "track_number", "year", "min_age"],
  video: ["title", "show_title", "year", "min_age"],
  podcast: ["title", "season", "episode", "min_age"],
  article: ["title", "artist", "show_title", "min_age"],
  book: ["title", "artist", "show_title", "episode", "year", "min_age"],
  photo: ["title", "min_age"],
  home_video: ["title", "min_age"],
  extra: ["title", "min_age"],
};
const NUMBERS = new Set(["year", "season", "episode", "episode_end", "track_number", "min_age"]);

/** @param {{ media: Media, onClose: () => void, onSaved: (media: Media) => void }} props */
export function EditDialog({ media, onClose, onSaved }) {
  const [values, setValues] = useState(() => textsOf(media));
  const [released, setReleased] = useState(/** @type {ReadonlySet<string>} */ (new Set()));
  const [error, setError] = useState(/** @type {any} */ (null));
  const [busy, setBusy] = useState(false);

  /** @param {MediaEdit} wish */
  const send = async (wish) => {
    onSaved(await api.editMedia(media.id, wish));
    libraryRevision.value += 1;
  };
  /** @param {Event} event */
  const submit = async (event) => {
    event.preventDefault();
    const edit = changed(media, values);
    // What is changed now is set by hand once more.
    const unlock = [...released].filter((name) => !(name in edit));
    if (unlock.length) edit.unlock = unlock;
    if (!Object.keys(edit).length) return onClose();
    setBusy(true);
    try {
      await send(edit);
      onClose();
      undoable(words("undo.edited", { title: media.title }), () => send(takenBack(media, edit)));
    } catch (reason) {
      setError(reason);
      setBusy(false);
    }
  };
  return html`<${Dialog} title=${t("edit.title")} onClose=${onClose}>
    <form class="form dialog__form" onSubmit=${submit}>
      <div class="dialog__body">
        ${FIELDS[media.media_type].map((name) => {
          const isLocked = media.locked.includes(name) && !released.has(name);
          const label = html`${t(`field.${name}`)}${isLocked && html`<span
            class="field__lock"
            title=${t("edit.locked")}
          ><${Icon} name="lock" /><span class="unseen">${t("edit.locked")}</span></span>`}`;
          const hint = media.locked.includes(name) && html`<span class="field__release">
            ${isLocked ? t("edit.locked") : t("edit.released")}
            <button
              type="button"
              class="field__let-go"
              onClick=${() => setReleased(toggled(released, name))}
            >${isLocked ? t("edit.release") : t("action.undo")}<span class="unseen">: ${t(`field.${name}`)}</span></button>
          </span>`;
          return html`<${Field} key=${name} label=${label} hint=${hint} error=${error?.field === name ? error.message : null}>
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

/** @param {ReadonlySet<string>} names @param {string} name */
function toggled(names, name) {
  const next = new Set(names);
  if (!next.delete(name)) next.add(name);
  return next;
}

/** @param {Media} media @returns {Record<string, string>} */
const textsOf = (media) => Object.fromEntries(FIELDS[media.media_type].map((name) => [name, String(media[name] ?? "")]));

/** @param {Media} media @param {Record<string, string>} values @returns {MediaEdit} */
function changed(media, values) {
  /** @type {Record<string, string | number | string[] | null>} */
  const edit = {};
  for (const [name, text] of Object.entries(values)) {
    const trimmed = text.trim();
    const value = trimmed === "" ? null : NUMBERS.has(name) ? Number(trimmed) : trimmed;
    if (value !== (media[/** @type {FieldName} */ (name)] ?? null)) edit[name] = value;
  }
  return edit;
}
