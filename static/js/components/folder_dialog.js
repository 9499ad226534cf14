/** Adds a folder of the machine: which one, what is in it, whether anything in it may be changed. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { shelves } from "../api_library.js";
import { listenAnew } from "../live.js";
import { said } from "../said.js";
import { libraryRevision, loadJobs, toast, toastError } from "../store.js";
import { t } from "../strings_library.js";
import { typed } from "../typed.js";
import { Dialog } from "./dialog.js";
import { Field } from "./field.js";
import { FolderChooser } from "./folder_chooser.js";
import { Icon } from "./icon.js";
import { Switch } from "./switch.js";

/** @import { Library, LibraryKind } from "../types_library.js" */

const KINDS = /** @type {const} */ (["mixed", "movies", "shows", "music", "home", "books", "videos", "podcasts"]);

/** @param {{ library: Library | null, onClose: () => void }} props `library` that gets another folder, null for a new one */
export function FolderDialog({ library, onClose }) {
  const [path, setPath] = useState(/** @type {string | null} */ (null));
  const [choosing, setChoosing] = useState(true);
  const [kind, setKind] = useState(/** @type {LibraryKind} */ ("mixed"));
  const [name, setName] = useState("");
  const [readOnly, setReadOnly] = useState(true);
  const [error, setError] = useState(/** @type {any} */ (null));
  const [busy, setBusy] = useState(false);
  const title = library ? t("libraries.addTo", { name: said(library.name) }) : t("libraries.new");

  /** @param {string} chosen */
  const choose = (chosen) => {
    setPath(chosen);
    setChoosing(false);
    setError(null);
    if (!name) setName(chosen.split(/[\\/]/).filter(Boolean).at(-1) ?? chosen);
  };
  /** @param {Event} event */
  const submit = async (event) => {
    event.preventDefault();
    if (!path) return;
    setBusy(true);
    setError(null);
    try {
      if (library) await shelves.addFolder(library.id, { path, read_only: readOnly });
      else await shelves.addLibrary({ name: name.trim(), kind, path, read_only: readOnly });
      libraryRevision.value += 1;
      listenAnew();
      toast(t("libraries.added", { name: said(library?.name) ?? name.trim() }));
      onClose();
      loadJobs().catch(toastError);
    } catch (reason) {
      setError(reason);
      setBusy(false);
    }
  };
  if (choosing) return html`<${Dialog} title=${t("libraries.choose")} kind="wide" onClose=${onClose}>
    <${FolderChooser} start=${path} onChoose=${choose} />
  <//>`;
  return html`<${Dialog} title=${title} onClose=${onClose}>
    <form class="form dialog__form" onSubmit=${submit}>
      <div class="dialog__body">
        <div class="chosen">
          <${Icon} name="folder-open" />
          <span class="chosen__path">${path}</span>
          <button type="button" class="button button--plain" onClick=${() => setChoosing(true)}>${t("disc.change")}</button>
        </div>
        ${error?.field === "path" && html`<p class="form__error" role="alert">${error.message}</p>`}
        ${!library && html`
          <${Field} label=${t("libraries.what")} hint=${t(/** @type {"libraries.hint.mixed"} */ (`libraries.hint.${kind}`))}>
            <select class="input input--select" onChange=${typed((value) => setKind(/** @type {LibraryKind} */ (value)))}>
              ${KINDS.map((one) => html`<option
                key=${one}
                value=${one}
                selected=${one === kind}
              >${t(`libraries.kind.${one}`)}</option>`)}
            </select>
          <//>
          <${Field}
            label=${t("libraries.name")}
            hint=${t("libraries.nameHint")}
            error=${error?.field === "name" ? error.message : null}
          >
            <input class="input" required maxlength="100" autocomplete="off" value=${name} onInput=${typed(setName)} />
          <//>`}
        <${Switch}
          label=${t("libraries.readOnly")}
          hint=${t(readOnly ? "libraries.readOnlyHint" : "libraries.changeableHint")}
          checked=${readOnly}
          onChange=${setReadOnly}
        />
        ${error && error.field !== "path" && error.field !== "name" && html`<p class="form__error" role="alert">${error.message}</p>`}
      </div>
      <footer class="dialog__foot">
        <button type="button" class="button button--plain" onClick=${onClose}>${t("action.cancel")}</button>
        <button
          type="submit"
          class="button button--accent"
          disabled=${busy || (!library && !name.trim())}
        >${t("action.add")}</button>
      </footer>
    </form>
  <//>`;
}
