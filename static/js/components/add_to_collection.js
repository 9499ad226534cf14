/** Puts a medium into a collection, an old one or a new one. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { reading } from "../api_reading.js";
import { useResource } from "../resource.js";
import { libraryRevision, toast, toastError } from "../store.js";
import { t } from "../strings.js";
import { Dialog } from "./dialog.js";
import { ErrorState } from "./error_state.js";
import { Field } from "./field.js";
import { Icon } from "./icon.js";
import { Mosaic } from "./mosaic.js";
import { TextSkeleton } from "./skeleton.js";

/** @import { Card } from "../types.js" */
/** @import { Collection } from "../types_reading.js" */

/** @param {{ media: Pick<Card, "id" | "title">, onClose: () => void }} props */
export function AddToCollection({ media, onClose }) {
  const list = useResource("collections", reading.collections, libraryRevision.value);
  const [title, setTitle] = useState("");
  const [busy, setBusy] = useState(false);
  const manual = list.value?.collections.filter((one) => one.kind === "manual");

  /** @param {() => Promise<Collection>} find */
  const add = async (find) => {
    setBusy(true);
    try {
      const collection = await find();
      const entry = await reading.addEntry(collection.id, media.id);
      onClose();
      libraryRevision.value += 1;
      toast(t("collect.added", { title: media.title, collection: collection.title }), {
        action: t("action.undo"),
        run: () => takeBack(collection.id, entry.id),
      });
    } catch (error) {
      setBusy(false);
      toastError(error);
    }
  };
  /** @param {Event} event */
  const create = (event) => {
    event.preventDefault();
    void add(() => reading.addCollection({ title: title.trim() }));
  };
  return html`<${Dialog} title=${t("collect.add")} onClose=${onClose}>
    <div class="dialog__body">
      ${list.error && !list.value && html`<${ErrorState} error=${list.error} onRetry=${list.reload} />`}
      ${!list.value && !list.error && html`<${TextSkeleton} lines=${3} />`}
      ${manual && manual.length > 0 && html`<ul class="collect">
        ${manual.map((one) => html`<li key=${one.id}>
          <button type="button" class="collect__row" disabled=${busy} onClick=${() => add(async () => one)}>
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
          <input
            class="input"
            required
            maxlength="200"
            value=${title}
            placeholder=${t("collections.newHint")}
            onInput=${(/** @type {any} */ event) => setTitle(event.target.value)}
          />
        <//>
        <button type="submit" class="button" disabled=${busy || !title.trim()}>${t("action.add")}</button>
      </form>
    </div>
  <//>`;
}

/** @param {string} collection @param {string} entry */
async function takeBack(collection, entry) {
  try {
    await reading.removeEntry(collection, entry);
    libraryRevision.value += 1;
  } catch (error) {
    toastError(error);
  }
}
