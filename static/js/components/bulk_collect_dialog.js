/** Asks into which collection everything selected goes, an old one or a new one. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { reading } from "../api_reading.js";
import { useResource } from "../resource.js";
import { collectionRevision, toastError } from "../store.js";
import { t } from "../strings.js";
import { typed } from "../typed.js";
import { Dialog } from "./dialog.js";
import { ErrorState } from "./error_state.js";
import { Field } from "./field.js";
import { Icon } from "./icon.js";
import { Mosaic } from "./mosaic.js";
import { TextSkeleton } from "./skeleton.js";

/** @param {{ onChoose: (collection: { id: string, title: string }) => void, onClose: () => void }} props */
export function BulkCollectDialog({ onChoose, onClose }) {
  const list = useResource("collections", reading.collections, collectionRevision.value);
  const [title, setTitle] = useState("");
  const manual = list.value?.collections.filter((one) => one.kind === "manual");
  /** @param {{ id: string, title: string }} one */
  const choose = (one) => {
    onClose();
    onChoose(one);
  };
  /** @param {Event} event */
  const create = async (event) => {
    event.preventDefault();
    try {
      choose(await reading.addCollection({ title: title.trim() }));
    } catch (error) {
      toastError(error);
    }
  };
  return html`<${Dialog} title=${t("collect.add")} onClose=${onClose}>
    <div class="dialog__body">
      ${list.error && !list.value && html`<${ErrorState} error=${list.error} onRetry=${list.reload} />`}
      ${!list.value && !list.error && html`<${TextSkeleton} lines=${3} />`}
      ${manual && manual.length > 0 && html`<ul class="collect">
        ${manual.map((one) => html`<li key=${one.id}>
          <button type="button" class="collect__row" onClick=${() => choose(one)}>
            <span class="collect__art"><${Mosaic} collection=${one} /></span>
            <span class="collect__words">
              <span class="collect__title">${one.title}</span>
              <span class="collect__note">${t("count.entries", { count: one.count })}</span>
            </span>
            <${Icon} name="plus" />
          </button>
        </li>`)}
      </ul>`}
      <form class="collect__new" onSubmit=${create}>
        <${Field} label=${t("collections.new")}>
          <input class="input" required maxlength="200" value=${title} placeholder=${t("collections.newHint")} onInput=${typed(setTitle)} />
        <//>
        <button type="submit" class="button" disabled=${!title.trim()}>${t("action.add")}</button>
      </form>
    </div>
  <//>`;
}
