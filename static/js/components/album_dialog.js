/** Corrects what is known of an album, on all of its tracks at once. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { works } from "../api_works.js";
import { goAlong } from "../identifying.js";
import { t } from "../strings_works.js";
import { typed } from "../typed.js";
import { undoable } from "../undoing.js";
import { Dialog } from "./dialog.js";
import { Field } from "./field.js";

/** @import { Album } from "../types.js" */
/** @import { AlbumEdit } from "../types_works.js" */

/** @param {{ album: Album, onClose: () => void }} props */
export function AlbumDialog({ album, onClose }) {
  const [title, setTitle] = useState(album.title);
  const [artist, setArtist] = useState(album.artist ?? "");
  const [year, setYear] = useState(album.year ? String(album.year) : "");
  const [error, setError] = useState(/** @type {any} */ (null));
  const [busy, setBusy] = useState(false);
  /** @param {Event} event */
  const submit = async (event) => {
    event.preventDefault();
    /** @type {AlbumEdit} */
    const edit = {};
    if (title.trim() !== album.title) edit.title = title.trim();
    if (artist.trim() !== (album.artist ?? "")) edit.artist = artist.trim();
    if (year && Number(year) !== album.year) edit.year = Number(year);
    if (!Object.keys(edit).length) return onClose();
    setBusy(true);
    try {
      const { key, undo } = await works.editAlbum(album.key, edit);
      onClose();
      goAlong(`album:${album.key}`, `album:${key}`);
      undoable(t("album.saved"), async () => {
        await works.takeAlbumBack(undo);
        goAlong(`album:${key}`, `album:${album.key}`);
      });
    } catch (reason) {
      setError(reason);
      setBusy(false);
    }
  };
  /** @param {string} name */
  const wrong = (name) => (error?.field === name ? error.message : null);
  return html`<${Dialog} title=${t("album.edit")} onClose=${onClose}>
    <form class="form dialog__form" onSubmit=${submit}>
      <div class="dialog__body">
        <${Field} label=${t("field.title")} error=${wrong("title")}><input class="input" required maxlength="200" value=${title} onInput=${typed(setTitle)} /><//>
        <${Field} label=${t("field.artist")} error=${wrong("artist")}><input class="input" maxlength="200" value=${artist} onInput=${typed(setArtist)} /><//>
        <${Field} label=${t("field.year")} error=${wrong("year")}>
          <input class="input input--short" type="number" inputmode="numeric" min="1" max="2999" value=${year} onInput=${typed(setYear)} />
        <//>
        <p class="form__note">${t("album.editNote")}</p>
      </div>
      ${error && !error.field && html`<p class="form__error" role="alert">${error.message}</p>`}
      <footer class="dialog__foot">
        <button type="button" class="button button--plain" onClick=${onClose}>${t("action.cancel")}</button>
        <button type="submit" class="button button--accent" disabled=${busy || !title.trim()}>${t("action.save")}</button>
      </footer>
    </form>
  <//>`;
}
