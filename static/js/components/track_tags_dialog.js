/** What would be written into the files of an album, and the button that has it written. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { works } from "../api_works.js";
import { useResource } from "../resource.js";
import { said } from "../said.js";
import { putJob, toast } from "../store.js";
import { t } from "../strings_works.js";
import { fieldName } from "../work_words.js";
import { FromTo } from "./change_list.js";
import { Dialog } from "./dialog.js";
import { ErrorState } from "./error_state.js";
import { Icon } from "./icon.js";
import { TextSkeleton } from "./skeleton.js";

/** @import { Album } from "../types.js" */
/** @import { TrackTags } from "../types_works.js" */

/** @param {{ album: Album, onClose: () => void }} props */
export function TrackTagsDialog({ album, onClose }) {
  const list = useResource(`tags:${album.key}`, (options) => works.albumTags(album.key, options));
  const [error, setError] = useState(/** @type {string | null} */ (null));
  const [busy, setBusy] = useState(false);
  const tracks = list.value?.tracks ?? [];
  const changed = tracks.filter((one) => one.changes.length > 0 || one.problem);
  const count = tracks.filter((one) => one.changes.length > 0 && one.writable).length;
  const write = async () => {
    setBusy(true);
    try {
      putJob(await works.writeAlbumTags(album.key));
      toast(t("album.tagsAsked"));
      onClose();
    } catch (reason) {
      setError(reason instanceof Error ? reason.message : t("error.unexpected"));
      setBusy(false);
    }
  };
  return html`<${Dialog} kind="wide" title=${t("album.tagsTitle")} onClose=${onClose}>
    <div class="dialog__body">
      <p class="form__note">${t("album.tagsNote")}</p>
      ${list.error && !list.value && html`<${ErrorState} error=${list.error} onRetry=${list.reload} />`}
      ${!list.value && !list.error && html`<${TextSkeleton} lines=${4} />`}
      ${list.value && !changed.length && html`<p>${t("album.tagsNone")}</p>`}
      ${changed.map((one) => html`<${Track} key=${one.media_id} track=${one} />`)}
      ${changed.length > 0 && changed.length < tracks.length && html`<p class="form__note">${t("album.tagsSame", { count: tracks.length - changed.length })}</p>`}
    </div>
    ${error && html`<p class="form__error dialog__error" role="alert">${error}</p>`}
    <footer class="dialog__foot">
      <button type="button" class="button button--plain" onClick=${onClose}>${t("action.cancel")}</button>
      ${count > 0 && html`<button type="button" class="button button--accent" disabled=${busy} onClick=${write}>${t("album.tagsWrite", { count })}</button>`}
    </footer>
  <//>`;
}

/** @param {{ track: TrackTags }} props */
function Track({ track }) {
  return html`<section class="changes">
    <h3 class="changes__title changes__title--file">${track.path.split("/").at(-1)}</h3>
    ${track.problem && html`<p class="changes__lock"><${Icon} name="triangle-alert" />${said(track.problem)}</p>`}
    <dl class="changes__list">
      ${track.changes.map((one) => html`<div key=${one.tag} class="changes__row">
        <dt class="changes__field">${fieldName(one.tag)}</dt>
        <dd class="changes__values"><${FromTo} from=${one.from ?? ""} to=${one.to ?? ""} /></dd>
      </div>`)}
    </dl>
  </section>`;
}
